import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../transport/connect';
import { listFeeds } from '../transport/feeds';

export async function getFeeds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const feeds = await listFeeds(await connect(this));
	return feeds.map(({ id, name, enabled }) => ({ name: enabled ? name : `${name} (disabled)`, value: id }));
}
