import type { CompactAttribute } from '../../Misp/item';
import type { SearchFilters } from '../../Misp/search/filters';
import type { Misp } from '../../Misp/transport/connect';
import { searchAs } from '../../Misp/transport/search';
import { limits } from '../limits';
import { compacted } from './compacted';
import { slicesOf } from './slices';
import type { EventRead } from './taggedEvents';

/** Events that are read together. */
export interface Slice {
	readonly events: ReadonlyMap<string, EventRead>;
}

export interface Page {
	readonly slice: Slice;
	readonly rows: readonly CompactAttribute[];
	/** Attributes left out because of a warninglist. */
	readonly suppressed: number;
	/** Nothing came before it of this slice, nothing comes after it. */
	readonly first: boolean;
	readonly last: boolean;
}

/** POST /attributes/restSearch, slice by slice: the attributes of these events that the filters want. The last page of a slice may be empty. */
export async function* pagesOf(
	misp: Misp,
	events: readonly EventRead[],
	filters: SearchFilters,
): AsyncGenerator<Page, void> {
	const slices = slicesOf(events, { attributes: limits.attributesPerSlice, events: limits.eventsPerSlice });
	for (const inSlice of slices) {
		const slice: Slice = { events: new Map(inSlice.map((event) => [event.uuid, event])) };
		const found = searchAs(
			misp,
			{
				scope: 'attributes',
				filters: {
					...filters,
					eventIds: inSlice.map(({ uuid }) => uuid),
					includeContext: true,
					includeEventTags: true,
				},
				extra: undefined,
				pageSize: limits.attributesPerPage,
			},
			compacted,
		);
		let page: Page = { slice, rows: [], suppressed: 0, first: true, last: true };
		let isEmpty = true;
		for await (const { rows, suppressed } of found) {
			if (!isEmpty) yield { ...page, last: false };
			page = { slice, rows, suppressed, first: isEmpty, last: true };
			isEmpty = false;
		}
		yield page;
	}
}
