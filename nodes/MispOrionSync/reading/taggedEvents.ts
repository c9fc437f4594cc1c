import type { CompactEvent } from '../../Misp/item';
import { compactEvent } from '../../Misp/item';
import { limits as mispLimits } from '../../Misp/limits';
import type { SearchFilters } from '../../Misp/search/filters';
import type { Tagged } from '../../Misp/tagging/relabel';
import type { Misp } from '../../Misp/transport/connect';
import { search } from '../../Misp/transport/search';

/** An event to work on, in the few facts that that needs: there may be a hundred thousand of them. */
export interface EventRead extends Tagged {
	kind: 'event';
	info: string;
	/** Of all types, without deleted ones. */
	attributeCount: number;
}

interface Reading {
	/** What any of these searches finds. */
	searches: readonly SearchFilters[];
	extra: unknown;
	/** Tags that matter here; others are not kept. */
	keep: readonly string[];
}

/** POST /events/restSearch, all pages before anything is changed: the tags that are searched for are about to go. */
export async function readEvents(misp: Misp, { searches, extra, keep }: Reading): Promise<EventRead[]> {
	const kept = new Set(keep.map((tag) => tag.toLowerCase()));
	const asRead = ({ id, uuid, info, published, attribute_count, tags }: CompactEvent): EventRead => ({
		kind: 'event',
		id,
		uuid,
		info,
		eventUuid: uuid,
		published,
		attributeCount: attribute_count,
		tags: tags.filter(({ name }) => kept.has(name.toLowerCase())),
	});
	const events = new Map<string, EventRead>();
	for (const filters of searches) {
		const found = search(misp, {
			scope: 'events',
			filters: { ...filters, metadataOnly: true },
			extra,
			pageSize: mispLimits.eventPage,
		});
		for await (const { rows } of found)
			for (const row of rows) {
				const event = asRead(compactEvent(row));
				events.set(event.uuid, event);
			}
	}
	return [...events.values()];
}
