import { inParallel } from '../../../shared/inParallel';
import type { Batch, Delivery, IocType, Sendable, SendResult } from '../../ioc';
import { batches, deliver } from '../../ioc';
import { isRow, textIn } from '../../answers/row';
import { limits } from '../../limits';
import type { OrionProblem } from '../../transport/answer';
import type { Ask, Orion } from '../../transport/connect';
import { doubting } from './doubting';

export interface Sending<E> {
	orion: Orion;
	batchSize: number;
	concurrency: number;
	/** What acceptance means. */
	done: 'imported' | 'deleted';
	request: (type: IocType, entries: readonly E[]) => Ask;
}

export interface Sent extends Delivery {
	/** What last kept Orion from judging IOCs. */
	trouble?: OrionProblem;
}

/**
 * Sends what is to be sent, in batches per type. Each entry has its outcome in the end. Where Orion turns out to be out of reach
 * the rest is not tried: those entries are left for the next run.
 */
export async function sendAll<E extends Sendable>(
	entries: readonly E[],
	{ orion, batchSize, concurrency, done, request }: Sending<E>,
): Promise<Sent> {
	let trouble: OrionProblem | undefined;
	const stops = new Map<IocType | 'all', OrionProblem>();
	let unansweredInARow = 0;

	const ask = async (type: IocType, part: readonly E[]): Promise<SendResult> => {
		const stop = stops.get('all') ?? stops.get(type);
		if (stop) return unavailable(stop);
		const reading = await orion.ask(request(type, part));
		const problem =
			reading.kind === 'problem' ? reading.problem : done === 'imported' && isSilent(reading.body) ? silent : undefined;
		if (problem === undefined || problem.code === 'refused') {
			unansweredInARow = 0;
			return problem
				? { kind: 'refused', message: problem.message }
				: { kind: 'accepted', counted: countedIn(reading.kind === 'data' ? reading.body : undefined) };
		}
		trouble = problem;
		unansweredInARow += 1;
		if (!problem.transient || unansweredInARow >= limits.batchesWithoutAnswer)
			stops.set(reachOf(problem, type), problem);
		return unavailable(problem);
	};

	const send = doubting(entries, ask);
	const deliverBatch = async (batch: Batch<E>) =>
		await deliver(batch.entries, async (part) => await send(batch.type, part), done);
	// The first batch goes alone: what is wrong for all shows with it.
	const all = batches(entries, batchSize);
	const deliveries = [
		...(await inParallel(all.slice(0, 1), 1, deliverBatch)),
		...(await inParallel(all.slice(1), concurrency, deliverBatch)),
	];
	return {
		outcomes: new Map(deliveries.flatMap(({ outcomes }) => [...outcomes])),
		miscounted: deliveries.flatMap(({ miscounted }) => miscounted),
		...(trouble && { trouble }),
	};
}

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
