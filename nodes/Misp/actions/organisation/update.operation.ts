import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { chosenOrganisation } from '../../descriptions/chosen';
import { changedFields } from '../../descriptions/fieldsToSet';
import { asRecord } from '../../json';
import { compactOrganisation, organisationFields, organisationId } from './organisations';

/** POST /admin/organisations/edit/{id} */
export const update = eachItem({
	name: 'Update',
	action: 'Update an organisation',
	description: 'Change an organisation. Needs the key of a site admin.',
	fields: [
		chosenOrganisation,
		changedFields([
			...organisationFields,
			{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'New name of the organisation' },
		]),
	],
	async execute({ item, misp }) {
		const fields = item.options('fields');
		if (Object.keys(fields).length === 0)
			throw new Problem('Nothing to change was given', 'Add at least one field.', 'empty');
		const id = await organisationId(misp, item.locator('organisation'));
		const { body } = await misp.post(`/admin/organisations/edit/${id}`, fields);
		return compactOrganisation(asRecord(asRecord(body).Organisation));
	},
});
