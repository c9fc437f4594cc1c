import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	IBinaryKeyData,
	INodeParameters,
	IPairedItemData,
	IWorkflowSettings,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/**
 * What the tests and the engine say to each other. Jest runs tests in a realm of their own, n8n's
 * engine runs in Node's: only JSON text crosses, so that neither meets the other's classes.
 */

/** Credential type → its fields, as a person would fill them in. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** Credentials to use, and the vault in which the engine has them saved. */
export interface CredentialDeposit {
	vault: string;
	data: CredentialData;
	/** Save `data` first; otherwise what the vault has (with what was renewed meanwhile) is used. */
	save: boolean;
}

/** An error as n8n shows it to the person at the node. */
export interface EngineError {
	name: string;
	message: string;
	description?: string;
	/** The HTTP status as text, where a request failed. */
	httpCode?: string;
	/** Index of the input item that the error is about. */
	itemIndex?: number;
	/** Name of the node it happened in. */
	node?: string;
	/** What n8n adds below the message: original messages of a chain. */
	messages?: string[];
	cause?: { name: string; message: string };
	/** Everything enumerable in the error, as n8n would save it: to look for secrets in. */
	saved: string;
}

export interface Item {
	json: IDataObject;
	binary?: IBinaryKeyData;
	pairedItem?: IPairedItemData | IPairedItemData[] | number;
	error?: EngineError;
}

/** One execution of one node: a node in a loop has several. */
export interface NodeExecution {
	node: string;
	/** Items per main output; an output that got nothing is an empty list. */
	outputs: Item[][];
	hints: string[];
	error?: EngineError;
	executionMs: number;
}

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
	id?: string;
	position?: [number, number];
	disabled?: boolean;
	onError?: OnError;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
}

export interface WorkflowDefinition {
	name?: string;
	nodes: WorkflowNode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

/** How long things take against real life: 0.01 for a hundredth. */
export interface Pace {
	/** Pauses between tries and between looks. */
	pauses?: number;
	/** How long requests wait for an answer. */
	timeouts?: number;
}

export interface ExecuteRequest {
	/** Workflows with the same id share what Remove Duplicates remembers. */
	workflowId: string;
	workflow: WorkflowDefinition;
	/** Workflows that an Execute Sub-workflow node may name by id. */
	subWorkflows: Record<string, WorkflowDefinition>;
	startNode: string;
	mode: WorkflowExecuteMode;
	/** Node name → the items that stand in for its output. */
	pinned: Record<string, Array<Pick<Item, 'json' | 'binary'>>>;
	credentials: CredentialDeposit;
	staticData: IDataObject;
	/** Directories of the built packages to load besides n8n's own. */
	packages: string[];
	/** Stops the execution after so many milliseconds, as the Stop button would. */
	cancelAfterMs?: number;
	pace?: Pace;
}

export interface ExecuteResult {
	status: string;
	success: boolean;
	error?: EngineError;
	executions: NodeExecution[];
	staticData: IDataObject;
	credentials: CredentialData;
}

export interface PollRequest {
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
	/** The trigger's own static data. */
	staticData: IDataObject;
	mode: 'trigger' | 'manual';
	credentials: CredentialDeposit;
	packages: string[];
}

export interface PollResult {
	items: Item[] | null;
	error?: EngineError;
	staticData: IDataObject;
	credentials: CredentialData;
}

export interface CredentialTestRequest {
	type: string;
	credentials: CredentialDeposit;
	packages: string[];
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface ListSearchRequest {
	type: string;
	typeVersion: number;
	kind: 'listSearch' | 'loadOptions' | 'resourceMapping';
	method: string;
	filter?: string;
	paginationToken?: string;
	parameters: INodeParameters;
	credentials: CredentialDeposit;
	packages: string[];
}

export interface ListSearchResult {
	results: Array<{
		name: string;
		value: string | number | boolean;
		url?: string;
		description?: string;
	}>;
	paginationToken?: string;
	error?: EngineError;
}

/** Call name → what goes in and what comes out. */
export interface EngineCalls {
	execute: { request: ExecuteRequest; result: ExecuteResult };
	poll: { request: PollRequest; result: PollResult };
	testCredential: { request: CredentialTestRequest; result: CredentialTestResult };
	listSearch: { request: ListSearchRequest; result: ListSearchResult };
}

/** The engine's side of the wall: takes and gives JSON text. */
export type EngineGate = (call: keyof EngineCalls, request: string) => Promise<string>;
