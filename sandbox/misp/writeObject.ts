import { isRecord } from '../json';
import { textOf, numberOf, type Call } from './call';
import { asList, isOn } from './filters';
import type { MispEvent } from './model';
import type { MispObject, ObjectBook } from './objects';
import { seenText, writeAttribute } from './writing';

/** An object as sent with an event: its attributes are checked one by one, invalid ones left out without a word. */
export function writeObject(
	call: Call,
	objects: ObjectBook,
	event: MispEvent,
	given: Readonly<Record<string, unknown>>,
): MispObject | undefined {
	const name = textOf(given['name']);
	if (name === undefined) return undefined;
	const uuid = textOf(given['uuid'])?.toLowerCase();
	const object =
		(uuid === undefined ? undefined : objects.find(uuid)) ??
		objects.add({
			event,
			name,
			...(uuid === undefined ? {} : { uuid }),
			metaCategory: textOf(given['meta-category']) ?? 'misc',
			description: textOf(given['description']) ?? '',
			...(textOf(given['template_uuid']) === undefined ? {} : { templateUuid: textOf(given['template_uuid']) ?? '' }),
			templateVersion: textOf(given['template_version']) ?? '1',
			timestamp: numberOf(given['timestamp']) ?? call.server.store.now(),
			distribution: numberOf(given['distribution']) ?? 5,
			sharingGroupId: numberOf(given['sharing_group_id']) ?? 0,
			comment: textOf(given['comment']) ?? '',
			deleted: isOn(given['deleted']),
			firstSeen: seenText(given['first_seen']),
			lastSeen: seenText(given['last_seen']),
		});
	for (const attribute of asList(given['Attribute'])) {
		if (!isRecord(attribute)) continue;
		writeAttribute(call, event, attribute, {
			id: object.id,
			relation: textOf(attribute['object_relation']) ?? null,
		});
	}
	return object;
}
