import type { IDataObject } from 'n8n-workflow';
import { inParallel } from '../../../shared/inParallel';
import { Problem } from '../../../shared/problem';
import { toList } from '../../../shared/parameters';
import { eachItem } from '../../call';
import { limits } from '../../limits';
import type { Feed } from '../../transport/feeds';
import { listFeeds } from '../../transport/feeds';
import { fetchFeed } from './fetching';

/** POST /feeds/fetchFromFeed/{id} for each feed, so that each has a job and an outcome of its own. */
export const fetch = eachItem({
	name: 'Fetch',
	action: 'Fetch feeds',
	description: 'Fetch feeds now, wait for the background jobs, and return what came of each feed. Needs the key of a site admin.',
	fields: [
		{
			displayName: 'Which Feeds',
			name: 'which',
			type: 'options',
			options: [
				{ name: 'All Enabled', value: 'all' },
				{ name: 'Selected', value: 'selected' },
			],
			default: 'all',
			description: 'Whether to fetch every enabled feed or those chosen',
		},
		{
			displayName: 'Feed Names or IDs',
			name: 'feeds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getFeeds' },
			displayOptions: { show: { which: ['selected'] } },
			required: true,
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
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
		const feeds = chooseFeeds(await listFeeds(misp), item.text('which') === 'all' ? 'all' : toList(item.raw('feeds')));
		const waitMs = Number(item.options('options').wait ?? 900) * 1000;
		const outcomes = await inParallel(feeds, limits.concurrency, async (feed) => await fetchFeed(misp, feed, waitMs));
		const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
		if (failed.length > 0) hint(`${failed.length} of ${outcomes.length} feeds could not be fetched: ${failed.map(({ name }) => name).join(', ')}`, 'warning');
		return outcomes.map((outcome) => ({ ...outcome }));
	},
});

function chooseFeeds(feeds: Feed[], wanted: 'all' | string[]): Feed[] {
	if (wanted === 'all') {
		const enabled = feeds.filter((feed) => feed.enabled);
		if (enabled.length > 0) return enabled;
		throw feeds.length > 0
			? new Problem('No feed is enabled in MISP', 'Enable at least one under Sync Actions > Feeds.', 'no_feeds')
			: new Problem('MISP shows no feeds to this key', 'Use the key of a site admin, or add feeds under Sync Actions > Feeds.', 'no_feeds');
	}
	if (wanted.length === 0) throw new Problem('No feed was chosen', 'Choose at least one feed, or fetch all enabled ones.', 'empty');
	return wanted.map((want) => {
		const feed = feeds.find(({ id, name }) => id === want || name === want);
		if (feed) return feed;
		throw new Problem(`MISP shows no feed "${want}" to this key`, 'Choose the feed from the list. Feeds are shown to site admins only.', 'unknown');
	});
}
