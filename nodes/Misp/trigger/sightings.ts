import type { IDataObject } from 'n8n-workflow';
import { asNumber, asRecord, asRecords, asText } from '../json';
import type { Misp } from '../transport/connect';
import type { Cursor } from './cursor';
import { fingerprint } from './fingerprint';
import type { Found } from './found';

/** Sightings may be reported with a time in the past: so far back they are found, in seconds. What is new among them, their numbers tell. */
const reportedLate = 86_400;

/** Ten years, in seconds: sightings of the future too. */
const farAhead = 315_360_000;

const typeNames: Record<string, string> = { '0': 'seen', '1': 'false_positive', '2': 'expiration' };

export interface SightingFilters {
	types: readonly string[];
	source: string;
	organisationId: string;
}

/** POST /sightings/restSearch: MISP gives all of them in one answer, without paging (2.5.1). */
export async function readSightings(
	misp: Misp,
	since: number,
	{ types, source, organisationId }: SightingFilters,
): Promise<IDataObject[]> {
	const { body } = await misp.post('/sightings/restSearch', {
		// One without the other is not honoured.
		from: since - reportedLate,
		to: since + farAhead,
		includeAttribute: 1,
		includeEvent: 1,
		...(types.length > 0 && { type: [...types] }),
		...(source !== '' && { source }),
	});
	return (
		asRecords(asRecord(body).response)
			.map(({ Sighting }) => asRecord(Sighting))
			// MISP's own filter on organisations finds nothing (2.5.1).
			.filter(({ org_id: org }) => organisationId === '' || asText(org) === organisationId)
			.sort((a, b) => asNumber(a.id) - asNumber(b.id))
	);
}

/** Sightings with lower numbers than the highest may have been written a moment later. */
const writtenLater = 100;

export function foundSighting(
	row: IDataObject,
	{ simple, cursor }: { simple: boolean; cursor: Cursor },
): Found | undefined {
	const id = asNumber(row.id);
	const at = asNumber(row.date_sighting);
	const lookedBackTo = cursor.first.sighting === 0 && at >= cursor.floor;
	if (!lookedBackTo && id <= Math.max(cursor.highest.sighting - writtenLater, cursor.first.sighting)) return undefined;
	return {
		key: fingerprint('newSighting', asText(row.uuid)),
		// Found again as long as the search reaches back to it.
		until: at + reportedLate,
		json: { ...(simple ? compactSighting(row) : row), reason: 'sighting' },
	};
}

function compactSighting(row: IDataObject): IDataObject {
	const attribute = asRecord(row.Attribute);
	const event = asRecord(row.Event);
	return {
		id: asText(row.id),
		uuid: asText(row.uuid),
		type: typeNames[asText(row.type)] ?? asText(row.type),
		value: asText(row.value),
		source: asText(row.source),
		timestamp: asNumber(row.date_sighting),
		org: asText(asRecord(row.Organisation).name),
		attribute_id: asText(row.attribute_id),
		attribute_uuid: asText(attribute.uuid),
		attribute_type: asText(attribute.type),
		event_id: asText(row.event_id),
		event_uuid: asText(event.uuid),
		event_info: asText(event.info),
	};
}
