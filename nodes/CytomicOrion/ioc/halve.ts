/** A share of the items that were asked about, and the answer it got. */
export interface Part<T, A> {
	readonly items: readonly T[];
	readonly answer: A;
}

/** What an answer calls for: keep it, ask again about each half, or keep it for all that is still to be asked. */
export type NextStep = 'keep' | 'halve' | 'stop';

/**
 * Asks about all items, then about halves of halves, until each answer may be kept; one item is never halved.
 * The parts come out in the order of the items and hold each of them once.
 *
 * To find k items among n takes at most 1 + 2·k·⌈log₂ n⌉ questions.
 */
export async function halve<T, A>(
	items: readonly T[],
	ask: (items: readonly T[]) => Promise<A>,
	next: (part: Part<T, A>) => NextStep,
): Promise<Array<Part<T, A>>> {
	const parts: Array<Part<T, A>> = [];
	const open = items.length === 0 ? [] : [items];
	for (let part = open.pop(); part !== undefined; part = open.pop()) {
		const answered = { items: part, answer: await ask(part) };
		const step = next(answered);
		if (step === 'halve' && part.length > 1) {
			const middle = Math.ceil(part.length / 2);
			open.push(part.slice(middle), part.slice(0, middle));
			continue;
		}
		parts.push(answered);
		if (step === 'stop') return [...parts, ...open.reverse().map((rest) => ({ items: rest, answer: answered.answer }))];
	}
	return parts;
}
