import type { Progress } from '../../shared/progress';
import { slots } from '../../shared/slots';
import type { Batch, Delivery, IocType, Sendable, SendResult } from '../ioc';
import { batches, deliver } from '../ioc';
import { isRow, textIn } from '../answers/row';
import { limits } from '../limits';
import type { OrionProblem } from '../transport/answer';
import type { Ask, Orion } from '../transport/connect';
import { doubting } from './doubting';

export interface Sending<E> {
	orion: Orion;
	batchSize: number;
	concurrency: number;
	/** What acceptance means. */
	done: 'imported' | 'deleted';
	request: (type: IocType, entries: readonly E[]) => Ask;
	/** Told of each batch that is through. */
	progress?: Pick<Progress, 'step'>;
}

export interface Sent extends Delivery {
	/** What last kept Orion from judging IOCs. */
	trouble?: OrionProblem;
	/** No more is sent, of whatever type. */
	outOfReach?: true;
}

/** What came of a sending that did not take place. */
export const nothingSent: Sent = { outcomes: new Map(), miscounted: [] };

/** Sends IOCs; each has its outcome in the end. `delivered` is told the outcomes of each batch as they come in. */
export type SendBatches<E> = (
	entries: readonly E[],
	delivered?: (outcomes: Delivery['outcomes']) => void,
) => Promise<Sent>;

/**
 * Opens a sending: what is given to it, at once or one after the other, goes out in batches per type, `concurrency` at a time in all.
 * Where Orion turns out to be out of reach the rest is not tried: those entries are left for the next run.
 */
export function sending<E extends Sendable>({
	orion,
	batchSize,
	concurrency,
	done,
	request,
	progress,
}: Sending<E>): SendBatches<E> {
	const stops = new Map<IocType | 'all', OrionProblem>();
	let unansweredInARow = 0;

	const ask = async (type: IocType, part: readonly E[], note: (trouble: OrionProblem) => void): Promise<SendResult> => {
		const stop = stops.get('all') ?? stops.get(type);
		if (stop) {
			note(stop);
			return unavailable(stop);
		}
		const reading = await orion.ask(request(type, part));
		const problem =
			reading.kind === 'problem' ? reading.problem : done === 'imported' && isSilent(reading.body) ? silent : undefined;
		if (problem === undefined || problem.code === 'refused') {
			unansweredInARow = 0;
			return problem
				? { kind: 'refused', message: problem.message }
				: { kind: 'accepted', counted: countedIn(reading.kind === 'data' ? reading.body : undefined) };
		}
		note(problem);
		unansweredInARow += 1;
		if (!problem.transient || unansweredInARow >= limits.batchesWithoutAnswer)
			stops.set(reachOf(problem, type), problem);
		return unavailable(problem);
	};

	const inSlot = slots(concurrency);
	const doubt = doubting();
	let first: Promise<unknown> | undefined;

	return async (entries, delivered) => {
		let trouble: OrionProblem | undefined;
		const send = doubt(entries, async (type, part) => await ask(type, part, (problem) => (trouble = problem)));
		const deliverBatch = async ({ type, entries: batch }: Batch<E>): Promise<Delivery> => {
			const delivery = await deliver(batch, async (part) => await send(type, part), done);
			progress?.step(batch.length);
			delivered?.(delivery.outcomes);
			return delivery;
		};
		// The very first batch goes alone: what is wrong for all shows with it.
		const deliveries = await Promise.all(
			batches(entries, batchSize).map(async (batch) => {
				if (first) await first;
				const mine = inSlot(async () => await deliverBatch(batch));
				first ??= mine;
				return await mine;
			}),
		);
		return {
			outcomes: new Map(deliveries.flatMap(({ outcomes }) => [...outcomes])),
			miscounted: deliveries.flatMap(({ miscounted }) => miscounted),
			...(trouble && { trouble }),
			...(stops.has('all') && { outOfReach: true }),
		};
	};
}

/** All at once, see `sending`. */
export const sendAll = async <E extends Sendable>(entries: readonly E[], how: Sending<E>): Promise<Sent> =>
	await sending(how)(entries);

/** Each type has a path of its own, that may be unknown to Orion; whatever else is wrong is so for all. */
const reachOf = ({ code }: OrionProblem, type: IocType): IocType | 'all' => (code === 'not_found' ? type : 'all');

const unavailable = ({ code, message }: OrionProblem): SendResult => ({ kind: 'unavailable', code, message });

/** Nothing at all where an import is known to say what was done: a proxy's answer, perhaps. It is no proof that Orion has the IOCs. */
const isSilent = (body: unknown): boolean => body === undefined || body === null || body === '';

const silent: OrionProblem = {
	code: 'unreadable',
	message: 'Orion answered without a word on what it did',
	advice: 'Check "API URL" in the credential, and whether a proxy between n8n and Orion answers in its place.',
	transient: true,
};

/** The n of "iocs: n FileHashIoc added."; undefined where the answer has no such words. */
function countedIn(body: unknown): number | undefined {
	const count = isRow(body) ? /\b(\d+)\s+\w*ioc/i.exec(textIn(body, 'message'))?.[1] : undefined;
	return count === undefined ? undefined : Number(count);
}
