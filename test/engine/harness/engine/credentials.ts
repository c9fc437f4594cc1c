import { Credentials, getAdditionalKeys } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	IDataObject,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	INodeTypes,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers, UserError, Workflow, isExpression } from 'n8n-workflow';
import type { CredentialData, CredentialDeposit } from '../protocol';
import type { InstalledPackages } from './packages';
import { copyAs } from './plain';

const nowhere: INode = {
	id: 'credential',
	name: '',
	type: 'mock',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const noNodes: INodeTypes = {
	getByName: () => ({ description: bareDescription }),
	getByNameAndVersion: () => ({ description: bareDescription }),
	getKnownTypes: () => ({}),
};
const bareDescription = {
	displayName: 'None',
	name: 'mock',
	group: [],
	version: 1,
	description: 'Gives expressions in credentials a node to stand in',
	defaults: { name: 'None' },
	inputs: [],
	outputs: [],
	properties: [],
};

const httpRequest = (options: IHttpRequestOptions | IRequestOptionsSimplified): IHttpRequestOptions =>
	'url' in options ? options : { ...options, url: '' };

const idOf = (vault: string, type: string) => `${vault}/${type}`;

/**
 * Saved credentials, and what n8n does with them around a request: n8n 2.41.1's own
 * CredentialsHelper, without its database. What `preAuthentication` renews is saved, so later
 * calls, other nodes and other executions with the same credentials find it.
 */
export class SavedCredentials extends ICredentialsHelper {
	private readonly records = new Map<string, ICredentialDataDecryptedObject>();

	constructor(private readonly packages: InstalledPackages) {
		super();
	}

	deposit({ vault, data, save }: CredentialDeposit): void {
		if (!save) return;
		for (const [type, fields] of Object.entries(data)) {
			this.records.set(idOf(vault, type), { ...fields });
		}
	}

	saved({ vault, data }: CredentialDeposit): CredentialData {
		return Object.fromEntries(Object.keys(data).map((type) => [type, this.record(idOf(vault, type))]));
	}

	/** How a node refers to the credentials: by id and name. */
	reference(vault: string, type: string): INodeCredentialsDetails {
		return { id: idOf(vault, type), name: type };
	}

	override getParentTypes(name: string): string[] {
		const parents = this.packages.credentialType(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.packages.credentialType(typeName);
		const request = httpRequest(requestOptions);
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!authenticate) return request;
		if (!workflow || !node) {
			throw new UserError('A generic authenticate needs a workflow and a node for its expressions');
		}
		const resolve = (text: string) =>
			isExpression(text)
				? String(
						workflow.expression.getSimpleParameterValue(node, text, 'internal', {
							$credentials: credentials,
						}) ?? '',
					)
				: text;
		const resolved = (part: object | undefined) =>
			Object.fromEntries(Object.entries(part ?? {}).map(([key, value]) => [resolve(key), resolve(String(value))]));
		const { headers, qs, body, auth } = authenticate.properties;
		return {
			...request,
			headers: { ...request.headers, ...resolved(headers) },
			...(qs && { qs: { ...request.qs, ...resolved(qs) } }),
			...(body && { body: { ...copyAs<IDataObject>(request.body ?? {}), ...resolved(body) } }),
			...(auth && {
				auth: { username: '', password: '', ...request.auth, ...resolved(auth) },
			}),
		};
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.packages.credentialType(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (!expirable || typeof type.preAuthentication !== 'function') return undefined;
		const isTestButton = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isTestButton) {
			return undefined;
		}
		const renewed = copyAs<ICredentialDataDecryptedObject>(await type.preAuthentication.call(helpers, credentials));
		if (renewed[expirable.name] === undefined) return undefined;
		const details = node.credentials?.[typeName];
		if (!details) return undefined;
		await this.updateCredentials(details, typeName, {
			...this.record(details.id),
			...renewed,
		});
		return Object.assign(credentials, renewed);
	}

	override async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.packages.credentialType(typeName);
		if (typeof type.preAuthentication !== 'function') return undefined;
		return copyAs(await type.preAuthentication.call(helpers, credentials));
	}

	override async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const credentials = new Credentials({ id: details.id, name: details.name }, type);
		await credentials.setData(this.record(details.id));
		return credentials;
	}

	override async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		at?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const record = this.record(details.id);
		if (raw) return { ...record };
		const filled = this.withDefaults(type, record);
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (at) {
			return copyAs(
				at.workflow.expression.getParameterValue(
					copyAs(filled),
					at.runExecutionData,
					at.runIndex,
					at.itemIndex,
					at.node.name,
					at.connectionInputData,
					mode,
					keys,
					executeData,
					false,
					copyAs(filled),
				),
			);
		}
		const workflow = new Workflow({
			nodes: [nowhere],
			connections: {},
			active: false,
			nodeTypes: noNodes,
		});
		return await workflow.expression.withIsolate(async () =>
			copyAs(workflow.expression.getComplexParameterValue(nowhere, copyAs(filled), mode, keys)),
		);
	}

	override async updateCredentials(
		details: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.record(details.id);
		this.records.set(String(details.id), { ...data });
	}

	override async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.updateCredentials(details, type, {
			...this.record(details.id),
			oauthTokenData: data.oauthTokenData ?? {},
		});
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.packages.credentialType(type).properties;
	}

	/** The fields with those left out at their defaults, as n8n gives them to a node. */
	withDefaults(type: string, data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
		return copyAs(
			NodeHelpers.getNodeParameters(this.getCredentialsProperties(type), copyAs(data), true, false, null, null),
		);
	}

	private record(id: string | null | undefined): ICredentialDataDecryptedObject {
		const record = this.records.get(String(id));
		if (!record) throw new UserError(`No credentials are saved under ${id}`);
		return record;
	}
}
