import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../shared/parameters';
import { toList } from '../../../shared/parameters';
import { Problem } from '../../../shared/problem';
import type { Feed } from '../../transport/feeds';

export const whichFeeds: INodeProperties[] = [
	{
		displayName: 'Which Feeds',
		name: 'which',
		type: 'options',
		options: [
			{ name: 'All Enabled', value: 'all' },
			{ name: 'Selected', value: 'selected' },
		],
		default: 'all',
		description: 'Whether to take every enabled feed or those chosen',
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
];

export const wantedFeeds = (item: Parameters): 'all' | string[] =>
	item.text('which') === 'all' ? 'all' : toList(item.raw('feeds'));

/** The feeds that are meant, by id or name, or all enabled ones. @throws Problem where there is none such */
export function chooseFeeds(feeds: Feed[], wanted: 'all' | string[]): Feed[] {
	if (wanted === 'all') {
		const enabled = feeds.filter((feed) => feed.enabled);
		if (enabled.length > 0) return enabled;
		throw feeds.length > 0
			? new Problem('No feed is enabled in MISP', 'Enable at least one under Sync Actions > Feeds.', 'no_feeds')
			: new Problem(
					'MISP shows no feeds to this key',
					'Use the key of a site admin, or add feeds under Sync Actions > Feeds.',
					'no_feeds',
				);
	}
	if (wanted.length === 0)
		throw new Problem('No feed was chosen', 'Choose at least one feed, or take all enabled ones.', 'empty');
	const chosen = wanted.map((want) => {
		const feed = feeds.find(({ id }) => id === want) ?? feeds.find(({ name }) => name === want);
		if (feed) return feed;
		throw new Problem(
			`MISP shows no feed "${want}" to this key`,
			'Choose the feed from the list. Feeds are shown to site admins only.',
			'unknown',
		);
	});
	return [...new Set(chosen)];
}
