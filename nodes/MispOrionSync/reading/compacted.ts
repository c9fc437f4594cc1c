import { sleep } from 'n8n-workflow';
import type { CompactAttribute, CompactTag } from '../../Misp/item';
import { compactAttribute } from '../../Misp/item';

/** The attributes of a page, each with what it shares with others kept once. */
export async function compacted(rows: readonly unknown[]): Promise<CompactAttribute[]> {
	// The page was received and parsed in one go: let n8n do something else in between.
	await sleep(0);
	return keptOnce(rows.map(compactAttribute));
}

/**
 * The attributes of a page say the same over and over: type and category, the title of their event, its tags. Each is kept once, which
 * halves what a page takes while it is being worked on. The attributes are changed in place; equal tags become one object, so nobody may
 * change those.
 */
function keptOnce(attributes: CompactAttribute[]): CompactAttribute[] {
	const texts = new Map<string, string>();
	const tags = new Map<string, CompactTag>();
	const text = (given: string): string => {
		const known = texts.get(given);
		if (known === undefined) texts.set(given, given);
		return known ?? given;
	};
	const tag = (given: CompactTag): CompactTag => {
		const key = `${given.local === true} ${given.inherited === true} ${given.name}`;
		const known = tags.get(key);
		if (known === undefined) tags.set(key, given);
		return known ?? given;
	};
	for (const attribute of attributes) {
		attribute.type = text(attribute.type);
		attribute.category = text(attribute.category);
		attribute.comment = text(attribute.comment);
		attribute.event_id = text(attribute.event_id);
		attribute.tags = attribute.tags.map(tag);
		if (attribute.event_uuid !== undefined) attribute.event_uuid = text(attribute.event_uuid);
		if (attribute.event_info !== undefined) attribute.event_info = text(attribute.event_info);
		if (attribute.event_date !== undefined) attribute.event_date = text(attribute.event_date);
		if (attribute.org !== undefined) attribute.org = text(attribute.org);
	}
	return attributes;
}
