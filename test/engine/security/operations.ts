import type { INodeParameters, INodeProperties, IDataObject } from 'n8n-workflow';
import { registry as orionRegistry } from '../../../nodes/CytomicOrion/actions';
import { registry as mispRegistry } from '../../../nodes/Misp/actions';
import { operations as syncOperations } from '../../../nodes/MispOrionSync/actions';
import type { CredentialData } from '../harness';
import type { Operations, Registry } from '../../../nodes/shared/operation';

export const uuid = '11111111-0000-4000-8000-000000000001';

/** One operation of a node, and what chooses and fills it in. */
export interface Asked {
	/** The node's name, such as misp. */
	type: string;
	/** Such as event.delete. */
	name: string;
	/** As the drop-down has it. */
	displayName: string;
	parameters: INodeParameters;
	destructive: boolean;
}

/** Something sensible in each field that has to be filled in, so that the request is made. */
function filledIn({ name, type, options, modes = [], default: initial }: INodeProperties): INodeParameters {
	if (name === 'confirm') return { confirm: true };
	if (type === 'resourceLocator') {
		const mode = modes.find((one) => ['id', 'uuid', 'name'].includes(one.name));
		const isUuid = mode?.name === 'uuid' || /^[0-9a-f]{8}-/.test(mode?.placeholder ?? '');
		return { [name]: { __rl: true, mode: mode?.name ?? 'list', value: isUuid ? uuid : '1' } };
	}
	if (type === 'string' && initial === '')
		return { [name]: /uuid/i.test(name) ? uuid : /path/i.test(name) ? '/x' : '1' };
	if (type === 'options' && initial === '' && options?.[0] && 'value' in options[0])
		return { [name]: options[0].value };
	return {};
}

const operationsOf = <Call>(type: string, operations: Operations<Call>, resource?: string): Asked[] =>
	Object.entries(operations).map(([operation, { name, fields, destructive = false }]) => ({
		type,
		name: [resource, operation].filter((part) => part !== undefined).join('.'),
		displayName: name,
		parameters: Object.assign({}, ...fields.map(filledIn), resource !== undefined && { resource }, { operation }),
		destructive,
	}));

const resourcesOf = <Call>(type: string, registry: Registry<Call>): Asked[] =>
	Object.entries(registry).flatMap(([resource, { operations }]) => operationsOf(type, operations, resource));

/** Every operation of every node. */
export const everyOperation: readonly Asked[] = [
	...resourcesOf('misp', mispRegistry),
	...resourcesOf('cytomicOrion', orionRegistry),
	...operationsOf('mispOrionSync', syncOperations),
];

/** Credentials for a server that plays MISP and Orion and answers as it likes. Orion is signed in to already. */
export const credentialsAt = (url: string): CredentialData => ({
	mispInstanceApi: { url, apiKey: 'key-of-an-analyst-0123456789', serverVersion: '2.5.1' },
	cytomicOrionApi: {
		apiUrl: `${url}/api/v1/applications/`,
		tokenUrl: `${url}/oauth/token`,
		clientId: 'client',
		clientSecret: 'client-secret-0123456789',
		username: 'application',
		password: 'password-0123456789',
		accessToken: 'token-of-the-day-0123456789',
	},
});

/** An item that most operations can do something with. */
export const anItem: IDataObject = {
	uuid,
	type: 'domain',
	value: 'evil-net.com',
	event_uuid: uuid,
	event_id: '1',
	muid: 'M1',
	md5: 'd41d8cd98f00b204e9800998ecf8427e',
};
