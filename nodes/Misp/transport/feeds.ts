import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../json';
import type { Misp } from './connect';

/** A feed as MISP describes it; ids are strings of digits. */
export interface Feed extends IDataObject {
	id: string;
	name: string;
	enabled: boolean;
}

/** GET /feeds/index: every feed, MISP has no paging here. A key that is no site admin's may see none. */
export async function listFeeds(misp: Misp): Promise<Feed[]> {
	const { body } = await misp.get('/feeds/index');
	return asRecords(body).map(({ Feed }) => {
		const feed = asRecord(Feed);
		return { ...feed, id: asText(feed.id), name: asText(feed.name), enabled: feed.enabled === true };
	});
}
