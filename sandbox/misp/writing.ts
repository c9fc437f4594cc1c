import { isRecord } from '../json';
import { may } from './auth';
import { textOf, numberOf, type Call } from './call';
import { asList, isOn } from './filters';
import type { Attribute, MispEvent, Tag } from './model';
import { createTaxonomyTag } from './taxonomies';
import type { AttributeSeed } from './seeds';
import type { TagTarget } from './tagTarget';
import { checkAttribute } from './validate';

/** Writing that events/add, events/edit, attributes/add and objects/add have in common. */

export type Written = { readonly attribute: Attribute } | { readonly errors: Record<string, string[]> };

/** A tag by name, made when the key may do so; `undefined` when it may not. */
export function tagToUse(call: Call, name: string): Tag | undefined {
	const { store, taxonomies } = call.server;
	const known = store.tag(name);
	if (known || !may(call.user, 'tag_editor')) return known;
	const ofTaxonomy = taxonomies.ofTag(name);
	return ofTaxonomy ? createTaxonomyTag(store, ofTaxonomy) : store.addTag(name);
}

interface TagWish {
	readonly name: string;
	readonly local: boolean;
	readonly deleted: boolean;
	readonly relationship: string | null;
}

/** `Tag: [{name, local, deleted}]` as sent with an event or an attribute. */
export function tagWishes(given: unknown): TagWish[] {
	return asList(given).flatMap((tag) => {
		const name = isRecord(tag) ? textOf(tag['name']) : textOf(tag);
		if (name === undefined) return [];
		if (!isRecord(tag)) return [{ name, local: false, deleted: false, relationship: null }];
		return [
			{
				name,
				local: isOn(tag['local']),
				deleted: isOn(tag['deleted']),
				relationship: textOf(tag['relationship_type']) ?? null,
			},
		];
	});
}

/** Puts on and takes off; a tag that may not be made is left out without a word. */
export function applyTags(call: Call, target: TagTarget, given: unknown): void {
	if (!may(call.user, 'tagger')) return;
	for (const { name, local, deleted, relationship } of tagWishes(given)) {
		const tag = tagToUse(call, name);
		if (!tag) continue;
		if (deleted) call.server.store.detach(target, tag);
		else call.server.store.attach(target, tag, local, relationship);
	}
}

/** ISO text with microseconds, as MISP answers first_seen and last_seen. */
export function seenText(value: unknown): string | null {
	const text = textOf(value);
	if (text === undefined || text === '') return null;
	const at = /^\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text);
	if (Number.isNaN(at.getTime())) return null;
	const fraction = /\.(\d{1,6})/.exec(text)?.[1]?.padEnd(6, '0') ?? '000000';
	return `${at.toISOString().slice(0, 19)}.${fraction}+00:00`;
}

function alike(event: MispEvent, type: string, category: string, value: string, objectId: number): boolean {
	// Only attributes of the event itself clash; deleted ones are no obstacle.
	return (
		objectId === 0 &&
		event.attributes.some(
			(known) =>
				!known.deleted &&
				known.objectId === 0 &&
				known.value === value &&
				known.type === type &&
				known.category === category,
		)
	);
}

/** Adds one attribute as sent, after MISP's checks. Does not touch the event. */
export function writeAttribute(
	call: Call,
	event: MispEvent,
	given: Readonly<Record<string, unknown>>,
	object?: { id: number; relation: string | null },
): Written {
	const checked = checkAttribute({
		type: given['type'],
		category: given['category'],
		value: given['value'],
	});
	if ('errors' in checked) return checked;
	const type = textOf(given['type']) ?? '';
	const { store } = call.server;
	if (alike(event, type, checked.category, checked.value, object?.id ?? 0))
		return { errors: { value: ['A similar attribute already exists for this event.'] } };
	const uuid = textOf(given['uuid'])?.toLowerCase();
	if (uuid !== undefined && store.attribute(uuid)) return { errors: { uuid: ['The UUID provided is not unique'] } };
	const seed: AttributeSeed = {
		type,
		value: checked.value,
		category: checked.category,
		...(given['to_ids'] === undefined ? {} : { to_ids: isOn(given['to_ids']) }),
		comment: textOf(given['comment']) ?? '',
		deleted: isOn(given['deleted']),
		timestamp: numberOf(given['timestamp']) ?? store.now(),
		...(uuid === undefined ? {} : { uuid }),
		distribution: numberOf(given['distribution']) ?? 5,
		sharingGroupId: numberOf(given['sharing_group_id']) ?? 0,
		disableCorrelation: isOn(given['disable_correlation']),
		objectId: object?.id ?? 0,
		...(object?.relation ? { objectRelation: object.relation } : {}),
	};
	const attribute = store.addAttribute(event, seed);
	attribute.firstSeen = seenText(given['first_seen']);
	attribute.lastSeen = seenText(given['last_seen']);
	applyTags(call, { kind: 'attribute', attribute }, given['Tag']);
	return { attribute };
}

export type Changed =
	| { readonly changed: true }
	| { readonly stale: true }
	| { readonly errors: Record<string, string[]> };

/** Changes the fields that were sent. `timestamp`, when sent, must be newer than what is there. */
export function changeAttribute(call: Call, attribute: Attribute, given: Readonly<Record<string, unknown>>): Changed {
	const timestamp = numberOf(given['timestamp']);
	if (timestamp !== undefined && timestamp <= attribute.timestamp) return { stale: true };
	const type = textOf(given['type']) ?? attribute.type;
	// A new type without a category takes the type's own where the old one does not fit: MISP keeps the old one and refuses.
	const checked = checkAttribute({
		type,
		category: given['category'] ?? attribute.category,
		value: given['value'] ?? attribute.value,
	});
	if ('errors' in checked) return checked;
	attribute.type = type;
	attribute.category = checked.category;
	attribute.value = checked.value;
	if (given['to_ids'] !== undefined) attribute.toIds = isOn(given['to_ids']);
	if (given['comment'] !== undefined) attribute.comment = textOf(given['comment']) ?? '';
	if (given['deleted'] !== undefined) attribute.deleted = isOn(given['deleted']);
	if (given['disable_correlation'] !== undefined) attribute.disableCorrelation = isOn(given['disable_correlation']);
	if (given['distribution'] !== undefined)
		attribute.distribution = numberOf(given['distribution']) ?? attribute.distribution;
	if (given['sharing_group_id'] !== undefined) attribute.sharingGroupId = numberOf(given['sharing_group_id']) ?? 0;
	if (given['first_seen'] !== undefined) attribute.firstSeen = seenText(given['first_seen']);
	if (given['last_seen'] !== undefined) attribute.lastSeen = seenText(given['last_seen']);
	attribute.timestamp = timestamp ?? call.server.store.now();
	applyTags(call, { kind: 'attribute', attribute }, given['Tag']);
	return { changed: true };
}
