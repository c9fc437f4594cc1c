import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../json';
import { connect } from '../transport/connect';

/** Tags by name; MISP gives them all at once. */
export async function searchTags(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const misp = await connect(this);
	const { body } = await misp.get('/tags/index');
	const names = asRecords(asRecord(body).Tag).map((tag) => asText(tag.name));
	const matching = names.filter((name) => name.toLowerCase().includes(filter.toLowerCase()));
	return {
		results: matching
			.sort()
			.slice(0, 200)
			.map((name) => ({ name, value: name })),
	};
}
