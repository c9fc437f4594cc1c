import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../json';
import { connect } from '../transport/connect';

const pageSize = 50;

/** Events, the latest first, by a part of their info. */
export async function searchEvents(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken = '1',
): Promise<INodeListSearchResult> {
	const misp = await connect(this);
	const page = Number(paginationToken);
	const { body } = await misp.post('/events/restSearch', {
		metadata: 1,
		limit: pageSize,
		page,
		order: 'Event.id desc',
		...(filter && { eventinfo: `%${filter}%` }),
	});
	const events = asRecords(asRecord(body).response).map((row) => asRecord(row.Event));
	return {
		results: events.map((event) => ({ name: `${asText(event.id)}: ${asText(event.info)}`, value: asText(event.uuid) })),
		paginationToken: events.length === pageSize ? String(page + 1) : undefined,
	};
}
