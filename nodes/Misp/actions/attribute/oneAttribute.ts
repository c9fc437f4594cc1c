import { Problem } from '../../../shared/problem';
import type { Row } from '../../search/rows';
import { readPage } from '../../search/rows';
import { asRecord, asText } from '../../json';
import type { Misp } from '../../transport/connect';

/**
 * One attribute by id or UUID, with its event's context and tags, soft-deleted ones too. MISP's own view hides those,
 * and its search knows UUIDs only (2.5.1): an id is looked up first.
 * @throws Problem where the key sees none such
 */
export async function readAttribute(misp: Misp, idOrUuid: string): Promise<Row> {
	const uuid = idOrUuid.includes('-') ? idOrUuid.toLowerCase() : await uuidOf(misp, idOrUuid);
	const { body, headers } = await misp.post('/attributes/restSearch', {
		uuid,
		deleted: [0, 1],
		includeContext: 1,
		includeEventTags: 1,
	});
	// The UUID of an event stands for all its attributes.
	const found = readPage('attributes', body, headers).rows.find((row) => row.uuid === uuid);
	if (found) return found;
	throw new Problem(
		`MISP has no attribute ${idOrUuid}, or hides it from this key`,
		'Check the id or UUID, and whether its event is shared with the organisation of the key.',
		'not_found',
	);
}

async function uuidOf(misp: Misp, id: string): Promise<string> {
	const { body } = await misp.get(`/attributes/view/${encodeURIComponent(id)}`);
	return asText(asRecord(asRecord(body).Attribute).uuid);
}
