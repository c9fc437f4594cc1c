import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { asRecords, asText } from '../../json';

/** A part of an event that was sent and that MISP does not have: it leaves out what it finds invalid, without a word (2.5.1). */
export interface LeftOut extends IDataObject {
	what: 'attribute' | 'object' | 'object attribute' | 'tag';
	/** Type of the attribute, name of the object or tag. */
	name: string;
	value?: string;
	/** Set where MISP was asked again and said why. */
	reason?: string;
}

/** The entries with a UUID each, by which they can be told apart in what comes back: MISP changes values, such as the case of hashes. */
export const withUuids = (entries: readonly IDataObject[]): IDataObject[] =>
	entries.map((entry) => ({
		...entry,
		uuid: asText(entry.uuid).toLowerCase() || randomUUID(),
		...(Array.isArray(entry.Attribute) && { Attribute: withUuids(asRecords(entry.Attribute)) }),
	}));

const uuidsOf = (entries: readonly IDataObject[]): Set<string> => new Set(entries.map(({ uuid }) => asText(uuid)));

const missing = (sent: readonly IDataObject[], there: Set<string>): IDataObject[] =>
	sent.filter(({ uuid }) => !there.has(asText(uuid)));

/** What was sent and did not come back. */
export function leftOutOf(sent: IDataObject, event: IDataObject): { attributes: IDataObject[]; others: LeftOut[] } {
	const objects = asRecords(event.Object);
	const objectAttributes = uuidsOf(objects.flatMap((object) => asRecords(object.Attribute)));
	const tags = new Set(asRecords(event.Tag).map(({ name }) => asText(name)));
	const lostObjects = missing(asRecords(sent.Object), uuidsOf(objects));
	const keptObjects = asRecords(sent.Object).filter((object) => !lostObjects.includes(object));
	return {
		attributes: missing(asRecords(sent.Attribute), uuidsOf(asRecords(event.Attribute))),
		others: [
			...lostObjects.map((object): LeftOut => ({ what: 'object', name: asText(object.name) })),
			...missing(
				keptObjects.flatMap((object) => asRecords(object.Attribute)),
				objectAttributes,
			).map(
				(attribute): LeftOut => ({
					what: 'object attribute',
					name: asText(attribute.object_relation) || asText(attribute.type),
					value: asText(attribute.value),
				}),
			),
			...asRecords(sent.Tag)
				.filter(({ name }) => !tags.has(asText(name)))
				.map((tag): LeftOut => ({ what: 'tag', name: asText(tag.name) })),
		],
	};
}
