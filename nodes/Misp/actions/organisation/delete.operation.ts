import { eachItem } from '../../call';
import { chosenOrganisation } from '../../descriptions/chosen';
import { asText } from '../../json';
import { viewOrganisation } from './organisations';

/** POST /admin/organisations/delete/{id} */
export const deleteOrganisation = eachItem({
	name: 'Delete',
	action: 'Delete an organisation',
	description: 'Delete an organisation that has neither users nor events. Needs the key of a site admin.',
	destructive: true,
	fields: [chosenOrganisation],
	async execute({ item, misp }) {
		const org = await viewOrganisation(misp, item.locator('organisation'));
		await misp.create(`/admin/organisations/delete/${asText(org.id)}`, {});
		return { id: asText(org.id), uuid: asText(org.uuid), name: asText(org.name), deleted: true };
	},
});
