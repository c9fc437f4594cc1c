import { eachItem } from '../../call';
import { moreFields } from '../../descriptions/fieldsToSet';
import { asRecord } from '../../json';
import { compactOrganisation, organisationFields } from './organisations';

/** POST /admin/organisations/add. MISP itself takes one without a name (2.5.1); here the name is asked for. */
export const create = eachItem({
	name: 'Create',
	action: 'Create an organisation',
	description: 'Create an organisation. Needs the key of a site admin.',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			description: 'Name that no other organisation has',
		},
		moreFields(organisationFields, 'What else MISP should know of it'),
	],
	async execute({ item, misp }) {
		const { body } = await misp.create('/admin/organisations/add', {
			...item.options('fields'),
			name: item.required('name', 'Name'),
		});
		return compactOrganisation(asRecord(asRecord(body).Organisation));
	},
});
