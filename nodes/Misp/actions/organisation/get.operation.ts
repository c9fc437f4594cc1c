import { eachItem } from '../../call';
import { chosenOrganisation } from '../../descriptions/chosen';
import { simplify } from '../../descriptions/outputForm';
import { compactOrganisation, viewOrganisation } from './organisations';

/** GET /organisations/view/{id, UUID or name} */
export const get = eachItem({
	name: 'Get',
	action: 'Get an organisation',
	description: 'Get one organisation',
	fields: [chosenOrganisation, simplify],
	async execute({ item, misp }) {
		const org = await viewOrganisation(misp, item.locator('organisation'));
		return item.flag('simple') ? compactOrganisation(org) : org;
	},
});
