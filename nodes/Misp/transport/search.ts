import { Problem } from '../../shared/problem';
import type { SearchFilters } from '../search/filters';
import type { SearchBody } from '../search/body';
import { buildSearch } from '../search/body';
import type { RowsRead } from '../search/pages';
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
export async function* search(
	misp: Misp,
	{ scope, filters, extra, pageSize, limit }: Search,
): AsyncGenerator<RowsRead, void> {
	const post = async (body: SearchBody) => {
		const reading = await misp.post(`/${scope}/restSearch`, body);
		return readPage(scope, reading.body, reading.headers);
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
