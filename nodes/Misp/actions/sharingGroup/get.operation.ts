import { eachItem } from '../../call';
import { chosenSharingGroup } from '../../descriptions/chosen';
import { simplify } from '../../descriptions/outputForm';
import { asRecord } from '../../json';
import { find, idOf } from '../lookup';
import { compactSharingGroup } from './sharingGroups';

/** GET /sharing_groups/view/{id} */
export const get = eachItem({
	name: 'Get',
	action: 'Get a sharing group',
	description: 'Get one sharing group with its organisations',
	fields: [chosenSharingGroup, simplify],
	async execute({ item, misp }) {
		const wanted = item.locator('sharingGroup');
		// The list has active groups only; those that are not are found by their number.
		const id = /^\d+$/.test(wanted) ? wanted : idOf(await find(misp, 'sharingGroup', wanted));
		const row = asRecord((await misp.get(`/sharing_groups/view/${id}`)).body);
		return item.flag('simple') ? compactSharingGroup(row) : row;
	},
});
