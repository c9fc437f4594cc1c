import { ahead } from './ahead';

export interface Work<Value> {
	/** How many values are worked on at once. */
	inHand: number;
	work: (value: Value) => Promise<void>;
	/** Whether to begin no more. */
	isOver: () => boolean;
	/** Told when nothing more will be begun: work that waits for other work to come waits in vain from then on. */
	ended?: () => void;
}

/**
 * Works on what a source yields while it yields more: one value is read ahead. The source waits for the work, so that memory stays bounded.
 * After a failure, the source's or the work's, nothing new is begun; what is under way is awaited before the failure is passed on.
 */
export async function workAhead<Value>(
	source: AsyncIterable<Value>,
	{ inHand, work, isOver, ended = () => undefined }: Work<Value>,
): Promise<void> {
	const failures: unknown[] = [];
	const underWay = new Set<Promise<void>>();
	try {
		for await (const value of ahead(source)) {
			if (failures.length > 0 || isOver()) break;
			const mine: Promise<void> = work(value)
				.catch((failure: unknown) => void failures.push(failure))
				.finally(() => underWay.delete(mine));
			underWay.add(mine);
			if (underWay.size >= inHand) await Promise.race(underWay);
		}
	} finally {
		ended();
		await Promise.all(underWay);
	}
	if (failures.length > 0) throw failures[0];
}
