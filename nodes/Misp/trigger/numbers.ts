import { asNumber, asRecord, asRecords } from '../json';
import type { Misp } from '../transport/connect';
import type { Numbers } from './cursor';
import type { Kind } from './kinds';
import { readSightings } from './sightings';

/**
 * MISP's clock, in seconds since 1970: times are compared with those that MISP wrote, so n8n's own clock must not matter.
 * The answer's Date header has it.
 */
export async function clockOf(misp: Misp): Promise<number> {
	const { headers } = await misp.get('/servers/getVersion');
	const at = Date.parse(String(headers.date ?? ''));
	return Math.floor((Number.isNaN(at) ? Date.now() : at) / 1000);
}

const eventsPerLook = 100;

/** Numbers of the events above `known`, newest first; without `known` only the newest. POST /events/restSearch */
export async function eventsAbove(misp: Misp, known?: number): Promise<number[]> {
	const found: number[] = [];
	for (let page = 1; ; page++) {
		const limit = known === undefined ? 1 : eventsPerLook;
		const { body } = await misp.post('/events/restSearch', { metadata: 1, order: 'Event.id desc', limit, page });
		const ids = asRecords(asRecord(body).response).map((row) => asNumber(asRecord(row.Event).id));
		found.push(...ids.filter((id) => known === undefined || id > known));
		if (known === undefined || ids.length < limit || ids.some((id) => id <= known)) return found;
	}
}

/** Number of the newest attribute that the key sees, deleted ones too. POST /attributes/restSearch */
export async function newestAttribute(misp: Misp): Promise<number> {
	const { body } = await misp.post('/attributes/restSearch', {
		order: 'Attribute.id desc',
		limit: 1,
		page: 1,
		deleted: [0, 1],
	});
	return Math.max(0, ...asRecords(asRecord(asRecord(body).response).Attribute).map(({ id }) => asNumber(id)));
}

/** The numbers that a trigger has to know at the start; those that it does without stay 0. */
export async function highestNumbers(misp: Misp, kind: Kind, since: number): Promise<Numbers> {
	if (kind === 'newSighting') {
		const known = await readSightings(misp, since, { types: [], source: '', organisationId: '' });
		return { event: 0, attribute: 0, sighting: known.reduce((highest, { id }) => Math.max(highest, asNumber(id)), 0) };
	}
	return {
		event: Math.max(0, ...(await eventsAbove(misp))),
		attribute: kind === 'attributeRevoked' ? await newestAttribute(misp) : 0,
		sighting: 0,
	};
}
