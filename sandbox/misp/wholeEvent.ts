import type { Server } from './call';
import type { Attribute, MispEvent } from './model';
import { eventAttribute, eventShape } from './shapes';
import type { MispObject, ObjectReference } from './objects';

export function referenceShape(object: MispObject, reference: ObjectReference) {
	return {
		id: String(reference.id),
		uuid: reference.uuid,
		timestamp: String(reference.timestamp),
		object_id: String(object.id),
		event_id: String(object.event.id),
		source_uuid: object.uuid,
		referenced_uuid: reference.referencedUuid,
		referenced_id: String(reference.referencedId),
		referenced_type: reference.referencedType,
		relationship_type: reference.relationship,
		comment: reference.comment,
		deleted: reference.deleted,
	};
}

export function objectHead(object: MispObject) {
	return {
		id: String(object.id),
		name: object.name,
		'meta-category': object.metaCategory,
		description: object.description,
		template_uuid: object.templateUuid,
		template_version: object.templateVersion,
		event_id: String(object.event.id),
		uuid: object.uuid,
		timestamp: String(object.timestamp),
		distribution: String(object.distribution),
		sharing_group_id: String(object.sharingGroupId),
		comment: object.comment,
		deleted: object.deleted,
		first_seen: object.firstSeen,
		last_seen: object.lastSeen,
	};
}

/** Whole event with these of its attributes; those of objects are sent inside their objects. */
export function wholeEvent(
	server: Server,
	event: MispEvent,
	attributes: readonly Attribute[],
	attributeExtra?: (attribute: Attribute) => Record<string, unknown>,
) {
	const shown = new Set(attributes);
	const parts = server.eventParts(event);
	const extra = (attribute: Attribute): Record<string, unknown> => ({
		...parts.attributeExtra?.(attribute),
		...attributeExtra?.(attribute),
	});
	const objects = server.objects.ofEvent(event).flatMap((object) => {
		const inside = attributes.filter((attribute) => attribute.objectId === object.id);
		if (object.deleted && inside.length === 0) return [];
		return [
			{
				...objectHead(object),
				ObjectReference: object.references
					.filter(({ deleted }) => !deleted)
					.map((reference) => referenceShape(object, reference)),
				Attribute: inside.map((attribute) => eventAttribute(server.store, attribute, extra(attribute))),
			},
		];
	});
	return eventShape(server.store, event, {
		attributes: event.attributes.filter((attribute) => attribute.objectId === 0 && shown.has(attribute)),
		...parts,
		objects,
		attributeExtra: extra,
	});
}
