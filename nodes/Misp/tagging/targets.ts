import { chunk } from '../../shared/chunk';
import type { CompactTag } from '../item';
import { tagsOf } from '../item';
import { asRecord, asRecords, asText } from '../json';
import { limits } from '../limits';
import type { Misp } from '../transport/connect';

/** An event or an attribute, as far as tagging is concerned. */
export interface Target {
	/** Number of the event or attribute, which some calls take only. */
	id: string;
	uuid: string;
	kind: 'event' | 'attribute';
	eventUuid: string;
	published: boolean;
	/** How the tag is attached now. */
	attached: 'no' | 'local' | 'global';
}

/**
 * Looks up what the UUIDs stand for and how the tag is attached to each. UUIDs that MISP doesn't know, or hides from this key, are missing.
 * Two searches at most for 500 UUIDs: POST /events/restSearch and, for what is no event, POST /attributes/restSearch.
 */
export async function findTargets(misp: Misp, uuids: readonly string[], tag: string): Promise<Map<string, Target>> {
	const found = new Map<string, Target>();
	for (const part of chunk(uuids, limits.uuidsPerSearch)) {
		const wanted = new Set(part);
		for (const target of await findEvents(misp, part, tag)) if (wanted.has(target.uuid)) found.set(target.uuid, target);
		const rest = part.filter((uuid) => !found.has(uuid));
		if (rest.length === 0) continue;
		for (const target of await findAttributes(misp, rest, tag))
			if (wanted.has(target.uuid)) found.set(target.uuid, target);
	}
	return found;
}

async function findEvents(misp: Misp, uuids: string[], tag: string): Promise<Target[]> {
	const { body } = await misp.post('/events/restSearch', { uuid: uuids, metadata: 1 });
	return asRecords(asRecord(body).response).map((row) => {
		const event = asRecord(row.Event);
		const uuid = asText(event.uuid);
		return {
			id: asText(event.id),
			uuid,
			kind: 'event',
			eventUuid: uuid,
			published: event.published === true,
			attached: attachmentOf(tagsOf(event.Tag), tag),
		};
	});
}

async function findAttributes(misp: Misp, uuids: string[], tag: string): Promise<Target[]> {
	// Soft-deleted attributes carry control tags too; by default MISP hides them.
	const { body } = await misp.post('/attributes/restSearch', { uuid: uuids, deleted: [0, 1], includeContext: 1 });
	return asRecords(asRecord(asRecord(body).response).Attribute).map((attribute) => {
		const event = asRecord(attribute.Event);
		return {
			id: asText(attribute.id),
			uuid: asText(attribute.uuid),
			kind: 'attribute',
			eventUuid: asText(event.uuid),
			published: event.published === true,
			attached: attachmentOf(tagsOf(attribute.Tag), tag),
		};
	});
}

/** How a tag of this name is attached to the object itself. MISP compares names of tags without regard to case. */
export function attachmentOf(tags: readonly CompactTag[], name: string): Target['attached'] {
	const tag = tags.find((one) => one.inherited !== true && one.name.toLowerCase() === name.toLowerCase());
	if (!tag) return 'no';
	return tag.local === true ? 'local' : 'global';
}
