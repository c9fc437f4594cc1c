import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { asNumber, asRecord, asText, pick } from '../../json';
import type { Misp } from '../../transport/connect';

export const compactOrganisation = (org: IDataObject): IDataObject => ({
	...pick(org, ['id', 'uuid', 'name', 'description', 'type', 'nationality', 'sector', 'contacts', 'local']),
	...(org.user_count !== undefined && { user_count: asNumber(org.user_count) }),
});

/** GET /organisations/view/{id, UUID or name} */
export async function viewOrganisation(misp: Misp, wanted: string): Promise<IDataObject> {
	if (wanted === '') throw new Problem('No organisation was chosen', 'Choose an organisation from the list.', 'empty');
	const { body } = await misp.get(`/organisations/view/${encodeURIComponent(wanted)}`);
	return asRecord(asRecord(body).Organisation);
}

export const organisationId = async (misp: Misp, wanted: string): Promise<string> =>
	/^\d+$/.test(wanted) ? wanted : asText((await viewOrganisation(misp, wanted)).id);

/** What MISP knows of an organisation beside its name. */
export const organisationFields: INodeProperties[] = [
	{ displayName: 'Contacts', name: 'contacts', type: 'string', default: '', description: 'Whom to turn to' },
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What the organisation is',
	},
	{
		displayName: 'Local',
		name: 'local',
		type: 'boolean',
		default: true,
		description: 'Whether it has users on this MISP. Others are known from what was shared.',
	},
	{
		displayName: 'Nationality',
		name: 'nationality',
		type: 'string',
		default: '',
		description: 'Country, as MISP lists it',
	},
	{ displayName: 'Sector', name: 'sector', type: 'string', default: '', description: 'Sector it works in' },
	{
		displayName: 'Type',
		name: 'type',
		type: 'string',
		default: '',
		description: 'Kind of organisation, such as CSIRT',
	},
	{
		displayName: 'UUID',
		name: 'uuid',
		type: 'string',
		default: '',
		description: 'UUID of the organisation on other MISP instances, where it has one',
	},
];
