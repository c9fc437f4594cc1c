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
import { clientCertificate, clientKey, ignoreSslIssues, ownAuthority } from '../nodes/shared/tls';
import { mispVersion, withKey } from '../nodes/Misp/transport/signIn';

export class MispInstanceApi implements ICredentialType {
	name = 'mispInstanceApi';

	displayName = 'MISP Instance API';

	icon: Icon = { light: 'file:../icons/misp.svg', dark: 'file:../icons/misp.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-misp-cytomic-orion/n8n-nodes-misp-cytomic-orion#credentials';

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
		ignoreSslIssues,
		ownAuthority,
		clientCertificate,
		clientKey,
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
