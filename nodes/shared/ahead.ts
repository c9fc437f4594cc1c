/**
 * Reads one value ahead: the next one is being made while the last one is worked on. Whoever stops early waits for what is being made,
 * so that nothing runs on unseen.
 */
export async function* ahead<Value>(source: AsyncIterable<Value>): AsyncGenerator<Value, void> {
	const iterator = source[Symbol.asyncIterator]();
	let next = iterator.next();
	try {
		for (;;) {
			const { done, value } = await next;
			if (done) return;
			next = iterator.next();
			// Looked at in its turn: until then, its failing is not unhandled.
			next.catch(() => undefined);
			yield value;
		}
	} finally {
		await Promise.allSettled([next]);
		await iterator.return?.();
	}
}
