import { eachItem } from '../../call';
import { chosenNoticelist } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /noticelists/enableNoticelist/{id}/{1|0} */
export const disable = eachItem({
	name: 'Disable',
	action: 'Disable a noticelist',
	description: 'Disable a noticelist. Needs the key of a site admin.',
	fields: [chosenNoticelist],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'noticelist',
			wanted: item.locator('noticelist'),
			on: false,
			send: async (id) => await misp.post(`/noticelists/enableNoticelist/${id}/0`),
		}),
});
