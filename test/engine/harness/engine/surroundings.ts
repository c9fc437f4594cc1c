import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import type {
	ExecuteWorkflowData,
	INodeExecutionData,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { UserError, Workflow, createRunExecutionData } from 'n8n-workflow';
import type { SavedCredentials } from './credentials';
import type { InstalledPackages } from './packages';

const BASE_URL = 'http://localhost:5678/';
const SUB_WORKFLOW_STARTS = ['n8n-nodes-base.executeWorkflowTrigger', 'n8n-nodes-base.start'];

export interface Surroundings {
	packages: InstalledPackages;
	credentials: SavedCredentials;
	workflow: IWorkflowBase;
	mode: WorkflowExecuteMode;
	/** Finds a workflow that an Execute Sub-workflow node names by id. */
	subWorkflow: (id: string) => IWorkflowBase | undefined;
}

let executions = 0;

export function toWorkflow(
	{ id, name, nodes, connections, settings, staticData }: IWorkflowBase,
	nodeTypes: InstalledPackages,
): Workflow {
	return new Workflow({
		id,
		name,
		nodes,
		connections,
		settings,
		staticData,
		active: false,
		nodeTypes,
	});
}

/** What n8n gives every execution besides its workflow: the part of it that works without a server. */
export function additionalData(around: Surroundings): IWorkflowExecuteAdditionalData {
	executions += 1;
	const executionId = String(executions);
	return {
		executionId,
		workflowId: around.workflow.id,
		credentialsHelper: around.credentials,
		externalSecretsProxy: new ExternalSecretsProxy(),
		hooks: new ExecutionLifecycleHooks(around.mode, executionId, around.workflow),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${BASE_URL}rest`,
		instanceBaseUrl: BASE_URL,
		formBaseUrl: `${BASE_URL}form`,
		formWaitingBaseUrl: `${BASE_URL}form-waiting`,
		formTestBaseUrl: `${BASE_URL}form-test`,
		webhookBaseUrl: `${BASE_URL}webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}webhook-test`,
		mcpBaseUrl: `${BASE_URL}mcp`,
		mcpTestBaseUrl: `${BASE_URL}mcp-test`,
		logAiEvent: () => undefined,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: async () => {
			throw new UserError('Code nodes need n8n’s task runner, which is not part of the engine');
		},
		executeWorkflow: async ({ id, code }, _parent, { inputData }) => {
			const workflow = code ?? (id === undefined ? undefined : around.subWorkflow(id));
			if (!workflow) throw new UserError(`There is no workflow with the id ${id}`);
			return await executeSubWorkflow({ ...around, workflow, mode: 'integrated' }, inputData);
		},
	};
}

async function executeSubWorkflow(
	around: Surroundings,
	input: INodeExecutionData[] | undefined,
): Promise<ExecuteWorkflowData> {
	const start = around.workflow.nodes.find(({ type }) => SUB_WORKFLOW_STARTS.includes(type));
	if (!start) throw new UserError('The sub-workflow has no Execute Workflow Trigger');
	const surroundings = additionalData(around);
	const run = await new WorkflowExecute(
		surroundings,
		around.mode,
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: start, data: { main: [input ?? [{ json: {} }]] }, source: null }],
			},
		}),
	).processRunExecutionData(toWorkflow(around.workflow, around.packages));
	const { error } = run.data.resultData;
	if (error) throw error;
	return { executionId: surroundings.executionId ?? '', data: lastOutput(run) };
}

function lastOutput({ data }: IRun): Array<INodeExecutionData[] | null> {
	const { lastNodeExecuted, runData } = data.resultData;
	const runs = lastNodeExecuted === undefined ? undefined : runData[lastNodeExecuted];
	return runs?.at(-1)?.data?.main ?? [null];
}
