import { eachItem } from '../../call';
import { chosenFeed } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /feeds/enable/{id} */
export const enable = eachItem({
	name: 'Enable',
	action: 'Enable a feed',
	description: 'Enable a feed. Needs the key of a site admin.',
	fields: [chosenFeed],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'feed',
			wanted: item.locator('feed'),
			on: true,
			send: async (id) => await misp.post(`/feeds/enable/${id}`),
		}),
});
