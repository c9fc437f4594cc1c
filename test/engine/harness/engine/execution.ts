import { WorkflowExecute } from 'n8n-core';
import type { INode, IRun, IWorkflowBase } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { ExecuteRequest, ExecuteResult, NodeExecution, WorkflowDefinition } from '../protocol';
import type { SavedCredentials } from './credentials';
import type { InstalledPackages } from './packages';
import { INPUT_TYPE } from './packages';
import { plainError, plainItem } from './plain';
import type { Surroundings } from './surroundings';
import { additionalData, toWorkflow } from './surroundings';

/** Runs a workflow from its start node to its end, as n8n's main process or a worker does. */
export async function execute(
	request: ExecuteRequest,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): Promise<ExecuteResult> {
	const saved = (definition: WorkflowDefinition, id: string) =>
		savedWorkflow(definition, id, request, packages, credentials);
	const workflow = saved(request.workflow, request.workflowId);
	const around: Surroundings = {
		packages,
		credentials,
		workflow,
		mode: request.mode,
		subWorkflow: (id) => {
			const definition = request.subWorkflows[id];
			return definition && saved(definition, id);
		},
	};
	const running = toWorkflow(workflow, packages);
	const startNode = running.getNode(request.startNode);
	if (!startNode) throw new UserError(`The workflow has no node "${request.startNode}"`);

	const execution = new WorkflowExecute(additionalData(around), request.mode).run({
		workflow: running,
		startNode,
		pinData: request.pinned,
	});
	const { cancelAfterMs } = request;
	const stop = cancelAfterMs === undefined ? undefined : setTimeout(() => execution.cancel(), cancelAfterMs);
	const run = await execution.finally(() => clearTimeout(stop));
	return {
		status: run.status,
		success: run.status === 'success',
		...(run.data.resultData.error && { error: plainError(run.data.resultData.error) }),
		executions: nodeExecutions(run),
		staticData: running.staticData,
		credentials: credentials.saved(request.credentials),
	};
}

/** The workflow as n8n would have it saved: every node with an id, and with credentials chosen. */
function savedWorkflow(
	{ name, nodes, connections, settings }: WorkflowDefinition,
	id: string,
	{ staticData, credentials: { vault, data } }: ExecuteRequest,
	packages: InstalledPackages,
	credentials: SavedCredentials,
): IWorkflowBase {
	const references = (type: string, version: number): INode['credentials'] => {
		if (type === INPUT_TYPE) return undefined;
		const wanted = packages.getByNameAndVersion(type, version).description.credentials ?? [];
		const given = wanted.filter(({ name: credentialType }) => credentialType in data);
		return Object.fromEntries(
			given.map((credential) => [credential.name, credentials.reference(vault, credential.name)]),
		);
	};
	const time = new Date();
	return {
		id,
		name: name ?? id,
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: time,
		updatedAt: time,
		connections,
		settings: { executionOrder: 'v1', ...settings },
		staticData,
		nodes: nodes.map((node) => ({
			...node,
			id: node.id ?? node.name,
			position: node.position ?? [0, 0],
			credentials: references(node.type, node.typeVersion),
		})),
	};
}

function nodeExecutions({ data }: IRun): NodeExecution[] {
	return Object.entries(data.resultData.runData)
		.flatMap(([node, tasks]) => tasks.map((task) => ({ node, task })))
		.sort((a, b) => a.task.executionIndex - b.task.executionIndex)
		.map(({ node, task }) => ({
			node,
			outputs: (task.data?.main ?? []).map((items) => (items ?? []).map(plainItem)),
			hints: (task.hints ?? []).map(({ message }) => message),
			executionMs: task.executionTime,
			...(task.error && { error: plainError(task.error) }),
		}));
}
