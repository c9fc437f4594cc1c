import type { IDataObject } from 'n8n-workflow';
import { asRecords, asText } from './json';

/** An object as items carry it: its attributes as fields by relation, a list where a relation occurs several times. */
export function compactObject(object: IDataObject): IDataObject {
	return {
		id: asText(object.id),
		uuid: asText(object.uuid),
		name: asText(object.name),
		meta_category: asText(object['meta-category']),
		event_id: asText(object.event_id),
		comment: asText(object.comment),
		/** Last change, in seconds since 1970. */
		timestamp: Number(asText(object.timestamp)) || 0,
		...(object.deleted === true && { deleted: true }),
		...(object.first_seen && { first_seen: object.first_seen }),
		...(object.last_seen && { last_seen: object.last_seen }),
		fields: valuesByRelation(asRecords(object.Attribute)),
	};
}

function valuesByRelation(attributes: IDataObject[]): IDataObject {
	const values = new Map<string, string[]>();
	for (const { object_relation: relation, value, deleted } of attributes) {
		if (deleted !== true) values.set(asText(relation), [...(values.get(asText(relation)) ?? []), asText(value)]);
	}
	return Object.fromEntries([...values].map(([relation, list]) => [relation, list.length === 1 ? list[0] : list]));
}
