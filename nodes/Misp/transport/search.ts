import { Problem } from '../../shared/problem';
import type { SearchFilters } from '../search/filters';
import type { SearchBody } from '../search/body';
import { buildSearch } from '../search/body';
import type { Page, Row, RowsRead } from '../search/pages';
import { pages } from '../search/pages';
import type { Scope } from '../search/parameters';
import { readPage } from '../search/rows';
import type { Misp } from './connect';

export interface Search {
	scope: Scope;
	filters: SearchFilters;
	/** MISP's own parameters, checked like the filters. */
	extra?: unknown;
	pageSize?: number;
	limit?: number;
}

/** POST /{scope}/restSearch, page by page. @throws Problem naming every filter that is wrong */
export const search = (misp: Misp, what: Search): AsyncGenerator<RowsRead, void> =>
	searchAs(misp, what, async (rows) => await Promise.resolve(rows));

/**
 * The same, with the rows in a shape of one's own, which keeps their `id`, `uuid` and `timestamp`. Each page is shaped as soon as it is
 * there, so that MISP's own rows, several times as large, are not kept while the page is worked on.
 */
export async function* searchAs<R extends Row>(
	misp: Misp,
	{ scope, filters, extra, pageSize, limit }: Search,
	shape: (rows: Row[]) => Promise<R[]>,
): AsyncGenerator<RowsRead<R>, void> {
	const post = async (body: SearchBody): Promise<Page<R>> => {
		const reading = await misp.post(`/${scope}/restSearch`, body);
		const page = readPage(scope, reading.body, reading.headers);
		return { ...page, rows: await shape(page.rows) };
	};
	yield* pages({
		post,
		scope,
		body: bodyOf(scope, filters, extra),
		...(pageSize !== undefined && { pageSize }),
		...(limit !== undefined && Number.isFinite(limit) && { limit }),
	});
}

/** The checked body of a search. @throws Problem naming every filter that is wrong */
export function bodyOf(scope: Scope, filters: SearchFilters, extra: unknown): SearchBody {
	const built = buildSearch(scope, filters, extra);
	if (built.ok) return built.body;
	throw new Problem(
		built.problems.join(' '),
		'Mend the filters. The search was not sent, since MISP would have left these out and returned everything.',
		'bad_filter',
	);
}
