import type { Page } from '../../../nodes/Misp/search/pages';

export interface Entry {
	id: number;
	timestamp: number;
	/** On a warninglist. */
	listed?: boolean;
}

/** What of MISP 2.5.1's restSearch the paging depends on, over a table in memory that others may change between two requests. */
export class SearchedTable {
	readonly asked: Array<Record<string, unknown>> = [];
	/** Called before each request but the first: the others at work. */
	meanwhile: () => void = () => undefined;
	ignoresOrder = false;
	hidesHeaders = false;

	constructor(
		public entries: Entry[],
		private readonly scope: 'attributes' | 'events' = 'attributes',
	) {}

	readonly post = async (body: Record<string, unknown>): Promise<Page> => {
		if (this.asked.length > 0) this.meanwhile();
		this.asked.push(body);
		const matching = this.ordered(body.order).filter((entry) => inWindow(entry, body.timestamp));
		const limit = typeof body.limit === 'number' ? body.limit : Number.POSITIVE_INFINITY;
		const offset = typeof body.page === 'number' && Number.isFinite(limit) ? (body.page - 1) * limit : 0;
		const cut = matching.slice(offset, offset + limit);
		// Warninglists take rows out after the limit.
		const left = cut.filter((entry) => !(body.enforceWarninglist === 1 && entry.listed));
		const rows =
			body.returnFormat === 'count'
				? []
				: left.map((entry) => ({ id: String(entry.id), uuid: `uuid-${entry.id}`, timestamp: String(entry.timestamp) }));
		if (this.hidesHeaders) return { rows };
		const odd = left.length === 0 || left.length === limit ? 1 : 0;
		return {
			rows,
			resultCount: this.scope === 'events' ? matching.length : cut.length + odd,
			skipped: cut.length - left.length,
		};
	};

	private ordered(order: unknown): Entry[] {
		const byId = (a: Entry, b: Entry): number => a.id - b.id;
		if (this.ignoresOrder && Array.isArray(order))
			return [...this.entries].sort((a, b) => (a.id % 7) - (b.id % 7) || byId(a, b));
		// In place: sorting what is sorted already costs next to nothing.
		return this.entries.sort(Array.isArray(order) ? (a, b) => a.timestamp - b.timestamp || byId(a, b) : byId);
	}
}

function inWindow(entry: Entry, timestamp: unknown): boolean {
	const [from, to] = Array.isArray(timestamp) ? timestamp : [timestamp, undefined];
	return (typeof from !== 'number' || entry.timestamp >= from) && (typeof to !== 'number' || entry.timestamp <= to);
}
