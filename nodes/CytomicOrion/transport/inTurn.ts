/** Runs tasks one after the other, in the order they were given. */
export function inTurn(): <Result>(task: () => Promise<Result>) => Promise<Result> {
	let last: Promise<unknown> = Promise.resolve();
	return async (task) => {
		const mine = last.then(task);
		last = mine.catch(() => undefined);
		return await mine;
	};
}
