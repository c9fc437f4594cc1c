import type { Progress } from '../../shared/progress';
import { slots } from '../../shared/slots';
import type { Batch, Delivery, IocType, Sendable, SendResult } from '../ioc';
import { deliver, Pool } from '../ioc';
import { isRow, textIn } from '../answers/row';
import { limits } from '../limits';
import type { OrionProblem } from '../transport/answer';
import type { Ask, Orion } from '../transport/connect';
import { Consignment } from './consignment';
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

/** A sending that fills its batches from all that is given to it. */
export interface Sender<E> {
	/** What it leaves over waits for the next call, or for `end`. */
	send: SendBatches<E>;
	/** Nothing more is to come: what waits goes now, and so does whatever comes all the same. */
	end(): void;
}

/** An entry, and whose it is: entries of two consignments may go in one batch. */
interface Consigned<E extends Sendable> {
	readonly type: IocType;
	readonly entry: E;
	readonly of: Consignment<E>;
}

/**
 * Opens a sending: what is given to it, piece by piece, goes out in batches per type, `concurrency` at a time in all.
 * Where Orion turns out to be out of reach the rest is not tried: those entries are left for the next run.
 */
export function fillingBatches<E extends Sendable>({
	orion,
	batchSize,
	concurrency,
	done,
	request,
	progress,
}: Sending<E>): Sender<E> {
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

	const doubt = doubting();
	const sendBatch = async ({ type, entries: batch }: Batch<Consigned<E>>): Promise<void> => {
		const consignments = new Set(batch.map(({ of }) => of));
		const note = (trouble: OrionProblem) => consignments.forEach((consignment) => (consignment.trouble = trouble));
		const [{ entries: sample } = { entries: [] }] = consignments;
		const send = doubt(sample, async (as, part: readonly E[]) => await ask(as, part, note));
		// Each consignment counts from 0; in here, the place in the batch tells entries apart.
		const numbered = batch.map(({ entry }, id) => ({ ...entry, id }));
		try {
			const { outcomes, miscounted } = await deliver(numbered, async (part) => await send(type, part), done);
			progress?.step(batch.length);
			for (const consignment of consignments) {
				const own = batch.flatMap(({ entry, of }, place) => {
					const outcome = of === consignment ? outcomes.get(place) : undefined;
					return outcome ? [[entry.id, outcome] as const] : [];
				});
				consignment.deliver({ outcomes: new Map(own), miscounted });
			}
		} catch (failure) {
			for (const consignment of consignments) consignment.fail(failure);
		}
	};

	const inSlot = slots(concurrency);
	let first: Promise<void> | undefined;
	const dispatch = async (batch: Batch<Consigned<E>>): Promise<void> => {
		// The very first batch goes alone: what is wrong for all shows with it.
		if (first) await first;
		const mine = inSlot(async () => await sendBatch(batch));
		first ??= mine;
		await mine;
	};

	const pool = new Pool<Consigned<E>>(batchSize);
	let isEnded = false;
	const go = (batches: ReadonlyArray<Batch<Consigned<E>>>) => batches.forEach((batch) => void dispatch(batch));

	return {
		async send(entries, delivered) {
			const consignment = new Consignment(entries, delivered);
			go(pool.add(entries.map((entry) => ({ type: entry.type, entry, of: consignment }))));
			if (isEnded) go(pool.rest());
			const delivery = await consignment.through;
			return {
				...delivery,
				...(consignment.trouble && { trouble: consignment.trouble }),
				...(stops.has('all') && { outOfReach: true }),
			};
		},
		end() {
			isEnded = true;
			go(pool.rest());
		},
	};
}

/** A sending in which nothing waits for others: what is given goes out at once. */
export function sending<E extends Sendable>(how: Sending<E>): SendBatches<E> {
	const { send, end } = fillingBatches(how);
	end();
	return send;
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
