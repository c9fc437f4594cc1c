import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { simplify } from '../../descriptions/outputForm';
import { listFeeds } from '../../transport/feeds';
import { compactFeed } from './feeds';

/** GET /feeds/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many feeds',
	description: 'Get the feeds that are set up in MISP. Needs the key of a site admin.',
	fields: [
		...allOrLimit,
		{
			displayName: 'Only',
			name: 'only',
			type: 'options',
			options: [
				{ name: 'All Feeds', value: 'all' },
				{ name: 'Disabled Feeds', value: 'disabled' },
				{ name: 'Enabled Feeds', value: 'enabled' },
			],
			default: 'all',
			description: 'Which feeds to return',
		},
		simplify,
	],
	async execute({ item, misp, hint }) {
		const only = item.text('only');
		const feeds = await listFeeds(misp);
		if (feeds.length === 0) hint('MISP shows no feeds to this key: it has none, or the key is not a site admin’s.');
		const wanted = feeds.filter(({ enabled }) => only === 'all' || enabled === (only === 'enabled'));
		return takeLimit(item, wanted).map((feed) => (item.flag('simple') ? compactFeed(feed) : feed));
	},
});
