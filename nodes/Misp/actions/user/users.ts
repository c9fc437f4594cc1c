import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { asRecord, asText, pick } from '../../json';
import type { Misp } from '../../transport/connect';
import { find, idOf } from '../lookup';
import { organisationId } from '../organisation/organisations';

/** MISP puts a new user's key into its answer, and marks of passwords and one-time codes: none of it belongs into items. */
const secrets = [
	'password',
	'authkey',
	'totp',
	'hotp_counter',
	'external_auth_key',
	'gpgkey',
	'certif_public',
	'nids_sid',
];

export const withoutSecrets = (user: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(user).filter(([field]) => !secrets.includes(field)));

/** A user as items carry it; `row` is what MISP answers, with the role and the organisation beside the user. */
export function compactUser(row: IDataObject): IDataObject {
	const user = asRecord(row.User);
	const org = asRecord(row.Organisation);
	const role = asRecord(row.Role);
	return {
		...pick(user, ['id', 'email', 'org_id']),
		...(org.name !== undefined && { org: asText(org.name) }),
		...pick(user, ['role_id']),
		...(role.name !== undefined && { role: asText(role.name) }),
		...pick(user, ['disabled', 'autoalert', 'last_login', 'last_api_access']),
	};
}

export const fullUser = (row: IDataObject): IDataObject => ({
	...withoutSecrets(asRecord(row.User)),
	...(row.Role !== undefined && { Role: row.Role }),
	...(row.Organisation !== undefined && { Organisation: row.Organisation }),
});

/** GET /admin/users/view/{id}; MISP knows a user by id only, so an e-mail address is looked up first. */
export async function viewUser(misp: Misp, wanted: string): Promise<IDataObject> {
	const id = /^\d+$/.test(wanted) ? wanted : idOf(await find(misp, 'user', wanted));
	return asRecord((await misp.get(`/admin/users/view/${id}`)).body);
}

/** Fields of a user that both creating and updating take. */
export const userFields: INodeProperties[] = [
	{
		displayName: 'Change Password',
		name: 'change_pw',
		type: 'boolean',
		default: true,
		description: 'Whether the user has to set a new password at the next sign-in',
	},
	{
		displayName: 'Contact Alerts',
		name: 'contactalert',
		type: 'boolean',
		default: false,
		description: 'Whether to send e-mails when others ask the organisation about an event',
	},
	{
		displayName: 'Disabled',
		name: 'disabled',
		type: 'boolean',
		default: false,
		description:
			'Whether to keep the user and the keys from being used. Better than deleting: the history stays readable.',
	},
	{
		displayName: 'Event Alerts',
		name: 'autoalert',
		type: 'boolean',
		default: false,
		description: 'Whether to send e-mails about published events',
	},
	{
		displayName: 'Terms Accepted',
		name: 'termsaccepted',
		type: 'boolean',
		default: true,
		description: 'Whether the terms of use count as accepted',
	},
];

/** The organisation and the role by their ids, as MISP takes them; what was not chosen is left out. */
export async function belonging(
	misp: Misp,
	{ organisation, role }: { organisation: string; role: string },
): Promise<IDataObject> {
	return {
		...(organisation !== '' && { org_id: await organisationId(misp, organisation) }),
		...(role !== '' && { role_id: idOf(await find(misp, 'role', role)) }),
	};
}

export function refuseNothing(fields: IDataObject): void {
	if (Object.keys(fields).length === 0)
		throw new Problem('Nothing to change was given', 'Add at least one field.', 'empty');
}
