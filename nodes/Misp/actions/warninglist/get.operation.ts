import { eachItem } from '../../call';
import { chosenWarninglist } from '../../descriptions/chosen';
import { asRecord, asRecords, asText } from '../../json';
import { find, idOf } from '../lookup';
import { compactWarninglist } from './warninglists';

/** GET /warninglists/index, and /warninglists/view/{id} where the entries are wanted. */
export const get = eachItem({
	name: 'Get',
	action: 'Get a warninglist',
	description: 'Get one warninglist, with its values where you ask for them',
	fields: [
		chosenWarninglist,
		{
			displayName: 'Include Values',
			name: 'includeValues',
			type: 'boolean',
			default: false,
			description: 'Whether to return the values on the list too. Some lists hold a million.',
		},
	],
	async execute({ item, misp }) {
		const found = await find(misp, 'warninglist', item.locator('warninglist'));
		const list = compactWarninglist(found.entry);
		if (!item.flag('includeValues')) return list;
		const { body } = await misp.get(`/warninglists/view/${idOf(found)}`);
		const values = asRecords(asRecord(asRecord(body).Warninglist).WarninglistEntry).map(({ value }) => asText(value));
		return { ...list, values };
	},
});
