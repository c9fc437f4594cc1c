import { factsOf } from '../answers/indicator';
import type { Row } from '../answers/row';
import type { Orion } from '../transport/connect';
import { indicatorPages } from '../transport/indicators';
import type { IndicatorFilters } from './filters';
import { isWanted, queryOf } from './filters';
import { longestSpan } from './span';

const wanted = 3;

/** The latest indicators of the last weeks that match, so that a workflow can be built with them. */
export async function sampleIndicators(orion: Orion, filters: IndicatorFilters, now: number): Promise<Row[]> {
	const span = { from: now - longestSpan, to: now };
	for await (const { rows } of indicatorPages(orion, span, 'newest first', queryOf(filters))) {
		const newestFirst = rows.map((row) => ({ row, facts: factsOf(row) })).sort((a, b) => b.facts.time - a.facts.time);
		const matching = newestFirst.filter(({ facts }) => isWanted(filters, facts));
		if (matching.length > 0) return matching.slice(0, wanted).map(({ row }) => row);
	}
	return [];
}
