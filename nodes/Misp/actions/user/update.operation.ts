import { eachItem } from '../../call';
import { chosenOrganisation, chosenRole, chosenUser } from '../../descriptions/chosen';
import { changedFields } from '../../descriptions/fieldsToSet';
import { asRecord, asText } from '../../json';
import { belonging, compactUser, refuseNothing, userFields, viewUser } from './users';

/** POST /admin/users/edit/{id} */
export const update = eachItem({
	name: 'Update',
	action: 'Update a user',
	description: 'Change a user, or disable one. Needs an admin’s key.',
	fields: [
		chosenUser,
		{
			...chosenOrganisation,
			required: false,
			description: 'Organisation to move the user to: stays where none is chosen',
		},
		{ ...chosenRole, description: 'Role to give the user: stays where none is chosen' },
		changedFields([
			...userFields,
			{
				displayName: 'E-Mail',
				name: 'email',
				type: 'string',
				placeholder: 'analyst@example.org',
				default: '',
				description: 'New address of the user',
			},
		]),
	],
	async execute({ item, misp }) {
		const fields = {
			...item.options('fields'),
			...(await belonging(misp, { organisation: item.locator('organisation'), role: item.locator('role') })),
		};
		refuseNothing(fields);
		const id = asText(asRecord((await viewUser(misp, item.locator('user'))).User).id);
		await misp.post(`/admin/users/edit/${id}`, fields);
		return compactUser(await viewUser(misp, id));
	},
});
