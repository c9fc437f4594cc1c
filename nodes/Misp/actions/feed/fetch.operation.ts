import type { IDataObject } from 'n8n-workflow';
import { inParallel } from '../../../shared/inParallel';
import { eachItem } from '../../call';
import { limits } from '../../limits';
import { listFeeds } from '../../transport/feeds';
import { chooseFeeds, wantedFeeds, whichFeeds } from './choosing';
import { fetchFeed } from './fetching';

/** POST /feeds/fetchFromFeed/{id} for each feed, so that each has a job and an outcome of its own. */
export const fetch = eachItem({
	name: 'Fetch',
	action: 'Fetch feeds',
	description: 'Fetch feeds now, wait for the background jobs, and return what came of each feed. Needs the key of a site admin.',
	fields: [
		...whichFeeds,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Wait at Most (Seconds)',
					name: 'wait',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 900,
					description: 'How long to wait for the jobs. What still runs then goes on in MISP and is reported as "running".',
				},
			],
		},
	],
	async execute({ item, misp, hint }): Promise<IDataObject[]> {
		const feeds = chooseFeeds(await listFeeds(misp), wantedFeeds(item));
		const waitMs = Number(item.options('options').wait ?? 900) * 1000;
		const outcomes = await inParallel(feeds, limits.concurrency, async (feed) => await fetchFeed(misp, feed, waitMs));
		const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
		if (failed.length > 0) hint(`${failed.length} of ${outcomes.length} feeds could not be fetched: ${failed.map(({ name }) => name).join(', ')}`, 'warning');
		return outcomes.map((outcome) => ({ ...outcome }));
	},
});
