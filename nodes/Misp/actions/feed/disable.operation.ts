import { eachItem } from '../../call';
import { chosenFeed } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /feeds/disable/{id} */
export const disable = eachItem({
	name: 'Disable',
	action: 'Disable a feed',
	description: 'Disable a feed. Needs the key of a site admin.',
	fields: [chosenFeed],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'feed',
			wanted: item.locator('feed'),
			on: false,
			send: async (id) => await misp.post(`/feeds/disable/${id}`),
		}),
});
