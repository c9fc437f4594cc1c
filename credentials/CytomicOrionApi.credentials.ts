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
import { checkApi, signIn } from '../nodes/CytomicOrion/transport/signIn';
import { ignoreSslIssues, ownAuthority, tlsOptions } from '../nodes/shared/tls';

export class CytomicOrionApi implements ICredentialType {
	name = 'cytomicOrionApi';

	displayName = 'Cytomic Orion API';

	icon: Icon = { light: 'file:../icons/cytomicOrion.svg', dark: 'file:../icons/cytomicOrion.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-misp-cytomic-orion/n8n-nodes-misp-cytomic-orion#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			default: 'https://api.orion.cytomic.ai/api/v1/applications/',
			required: true,
			description: 'Address of the API, with or without /applications/',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: 'https://auth.pandasecurity.com/oauth/token',
			required: true,
			description: 'Address that issues access tokens',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: "Published in Cytomic's API documentation; the same for all customers",
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "Published in Cytomic's API documentation; the same for all customers",
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			description: 'Of the application: in Orion under Settings > Authorized applications',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Of the application. Orion shows it once, when the application is authorized.',
		},
		ignoreSslIssues,
		ownAuthority,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	preAuthentication = async function (
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const accessToken = await signIn(this.helpers, credentials);
		await checkApi(this.helpers, credentials, accessToken);
		return { accessToken };
	};

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, Authorization: `Bearer ${String(credentials.accessToken)}` },
		...tlsOptions(credentials),
	});

	/** Signing in is the test (see preAuthentication, which n8n runs first); this request only has to be some request. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.apiUrl}}',
			url: '',
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			disableFollowRedirect: true,
		},
	};
}
