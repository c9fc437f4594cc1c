import { eachItem } from '../../call';
import { chosenOrganisation, chosenRole } from '../../descriptions/chosen';
import { moreFields } from '../../descriptions/fieldsToSet';
import { asRecord, asText } from '../../json';
import { belonging, compactUser, userFields, viewUser } from './users';

/** POST /admin/users/add */
export const create = eachItem({
	name: 'Create',
	action: 'Create a user',
	description:
		'Create a user. MISP makes up the first password and sends it where it sends e-mails; neither it nor the key is returned. Needs an admin’s key.',
	fields: [
		{
			displayName: 'E-Mail',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'analyst@example.org',
			description: 'Address the user signs in with',
		},
		{
			...chosenOrganisation,
			required: false,
			description: 'Organisation the user belongs to: the one of the key where none is chosen',
		},
		{ ...chosenRole, description: 'What the user may do: MISP’s default role where none is chosen' },
		moreFields(userFields, 'What else is known of the user'),
	],
	async execute({ item, misp }) {
		const { body } = await misp.create('/admin/users/add', {
			...item.options('fields'),
			email: item.required('email', 'E-Mail'),
			...(await belonging(misp, { organisation: item.locator('organisation'), role: item.locator('role') })),
		});
		return compactUser(await viewUser(misp, asText(asRecord(asRecord(body).User).id)));
	},
});
