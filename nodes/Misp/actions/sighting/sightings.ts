import type { IDataObject } from 'n8n-workflow';
import { asRecord, asText, asTime } from '../../json';

/** MISP's numbers for the types of sightings, and their names here. */
export const sightingTypes: Readonly<Record<string, string>> = { seen: '0', falsePositive: '1', expiration: '2' };

const nameOf = new Map(Object.entries(sightingTypes).map(([name, number]) => [number, name]));

export const sightingTypeOptions = [
	{ name: 'Expiration', value: 'expiration', description: 'The value stops being an indicator at the time given' },
	{ name: 'False Positive', value: 'falsePositive', description: 'It was seen and is harmless' },
	{ name: 'Seen', value: 'seen', description: 'It was seen' },
];

/** A sighting as items carry it. */
export const compactSighting = (sighting: IDataObject): IDataObject => ({
	id: asText(sighting.id),
	uuid: asText(sighting.uuid),
	type: nameOf.get(asText(sighting.type)) ?? asText(sighting.type),
	attribute_id: asText(sighting.attribute_id),
	event_id: asText(sighting.event_id),
	...(sighting.value !== undefined && { value: asText(sighting.value) }),
	source: asText(sighting.source),
	date_sighting: asTime(sighting.date_sighting),
	...(sighting.Organisation && { org: asText(asRecord(sighting.Organisation).name) }),
});
