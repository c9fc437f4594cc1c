import type { IDataObject } from 'n8n-workflow';
import type { SearchFilters } from '../search/filters';
import { readPage } from '../search/rows';
import { asRecord } from '../json';
import type { Misp } from '../transport/connect';
import { bodyOf } from '../transport/search';
import { startCursor } from './cursor';
import { foundOf } from './found';
import type { Branch, Kind } from './kinds';
import type { Wanted } from './reading';
import { foundSighting, readSightings } from './sightings';

/** Items that a manual test shows. */
const shown = 5;

const month = 30 * 86_400;

const latest: Readonly<Record<Exclude<Kind, 'newSighting'>, Array<Branch & { order: string }>>> = {
	newEvent: [{ scope: 'events', order: 'Event.id desc', filters: {}, reason: 'new' }],
	eventChanged: [{ scope: 'events', order: 'Event.timestamp desc', filters: {}, reason: 'changed' }],
	eventPublished: [
		{ scope: 'events', order: 'Event.publish_timestamp desc', filters: { published: true }, reason: 'published' },
	],
	attributeChanged: [{ scope: 'attributes', order: 'Attribute.timestamp desc', filters: {}, reason: 'changed' }],
	attributeRevoked: [
		{ scope: 'attributes', order: 'Attribute.timestamp desc', filters: { deleted: 'only' }, reason: 'deleted' },
		{ scope: 'attributes', order: 'Attribute.timestamp desc', filters: { toIds: false }, reason: 'detection_off' },
	],
};

/** The latest few of what the trigger is for, whenever they were: what a manual test shows. Reads no cursor and moves none. */
export async function readSample(misp: Misp, wanted: Wanted, now: number): Promise<IDataObject[]> {
	const none = { event: 0, attribute: 0, sighting: 0 };
	// Stands before everything that was ever there.
	const everything = {
		...startCursor(misp.url, { now, lookBack: now, highest: { ...none, attribute: Number.POSITIVE_INFINITY } }),
		first: none,
	};
	if (wanted.kind === 'newSighting') {
		const rows = await readSightings(misp, now - month, wanted.sightings);
		return rows
			.slice(-shown)
			.flatMap((row) => foundSighting(row, { simple: wanted.simple, cursor: everything }) ?? [])
			.map(({ json }) => json);
	}
	for (const branch of latest[wanted.kind]) {
		const filters: SearchFilters = {
			...wanted.filters,
			...branch.filters,
			...(branch.scope === 'events' ? { metadataOnly: true } : { includeContext: true, includeEventTags: true }),
		};
		const { body, headers } = await misp.post(`/${branch.scope}/restSearch`, {
			...bodyOf(branch.scope, filters, wanted.extra),
			order: branch.order,
			limit: shown,
			page: 1,
		});
		const { rows } = readPage(branch.scope, body, headers);
		const items = rows
			.flatMap(
				(row) => foundOf(wanted.kind, asRecord(row), branch, { simple: wanted.simple, cursor: everything }) ?? [],
			)
			.map(({ json }) => json);
		if (items.length > 0) return items;
	}
	return [];
}
