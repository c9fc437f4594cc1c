import type {
	IConnections,
	IDataObject,
	INodeParameters,
	NodeConnectionType,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	CredentialData,
	CredentialDeposit,
	CredentialTestResult,
	EngineCalls,
	EngineError,
	EngineGate,
	Item,
	ListSearchResult,
	NodeExecution,
	Pace,
	PollResult,
	WorkflowDefinition,
	WorkflowNode,
} from './protocol';

export type { CredentialData, EngineError, Item, WorkflowDefinition, WorkflowNode } from './protocol';

declare global {
	var n8nEngine: EngineGate | undefined;
}

const PACKAGE = 'n8n-nodes-misp-cytomic-orion';
const PACKAGE_ROOT = join(__dirname, '../../..');
const fullType = (type: string) => (type.includes('.') ? type : `${PACKAGE}.${type}`);
const MAIN: NodeConnectionType = 'main';

/** The vault that a test's credentials object stands for: the same object, the same saved record. */
const vaults = new WeakMap<CredentialData, { vault: string; synced: string }>();

async function call<Call extends keyof EngineCalls>(
	name: Call,
	request: Omit<EngineCalls[Call]['request'], 'credentials' | 'packages'>,
	{ credentials = {}, packages = [PACKAGE_ROOT] }: Common,
): Promise<EngineCalls[Call]['result']> {
	if (!globalThis.n8nEngine) {
		throw new Error('n8n’s engine is only there for tests in test/engine and test/workflows');
	}
	const known = vaults.get(credentials) ?? { vault: randomUUID(), synced: '' };
	vaults.set(credentials, known);
	// Saved again only where the test changed something: a token renewed meanwhile stays.
	const now = JSON.stringify(credentials);
	const deposit: CredentialDeposit = {
		vault: known.vault,
		data: credentials,
		save: now !== known.synced,
	};
	known.synced = now;
	const answer: EngineCalls[Call]['result'] = JSON.parse(
		await globalThis.n8nEngine(name, JSON.stringify({ ...request, packages, credentials: deposit })),
	);
	if ('credentials' in answer) {
		for (const [type, fields] of Object.entries(answer.credentials)) {
			Object.assign(credentials[type] ?? {}, fields);
		}
		known.synced = JSON.stringify(credentials);
	}
	return answer;
}

interface Common {
	/**
	 * Credential type → fields. The object stands for saved credentials: what a node renews (a
	 * token) is written back into it, and another call with the same object finds it.
	 */
	credentials?: CredentialData;
	/** Directories of the built packages to install: this one by default. */
	packages?: string[];
}

export interface NodeOptions extends Common {
	/** The node's name in this package (`misp`), or a full type name. */
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	/** One input item's json each; one empty item by default. */
	input?: IDataObject[];
	onError?: OnError;
	/** Other settings of the node, as on its Settings tab. */
	settings?: Partial<
		Pick<WorkflowNode, 'executeOnce' | 'alwaysOutputData' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>
	>;
	/** The node's own static data. */
	staticData?: IDataObject;
	cancelAfterMs?: number;
}

export interface NodeRun {
	status: string;
	/** What came out of the first output. */
	items: Item[];
	/** The json of `items`. */
	json: IDataObject[];
	/** What came out of the error output (`onError: 'continueErrorOutput'`). */
	errorItems: Item[];
	/** What stopped the execution. */
	error?: EngineError;
	hints: string[];
	staticData: IDataObject;
	executionMs: number;
}

/** Runs one node with input items, in n8n's engine, with real HTTP. */
export async function runNode({
	type,
	typeVersion = 1,
	parameters = {},
	input = [{}],
	onError,
	settings,
	staticData = {},
	cancelAfterMs,
	...common
}: NodeOptions): Promise<NodeRun> {
	const name = 'Node';
	const result = await call(
		'execute',
		{
			workflowId: randomUUID(),
			workflow: {
				nodes: [
					{ name: 'Input', type: 'harness.input', typeVersion: 1, parameters: {} },
					{
						name,
						type: fullType(type),
						typeVersion,
						parameters,
						...(onError && { onError }),
						...settings,
					},
				],
				connections: { Input: { main: [[{ node: name, type: MAIN, index: 0 }]] } },
			},
			subWorkflows: {},
			startNode: 'Input',
			mode: 'trigger',
			pinned: { Input: input.map((json) => ({ json })) },
			staticData: { [`node:${name}`]: staticData },
			...(cancelAfterMs !== undefined && { cancelAfterMs }),
		},
		common,
	);
	const own = result.executions.filter((execution) => execution.node === name);
	const items = outputOf(own, 0);
	return {
		status: result.status,
		items,
		json: items.map(({ json }) => json),
		errorItems: outputOf(own, 1),
		...(result.error && { error: result.error }),
		hints: own.flatMap(({ hints }) => hints),
		staticData: objectAt(result.staticData, `node:${name}`),
		executionMs: own.reduce((sum, { executionMs }) => sum + executionMs, 0),
	};
}

export interface WorkflowOptions extends Common {
	/** Start here; by default the Schedule Trigger, then the Manual Trigger, then any trigger. */
	startNode?: string;
	/** Changes the workflow before it runs, as a person would in the editor. */
	edit?: (workflow: WorkflowDefinition) => void;
	/** Give runs of one workflow the same id and Remove Duplicates remembers across them. */
	workflowId?: string;
	subWorkflows?: Record<string, WorkflowDefinition>;
	/** The whole workflow's static data: `global` and `node:<name>`. */
	staticData?: IDataObject;
	/** Node name → items' json, in place of what the node would give. */
	pinned?: Record<string, IDataObject[]>;
	mode?: WorkflowExecuteMode;
	cancelAfterMs?: number;
	/** Shortens what would take minutes: pauses between tries, and waiting for answers that never come. */
	pace?: Pace;
}

export interface WorkflowRun {
	status: string;
	success: boolean;
	error?: EngineError;
	/** All items a node gave on one output, over all its runs. */
	node: (name: string, output?: number) => Item[];
	/** Items of each run of a node in a loop. */
	runs: (name: string, output?: number) => Item[][];
	hints: (name: string) => string[];
	/** Names of nodes in the order they ran, once for each run. */
	executed: string[];
	executions: NodeExecution[];
	staticData: IDataObject;
}

/** Runs a whole workflow: a file of `workflows/`, or a definition. */
export async function runWorkflow(
	workflow: WorkflowDefinition | string,
	{
		startNode,
		edit,
		workflowId = randomUUID(),
		subWorkflows = {},
		staticData = {},
		pinned = {},
		mode = 'trigger',
		cancelAfterMs,
		pace,
		...common
	}: WorkflowOptions = {},
): Promise<WorkflowRun> {
	const definition: WorkflowDefinition = JSON.parse(
		typeof workflow === 'string' ? readFileSync(workflow, 'utf8') : JSON.stringify(workflow),
	);
	edit?.(definition);
	const result = await call(
		'execute',
		{
			workflowId,
			workflow: definition,
			subWorkflows,
			startNode: startNode ?? startOf(definition),
			mode,
			pinned: Object.fromEntries(
				Object.entries(pinned).map(([name, items]) => [name, items.map((json) => ({ json }))]),
			),
			staticData,
			...(cancelAfterMs !== undefined && { cancelAfterMs }),
			...(pace && { pace }),
		},
		common,
	);
	const of = (name: string) => {
		if (!definition.nodes.some((node) => node.name === name)) {
			throw new Error(`The workflow has no node "${name}"`);
		}
		return result.executions.filter((execution) => execution.node === name);
	};
	return {
		status: result.status,
		success: result.success,
		...(result.error && { error: result.error }),
		node: (name, output = 0) => outputOf(of(name), output),
		runs: (name, output = 0) => of(name).map(({ outputs }) => outputs[output] ?? []),
		hints: (name) => of(name).flatMap(({ hints }) => hints),
		executed: result.executions.map(({ node }) => node),
		executions: result.executions,
		staticData: result.staticData,
	};
}

export interface PollOptions extends Common {
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	/** The trigger's static data; what it becomes is in the answer. */
	staticData?: IDataObject;
	/** `manual` is the "Fetch Test Event" button. */
	mode?: 'trigger' | 'manual';
}

/** One poll of a trigger. */
export async function runPoll({
	type,
	typeVersion = 1,
	parameters = {},
	staticData = {},
	mode = 'trigger',
	...common
}: PollOptions): Promise<PollResult> {
	return await call('poll', { type: fullType(type), typeVersion, parameters, staticData, mode }, common);
}

/** The Test button of a credential. */
export async function testCredential(
	type: string,
	{ fields, packages }: { fields: CredentialData[string]; packages?: string[] },
): Promise<CredentialTestResult> {
	return await call('testCredential', { type }, { credentials: { [type]: fields }, ...(packages && { packages }) });
}

export interface ListOptions extends Common {
	type: string;
	typeVersion?: number;
	/** Name of the method under the node's `methods.listSearch` (or `loadOptions`, `resourceMapping`). */
	method: string;
	kind?: 'listSearch' | 'loadOptions' | 'resourceMapping';
	filter?: string;
	paginationToken?: string;
	parameters?: INodeParameters;
}

/** The list that a resource locator or drop-down shows in the editor. */
export async function listOptions({
	type,
	typeVersion = 1,
	method,
	kind = 'listSearch',
	filter,
	paginationToken,
	parameters = {},
	...common
}: ListOptions): Promise<ListSearchResult> {
	return await call(
		'listSearch',
		{
			type: fullType(type),
			typeVersion,
			kind,
			method,
			parameters,
			...(filter !== undefined && { filter }),
			...(paginationToken !== undefined && { paginationToken }),
		},
		common,
	);
}

/** Connects nodes in a row: `chain('A', 'B', 'C')`. */
export function chain(...names: string[]): IConnections {
	return Object.fromEntries(
		names.slice(1).map((node, at) => [names[at] ?? '', { main: [[{ node, type: MAIN, index: 0 }]] }]),
	);
}

const STARTS = ['scheduleTrigger', 'manualTrigger', 'Trigger'];

function startOf({ nodes }: WorkflowDefinition): string {
	for (const ending of STARTS) {
		const start = nodes.find(({ type, disabled }) => type.endsWith(ending) && !disabled);
		if (start) return start.name;
	}
	throw new Error('The workflow has no trigger to start from');
}

const outputOf = (executions: NodeExecution[], output: number): Item[] =>
	executions.flatMap(({ outputs }) => outputs[output] ?? []);

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function objectAt(data: IDataObject, key: string): IDataObject {
	const value = data[key];
	return isObject(value) ? value : {};
}
