import type { Row } from '../answers/row';
import { rowsOf } from '../answers/row';
import type { Order, Span } from '../indicators/span';
import { halves, parts } from '../indicators/span';
import type { Orion } from './connect';
import { paths } from './paths';

/** Orion returns the first 30,000 of a stretch and says nothing of the others. */
export const mostRows = 30_000;

export interface IndicatorPage {
	/** All indicators of this stretch of time, or the first 30,000 of a single millisecond. */
	rows: Row[];
	span: Span;
	isCut: boolean;
}

/**
 * Indicators of any stretch of time, part by part in that order: a part is at most a month, and where Orion returns as many as it ever
 * does, it is halved. Indicators on an edge come twice.
 */
export async function* indicatorPages(
	orion: Orion,
	span: Span,
	order: Order,
	query: Record<string, string>,
): AsyncGenerator<IndicatorPage> {
	const open = parts(span, order).reverse();
	for (let part = open.pop(); part !== undefined; part = open.pop()) {
		const rows = rowsOf(
			await orion.data({ method: 'GET', path: paths.indicators(part.from, part.to), query, timeoutMs: 120_000 }),
		);
		const smaller = rows.length >= mostRows ? halves(part, order) : [];
		if (smaller.length > 0) open.push(...smaller.reverse());
		else yield { rows, span: part, isCut: rows.length >= mostRows };
	}
}
