import { eachItem } from '../../call';
import { chosenWarninglist } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /warninglists/toggleEnable */
export const disable = eachItem({
	name: 'Disable',
	action: 'Disable a warninglist',
	description: 'Disable a warninglist. Needs the warninglist permission.',
	fields: [chosenWarninglist],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'warninglist',
			wanted: item.locator('warninglist'),
			on: false,
			send: async (id) => await misp.post('/warninglists/toggleEnable', { id: [id], enabled: 0 }),
		}),
});
