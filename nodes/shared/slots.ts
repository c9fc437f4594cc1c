/** Runs tasks at most `count` at a time, in the order they come in, whoever brings them. */
export function slots(count: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
	let free = count;
	const waiting: Array<() => void> = [];
	return async (task) => {
		// A slot that is handed on never counts as free, so that nobody slips in between.
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free += 1;
		}
	};
}
