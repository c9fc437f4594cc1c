import { eachItem } from '../../call';
import { listFeeds } from '../../transport/feeds';
import { compactFeed } from './feeds';

/** POST /feeds/loadDefaultFeeds. MISP says the same whether or not there were any to load, so the feeds are compared. */
export const loadDefaults = eachItem({
	name: 'Load Defaults',
	action: 'Load the default feeds',
	description:
		'Add the public feeds that MISP knows, disabled. Returns those that are new. Needs the key of a site admin.',
	fields: [],
	async execute({ misp, hint }) {
		const before = new Set((await listFeeds(misp)).map(({ id }) => id));
		await misp.post('/feeds/loadDefaultFeeds');
		const added = (await listFeeds(misp)).filter(({ id }) => !before.has(id));
		if (added.length === 0) hint('All default feeds were there already.');
		return added.map(compactFeed);
	},
});
