import { eachItem } from '../../call';
import { chosenWarninglist } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /warninglists/toggleEnable */
export const enable = eachItem({
	name: 'Enable',
	action: 'Enable a warninglist',
	description: 'Enable a warninglist. Needs the warninglist permission.',
	fields: [chosenWarninglist],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'warninglist',
			wanted: item.locator('warninglist'),
			on: true,
			send: async (id) => await misp.post('/warninglists/toggleEnable', { id: [id], enabled: 1 }),
		}),
});
