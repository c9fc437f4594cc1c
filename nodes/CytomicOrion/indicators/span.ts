/** A stretch of time, in milliseconds since 1970, both ends included. */
export interface Span {
	from: number;
	to: number;
}

/** Orion refuses stretches of over a month, and doesn't say how long a month is: so the shortest one. */
export const longestSpan = 28 * 86_400_000;

export type Order = 'oldest first' | 'newest first';

/** Cuts a stretch into parts that Orion takes. Neighbours share their edge, so that nothing falls in between. */
export function parts({ from, to }: Span, order: Order, longest = longestSpan): Span[] {
	if (to < from) return [];
	const count = Math.max(1, Math.ceil((to - from) / longest));
	const edge = (n: number) => Math.round(from + ((to - from) * n) / count);
	const ascending = Array.from({ length: count }, (_, n) => ({ from: edge(n), to: edge(n + 1) }));
	return order === 'oldest first' ? ascending : ascending.reverse();
}

/** The two halves of a stretch; nothing where it can't be halved any more. */
export function halves({ from, to }: Span, order: Order): Span[] {
	const middle = Math.floor((from + to) / 2);
	if (middle === from) return [];
	const ascending = [
		{ from, to: middle },
		{ from: middle, to },
	];
	return order === 'oldest first' ? ascending : ascending.reverse();
}
