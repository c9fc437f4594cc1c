import { chunk } from '../../shared/chunk';
import { isFields } from '../../shared/fields';
import { limits } from '../limits';
import type { SearchFilters } from '../search/filters';
import type { Row } from '../search/pages';
import type { Misp } from './connect';
import { search } from './search';

export interface SameValues {
	/** Values, or halves of composite ones, as `partsOf` takes them apart. */
	values: readonly string[];
	filters: SearchFilters;
	extra?: unknown;
}

/** The attributes that hold one of these values, as MISP gives them. Without values nothing is asked: MISP would return everything. */
export async function* searchSame(misp: Misp, { values, filters, extra }: SameValues): AsyncGenerator<Row, void> {
	for (const part of chunk(values, limits.valuesPerSearch)) {
		// By MISP's own name, since the values may hold a | and are halves already.
		const found = search(misp, { scope: 'attributes', filters, extra: { ...fieldsOf(extra), value: part } });
		for await (const { rows } of found) yield* rows;
	}
}

function fieldsOf(extra: unknown): object {
	const parsed: unknown = typeof extra === 'string' ? JSON.parse(extra) : extra;
	return isFields(parsed) ? parsed : {};
}
