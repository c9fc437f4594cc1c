import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { mispVersion, withKey } from '../nodes/Misp/transport/signIn';

export class MispInstanceApi implements ICredentialType {
	name = 'mispInstanceApi';

	displayName = 'MISP Instance API';

	icon: Icon = { light: 'file:../icons/misp.svg', dark: 'file:../icons/misp.dark.svg' };

	documentationUrl =
		'https://github.com/misp-cytomic-orion/n8n-nodes-misp-cytomic-orion#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'https://misp.example.org',
			description: 'Address of the MISP instance, with the path where it has one, such as https://host/misp',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Authentication key: in MISP under Administration > List Auth Keys > Add authentication key. Feeds and jobs need a site admin, publishing a role with the publish permission.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'Authorization',
			description: 'Header that carries the key. Use X-MISP-AUTH where a proxy keeps Authorization for itself.',
		},
		{
			displayName: 'Ignore SSL Issues',
			name: 'allowUnauthorizedCerts',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if the certificate of the server cannot be verified. For tests only.',
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			description: 'Certificate (PEM) of the authority that signed the server\'s certificate, where it is your own',
		},
		{
			displayName: 'Client Certificate',
			name: 'clientCertificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			description: 'Certificate (PEM) that the server asks clients for',
		},
		{
			displayName: 'Client Key',
			name: 'clientKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			description: 'Private key (PEM) of the client certificate',
		},
		{
			displayName: 'Server Version',
			name: 'serverVersion',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	preAuthentication = async function (
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return { serverVersion: await mispVersion(this.helpers, credentials) };
	};

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => withKey(credentials, request);

	/** The test is made in preAuthentication, which n8n runs first: only there can it say what to change. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.url.trim().replace(/\\/+$/, "")}}',
			url: '/servers/getVersion',
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
		},
	};
}
