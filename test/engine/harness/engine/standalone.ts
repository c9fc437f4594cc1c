import { CredentialTestContext, ExecuteContext, LoadOptionsContext, PollContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialTestFunction,
	ICredentialTestRequest,
	ICredentialsDecrypted,
	INode,
	INodeType,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { UserError, createEmptyRunExecutionData } from 'n8n-workflow';
import type {
	CredentialDeposit,
	CredentialTestRequest,
	CredentialTestResult,
	ListSearchRequest,
	ListSearchResult,
	PollRequest,
	PollResult,
} from '../protocol';
import type { SavedCredentials } from './credentials';
import type { InstalledPackages } from './packages';
import { copyAs, plainError, plainItem } from './plain';
import { additionalData, toWorkflow } from './surroundings';

/** One node alone on a canvas, for what n8n does outside of executions. */
interface Alone {
	workflow: Workflow;
	node: INode;
	nodeType: INodeType;
	additionalData: IWorkflowExecuteAdditionalData;
}

function alone(
	node: Pick<INode, 'type' | 'typeVersion' | 'parameters'>,
	deposit: CredentialDeposit,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): Alone {
	const chosen: INode = {
		...node,
		id: 'node',
		name: 'Node',
		position: [0, 0],
		credentials: Object.fromEntries(
			Object.keys(deposit.data).map((type) => [type, credentials.reference(deposit.vault, type)]),
		),
	};
	const time = new Date();
	const saved: IWorkflowBase = {
		id: 'workflow',
		name: 'Workflow',
		active: true,
		activeVersionId: null,
		isArchived: false,
		createdAt: time,
		updatedAt: time,
		nodes: [chosen],
		connections: {},
	};
	const workflow = toWorkflow(saved, packages);
	return {
		workflow,
		node: workflow.getNode(chosen.name) ?? chosen,
		nodeType: packages.getByNameAndVersion(node.type, node.typeVersion),
		additionalData: additionalData({
			packages,
			credentials,
			workflow: saved,
			mode: 'internal',
			subWorkflow: () => undefined,
		}),
	};
}

/** One tick of a polling trigger, or the "Fetch Test Event" button. */
export async function poll(
	request: PollRequest,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): Promise<PollResult> {
	const at = alone(request, request.credentials, packages, credentials);
	Object.assign(at.workflow.getStaticData('node', at.node), request.staticData);
	const context = new PollContext(
		at.workflow,
		at.node,
		at.additionalData,
		request.mode,
		request.mode === 'manual' ? 'manual' : 'activate',
	);
	const { nodeType } = at;
	if (!nodeType.poll) throw new UserError(`${request.type} is not a polling trigger`);
	const outcome = await at.workflow.expression
		.withIsolate(async () => ({ items: (await nodeType.poll?.call(context)) ?? null }))
		.catch((error: unknown) => ({ items: null, error: plainError(error) }));
	return {
		...outcome,
		items: outcome.items && outcome.items.flat().map(plainItem),
		staticData: copyAs(at.workflow.getStaticData('node', at.node)),
		credentials: credentials.saved(request.credentials),
	};
}

/** The lists behind a drop-down or a resource locator, as the editor asks for them. */
export async function listSearch(
	request: ListSearchRequest,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): Promise<ListSearchResult> {
	const at = alone(request, request.credentials, packages, credentials);
	at.additionalData.currentNodeParameters = request.parameters;
	const context = new LoadOptionsContext(at.workflow, at.node, at.additionalData, '');
	const { listSearch: searches, loadOptions, resourceMapping } = at.nodeType.methods ?? {};
	const ask = async (): Promise<ListSearchResult> => {
		if (request.kind === 'loadOptions') {
			const method = loadOptions?.[request.method];
			if (!method) throw new UserError(`No loadOptions method is called ${request.method}`);
			return { results: (await method.call(context)).map((option) => ({ ...option })) };
		}
		if (request.kind === 'resourceMapping') {
			const method = resourceMapping?.[request.method];
			if (!method) throw new UserError(`No resourceMapping method is called ${request.method}`);
			const { fields } = await method.call(context);
			return { results: fields.map(({ id, displayName }) => ({ name: displayName, value: id })) };
		}
		const method = searches?.[request.method];
		if (!method) throw new UserError(`No listSearch method is called ${request.method}`);
		const { results, paginationToken } = await method.call(context, request.filter, request.paginationToken);
		return {
			results,
			...(paginationToken !== undefined && { paginationToken: String(paginationToken) }),
		};
	};
	return await at.workflow.expression
		.withIsolate(ask)
		.catch((error: unknown) => ({ results: [], error: plainError(error) }));
}

/** The Test button of a credential: n8n 2.41.1's rules for what it says. */
export async function testCredential(
	request: CredentialTestRequest,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): Promise<CredentialTestResult> {
	const { type } = request;
	const decrypted: ICredentialsDecrypted = {
		...credentials.reference(request.credentials.vault, type),
		id: type,
		type,
		data: credentials.withDefaults(type, request.credentials.data[type] ?? {}),
	};
	const test = credentialTest(type, packages);
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };
	if (typeof test === 'function') {
		const { additionalData: data } = alone(noOp, request.credentials, packages, credentials);
		return await test.call(new CredentialTestContext(data), decrypted);
	}
	return await requestTest(test, request, decrypted, packages, credentials);
}

const noOp = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

function credentialTest(
	type: string,
	packages: InstalledPackages,
): ICredentialTestRequest | ICredentialTestFunction | undefined {
	const own = packages.credentialType(type).test;
	if (own) return own;
	for (const name of packages.nodesWith(type)) {
		const { description, methods } = packages.getByNameAndVersion(name);
		const testedBy = description.credentials?.find((use) => use.name === type)?.testedBy;
		if (typeof testedBy === 'string') return methods?.credentialTest?.[testedBy];
		if (testedBy) return testedBy;
	}
	return undefined;
}

async function requestTest(
	test: ICredentialTestRequest,
	{ type, credentials: deposit }: CredentialTestRequest,
	decrypted: ICredentialsDecrypted,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): Promise<CredentialTestResult> {
	const at = alone(noOp, deposit, packages, credentials);
	const routed: INodeType = {
		description: {
			...at.nodeType.description,
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	// The engine asks the workflow's node types what credentials the node may use.
	at.workflow.nodeTypes = {
		getByName: () => routed,
		getByNameAndVersion: () => routed,
		getKnownTypes: () => ({}),
	};
	at.node.parameters = { temp: '' };
	const context = new ExecuteContext(
		at.workflow,
		at.node,
		at.additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node: at.node, data: {}, source: null },
		[],
	);
	const answer = await at.workflow.expression
		.withIsolate(async () => await new RoutingNode(context, routed, decrypted).runNode())
		.catch((error: unknown) => ({ error }));
	if (answer && 'error' in answer) return refusal(test, answer.error);
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const json = answer?.[0]?.[0]?.json ?? {};
		if (json[rule.properties.key] === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function refusal({ rules }: ICredentialTestRequest, error: unknown): CredentialTestResult {
	const { cause, message } = copyError(error);
	if (cause.response) {
		const { status, statusText } = cause.response;
		for (const rule of rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		return { status: 'Error', message: statusText || `Received HTTP status code: ${status}` };
	}
	return { status: 'Error', message: cause.code ?? message };
}

interface FailedRequest {
	message: string;
	cause: { code?: string; response?: { status: number; statusText: string } };
}

function copyError(error: unknown): FailedRequest {
	if (!(error instanceof Error)) return { message: String(error), cause: {} };
	const cause: object = error.cause instanceof Error ? error.cause : {};
	const response = 'response' in cause ? cause.response : undefined;
	const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
	const answered =
		typeof response === 'object' && response !== null && 'status' in response
			? {
					status: Number(response.status),
					statusText: 'statusText' in response ? String(response.statusText ?? '') : '',
				}
			: undefined;
	return {
		message: error.message,
		cause: {
			...(code !== undefined && { code }),
			...(answered && { response: answered }),
		},
	};
}
