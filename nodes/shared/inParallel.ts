/**
 * Runs `task` for every item, at most `limit` at a time, and resolves to the results in the order of the items.
 * The first rejection stops new work; what is in flight is awaited before it is passed on, so that nothing runs on unseen.
 */
export async function inParallel<Item, Result>(
	items: readonly Item[],
	limit: number,
	task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	const queue = items.entries();
	let stopped = false;

	const worker = async () => {
		for (const [index, item] of queue) {
			if (stopped) return;
			try {
				results[index] = await task(item, index);
			} finally {
				stopped ||= !(index in results);
			}
		}
	};

	const width = Math.max(1, Math.min(limit, items.length));
	const settled = await Promise.allSettled(Array.from({ length: width }, worker));
	const failure = settled.find((outcome) => outcome.status === 'rejected');
	if (failure) throw failure.reason;
	return results;
}
