import { inParallel } from '../../../shared/inParallel';
import type { Delivery, Sendable, SendResult } from '../../ioc';
import { batches, deliver } from '../../ioc';
import type { IocType } from '../../ioc';
import { limits } from '../../limits';
import type { OrionProblem } from '../../transport/answer';
import type { Ask, Orion } from '../../transport/connect';

export interface Sending<E> {
	orion: Orion;
	batchSize: number;
	concurrency: number;
	/** What acceptance means. */
	done: 'imported' | 'deleted';
	request: (type: IocType, entries: readonly E[]) => Ask;
}

export interface Sent extends Delivery {
	/** What made sending stop before all was sent. */
	stopped?: OrionProblem;
}

/** Problems that every further request would meet as well. */
const hopeless: ReadonlySet<OrionProblem['code']> = new Set(['unauthorized', 'forbidden', 'not_found', 'not_an_api', 'stopped']);

/**
 * Sends what is to be sent, in batches per type. Each entry has its outcome in the end. Where Orion turns out to be out of reach
 * the rest is not tried: those entries are left for the next run.
 */
export async function sendAll<E extends Sendable>(entries: readonly E[], { orion, batchSize, concurrency, done, request }: Sending<E>): Promise<Sent> {
	let stopped: OrionProblem | undefined;
	let unansweredInARow = 0;

	const send = async (type: IocType, part: readonly E[]): Promise<SendResult> => {
		if (stopped) return unavailable(stopped);
		const reading = await orion.ask(request(type, part));
		if (reading.kind === 'data') {
			unansweredInARow = 0;
			return { kind: 'accepted', counted: countedIn(reading.body) };
		}
		const { problem } = reading;
		if (problem.code === 'refused') {
			unansweredInARow = 0;
			return { kind: 'refused', message: problem.message };
		}
		unansweredInARow += 1;
		if (hopeless.has(problem.code) || unansweredInARow >= limits.batchesWithoutAnswer) stopped ??= problem;
		return unavailable(problem);
	};

	const deliveries = await inParallel(batches(entries, batchSize), concurrency, async (batch) =>
		await deliver(batch.entries, async (part) => await send(batch.type, part), done),
	);
	return {
		outcomes: new Map(deliveries.flatMap(({ outcomes }) => [...outcomes])),
		miscounted: deliveries.flatMap(({ miscounted }) => miscounted),
		stopped,
	};
}

const unavailable = ({ code, message }: OrionProblem): SendResult => ({ kind: 'unavailable', code, message });

/** The n of "iocs: n FileHashIoc added."; undefined where the answer has no such words. */
function countedIn(body: unknown): number | undefined {
	if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
	const count = /\b(\d+)\s+\w*ioc/i.exec(String(body.message))?.[1];
	return count === undefined ? undefined : Number(count);
}
