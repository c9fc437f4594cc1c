import { Problem } from '../../shared/problem';
import type { SearchBody } from './body';
import type { Page, Row } from './rows';
import { sliceAt, type Slice } from './slice';
import { compare, isSorted, type Key, type Walk } from './walk';

const mostRewinds = 20;

interface Search<R extends Row> {
	post: (body: SearchBody) => Promise<Page<R>>;
	body: SearchBody;
}

interface Window {
	from: unknown;
	to: unknown;
}

/** MISP's timestamp filter: a point from which on, or [from, to], both ends included. */
function windowOf(timestamp: unknown): Window {
	return Array.isArray(timestamp) ? { from: timestamp[0], to: timestamp[1] } : { from: timestamp, to: undefined };
}

function timestampOf({ from, to }: Window): SearchBody {
	if (to !== undefined) return { timestamp: [from ?? 0, to] };
	return from === undefined ? {} : { timestamp: from };
}

const filtersAfterLimit = ['enforceWarninglist', 'excludeDecayed', 'allow_proposal_blocking'];

/** Reads one search from where it stands; knows nothing of rows seen before. */
export class Reader<R extends Row> {
	private window: Window;
	/** Rows of this window MISP went through, suppressed ones included. */
	private read = 0;
	private last: Key | undefined;
	/** The last row handed out stands here in the window, or up to as many rows later as its page had suppressed ones. */
	private lastAt = 0;
	/** Suppressed rows of this window, those in overlaps more than once. */
	private hidden = 0;
	private pages = 0;
	private rewinds = 0;
	/** Suppressed rows of windows that are done, see `RowsRead`. */
	private suppressed = 0;

	constructor(
		private readonly request: Search<R>,
		private readonly walk: Walk,
	) {
		this.window = windowOf(request.body.timestamp);
	}

	/** Suppressed rows settled since last asked; with `all` those of the window in hand too. */
	takeSuppressed(all = false): number {
		const suppressed = this.suppressed + (all ? this.hidden : 0);
		this.suppressed = 0;
		return suppressed;
	}

	/** The next rows of at most `size`, whether some were suppressed on their page, and whether there are more; undefined where the server ignores the order asked for. */
	async next(size: number): Promise<{ rows: R[]; suppressed: boolean; more: boolean } | undefined> {
		const { slice, page } = await this.contiguous(size);
		const keys = page.rows.map(this.walk.key);
		if (this.walk.strict && !isSorted(keys)) return undefined;
		const more = await this.hasMore(page, slice);
		this.pages += 1;
		this.hidden += page.skipped ?? 0;
		this.read = slice.offset + page.rows.length + (page.skipped ?? 0);
		// A short count must not stall the reading where MISP cut a full page.
		if (more && page.skipped === undefined) this.read = Math.max(this.read, slice.offset + slice.limit);
		const end = keys.at(-1);
		if (end !== undefined) {
			this.last = end;
			this.lastAt = slice.offset + keys.length - 1;
		}
		if (!more) await this.settle(this.window, this.pages > 1);
		else if (end !== undefined && this.walk.followsTime && end[0] > this.start()) {
			const wholePageInOneSecond = slice.offset === 0 && this.hidden === 0 && keys[0]?.[0] === end[0];
			await this.follow(end[0], wholePageInOneSecond ? this.read : 0);
		}
		return { rows: page.rows, suppressed: (page.skipped ?? 0) > 0, more };
	}

	/** Where the window starts, as far as that is a known second. */
	private start(): number {
		return typeof this.window.from === 'number' ? this.window.from : -1;
	}

	/** From the second of the last row on: rows changed meanwhile are at the end now, and nothing before them can be missed. */
	private async follow(second: number, read: number): Promise<void> {
		// Suppressed rows from that second on are met again in the next window; only those before it are settled.
		await this.settle({ from: this.window.from, to: second - 1 }, true);
		this.window = { from: second, to: this.window.to };
		this.read = read;
		this.lastAt = Math.max(0, read - 1);
		this.pages = 0;
	}

	/** Counts the suppressed rows of a window once; asks MISP for their number where pages may have shared some. */
	private async settle(window: Window, shared: boolean): Promise<void> {
		if (this.hidden === 0) return;
		const exact = shared
			? (await this.request.post({ ...this.request.body, ...timestampOf(window), returnFormat: 'count' })).skipped
			: undefined;
		this.suppressed += exact ?? this.hidden;
		this.hidden = 0;
	}

	private ask(slice: Slice, changes: SearchBody = {}): Promise<Page<R>> {
		return this.request.post({
			...this.request.body,
			...timestampOf(this.window),
			...(this.walk.order === undefined ? {} : { order: this.walk.order }),
			page: slice.page,
			limit: slice.limit,
			...changes,
		});
	}

	/** A page that follows on what was read. Rows that went away before it would pull later ones into what counts as read. */
	private async contiguous(size: number): Promise<{ slice: Slice; page: Page<R> }> {
		const least = Math.max(1, Math.floor(size / 20));
		// Reaching back to the last row handed out shows that nothing is missing. Where most rows are suppressed that would be too far.
		const back = this.read - this.lastAt;
		const verified = this.walk.overlaps && this.last !== undefined && back <= size / 2;
		let overlap = this.read === 0 || !this.walk.overlaps ? 0 : Math.max(least, verified ? back : 0);
		for (;;) {
			const slice = this.sliceBefore(this.read - overlap, size);
			const page = await this.ask(slice);
			if (!verified || overlap === 0 || slice.offset === 0 || !this.hasGap(page)) return { slice, page };
			if (++this.rewinds > mostRewinds) {
				throw new Problem(
					'MISP’s data change faster than they can be read.',
					'Narrow the search, for example by time or type, or run it when fewer changes are made.',
					'moving_data',
				);
			}
			overlap = Math.min(this.read, (this.read - slice.offset) * 4);
		}
	}

	/** Begins at `start`, or as little before it as brings the slice past what was read. */
	private sliceBefore(start: number, size: number): Slice {
		for (let begin = Math.max(0, start); ; begin--) {
			const slice = sliceAt(begin, size);
			if (begin === 0 || slice.offset + slice.limit > this.read) return slice;
		}
	}

	/** True where rows between what was read and this page may be missing: it begins after the last row handed out. */
	private hasGap(page: Page<R>): boolean {
		const first = page.rows[0] && this.walk.key(page.rows[0]);
		if (first?.some(Number.isNaN) || this.last === undefined) return false;
		// Without MISP's count of suppressed rows nobody knows how far back the last row is.
		if (page.skipped === undefined && this.mayHide()) return false;
		return first === undefined || compare(first, this.last) > 0;
	}

	private mayHide(): boolean {
		return filtersAfterLimit.some((name) => Boolean(this.request.body[name]));
	}

	/**
	 * Whether MISP cut the page off. Warninglists are applied after that, so a short or empty page may be followed by others, and
	 * X-Result-Count equals the limit then (2.5.1): rows and suppressed rows together tell.
	 */
	private async hasMore(page: Page<R>, slice: Slice): Promise<boolean> {
		const through = page.rows.length + (page.skipped ?? 0);
		if (this.walk.counted && page.resultCount !== undefined) {
			const end = slice.offset + through;
			// A full first page may also mean that the count is the page's: look once more.
			return page.resultCount > end ? through > 0 : through >= slice.limit && slice.offset === 0;
		}
		// Where MISP cut a full page its count is one more than the limit. Any other count beyond the limit is a total, or wrong: believed, it
		// would never come to an end.
		if (through >= slice.limit || (through > 0 && page.resultCount === slice.limit + 1)) return true;
		if (page.skipped !== undefined || !this.mayHide()) return false;
		const off = Object.fromEntries(filtersAfterLimit.map((name) => [name, 0]));
		return (await this.ask(slice, off)).rows.length >= slice.limit;
	}
}
