import type { SearchBody } from './body';
import { endless, mostIdlePages } from './endless';
import type { Scope } from './parameters';
import { Reader } from './reader';
import type { Page, Row } from './rows';
import { Seen } from './seen';
import { asTheyCome, byChange, byId, eventsById, type Walk } from './walk';

export type { Page, Row } from './rows';

/** 10,000 attributes are about 5 MB and 0.4 s on a small MISP; larger pages or parallel ones gain next to nothing. */
export const attributesPerPage = 10_000;
/** An event comes with all its attributes, so few are asked for at once. */
export const eventsPerPage = 50;

export interface PageRequest<R extends Row = Row> {
	/** Sends one search to `/<scope>/restSearch` and reads its answer (`readPage`). */
	post: (body: SearchBody) => Promise<Page<R>>;
	scope: Scope;
	/** From `buildSearch`. */
	body: SearchBody;
	pageSize?: number;
	/** Rows wanted in all; absent: every one. */
	limit?: number;
}

export interface RowsRead<R extends Row = Row> {
	rows: R[];
	/** Rows that warninglists or decay took out, each counted once over the whole reading, on a page at or after the one that lacked them. */
	suppressed: number;
}

/** Pages after the first are at least this long: they overlap, and one second of bulk imports holds hundreds of rows. */
const leastRows: Readonly<Record<Scope, number>> = { attributes: 100, events: 10, objects: 100, sightings: 100 };

async function* read<R extends Row>(
	request: PageRequest<R>,
	walk: Walk,
	seen: Seen,
): AsyncGenerator<RowsRead<R>, 'done' | 'unsorted'> {
	const reader = new Reader(request, walk);
	const usual = Math.max(1, request.pageSize ?? (request.scope === 'events' ? eventsPerPage : attributesPerPage));
	let wanted = request.limit ?? Number.POSITIVE_INFINITY;
	let size = Math.min(usual, Math.max(1, wanted));
	let idle = 0;
	while (wanted > 0) {
		const got = await reader.next(size);
		if (got === undefined) return 'unsorted';
		const rows: R[] = [];
		for (const row of got.rows) if (rows.length < wanted && seen.add(row)) rows.push(row);
		wanted -= rows.length;
		const suppressed = reader.takeSuppressed(wanted === 0);
		if (rows.length > 0 || suppressed > 0) yield { rows, suppressed };
		if (!got.more) return 'done';
		idle = rows.length > 0 || got.suppressed ? 0 : idle + 1;
		if (idle >= mostIdlePages) throw endless();
		size = Math.max(leastRows[request.scope], Math.min(usual, wanted * 2));
	}
	return 'done';
}

/**
 * Reads a search page by page. Each matching row that is there all the while comes exactly once, even while others add, change and delete.
 * A row changed meanwhile comes once too, in the version met first: its change is newer than the start of the reading, so the next reading
 * that asks for changes since then has it. Memory holds one page, and a bit per row.
 */
export async function* pages<R extends Row>(request: PageRequest<R>): AsyncGenerator<RowsRead<R>, void> {
	const seen = new Seen();
	switch (request.scope) {
		case 'attributes':
			// Rows out of order are not handed out; reading by id starts anew and leaves out what was.
			if ((yield* read(request, byChange, seen)) === 'unsorted') yield* read(request, byId, seen);
			return;
		case 'events':
			yield* read(request, eventsById, seen);
			return;
		case 'objects':
			yield* read(request, asTheyCome, seen);
			return;
		case 'sightings': {
			// MISP ignores limit and page here: one answer holds all (2.5.1).
			const { rows } = await request.post(request.body);
			yield { rows: rows.slice(0, request.limit), suppressed: 0 };
		}
	}
}
