import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../descriptions/allOrLimit';
import { simplify } from '../../descriptions/outputForm';
import { pick } from '../../json';
import { listFeeds } from '../../transport/feeds';

const simpleFields = ['id', 'name', 'provider', 'url', 'source_format', 'enabled', 'caching_enabled', 'publish', 'fixed_event', 'delta_merge'];

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
	async execute({ item, misp }) {
		const only = item.text('only');
		const feeds = (await listFeeds(misp)).filter(({ enabled }) => only === 'all' || enabled === (only === 'enabled'));
		return takeLimit(item, feeds).map((feed) => (item.flag('simple') ? pick(feed, simpleFields) : feed));
	},
});
