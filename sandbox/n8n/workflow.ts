import { readFile } from 'node:fs/promises';
import { isRecord } from '../json';

/** A credential as it is made in n8n: `type` is n8n's name of the credential type, `data` its fields. */
export interface Credential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** The part of a workflow's JSON that the sandbox reads or changes; the rest is carried along. */
export interface WorkflowNode {
	name: string;
	type: string;
	credentials?: Record<string, { id: string; name: string }>;
	[other: string]: unknown;
}
export interface Workflow {
	id?: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[other: string]: unknown;
}

// Which credential each node type asks for. Templates carry no credentials: whoever imports one picks his own.
const CREDENTIALS_OF: Readonly<Record<string, readonly string[]>> = {
	'n8n-nodes-misp-cytomic-orion.misp': ['mispInstanceApi'],
	'n8n-nodes-misp-cytomic-orion.mispTrigger': ['mispInstanceApi'],
	'n8n-nodes-misp-cytomic-orion.cytomicOrion': ['cytomicOrionApi'],
	'n8n-nodes-misp-cytomic-orion.cytomicOrionTrigger': ['cytomicOrionApi'],
	'n8n-nodes-misp-cytomic-orion.mispOrionSync': ['mispInstanceApi', 'cytomicOrionApi'],
};

export async function readWorkflow(path: string): Promise<Workflow> {
	const json: unknown = JSON.parse(await readFile(path, 'utf8'));
	if (!isWorkflow(json)) throw new Error(`${path} is not a workflow: it needs a name, nodes and connections`);
	return json;
}

/** The same workflow with a credential picked in every node that asks for one. */
export function withCredentials(workflow: Workflow, credentials: readonly Credential[]): Workflow {
	const byType = new Map(credentials.map(({ type, id, name }) => [type, { id, name }]));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const picked = (CREDENTIALS_OF[node.type] ?? []).flatMap((type) => {
				const credential = byType.get(type);
				return credential ? [[type, credential] as const] : [];
			});
			return picked.length > 0 ? { ...node, credentials: Object.fromEntries(picked) } : node;
		}),
	};
}

export function nodesOfType(workflow: Workflow, type: string): WorkflowNode[] {
	return workflow.nodes.filter((node) => node.type === type);
}

/** The name of the workflow's Manual trigger, which is where a person would start it. */
export function manualTriggerOf(workflow: Workflow): string {
	const [trigger] = nodesOfType(workflow, 'n8n-nodes-base.manualTrigger');
	if (!trigger) throw new Error(`The workflow "${workflow.name}" has no Manual trigger to start it from`);
	return trigger.name;
}

const BY_THE_CLOCK = 'n8n-nodes-base.scheduleTrigger';

/**
 * The same workflow with a webhook in the place of its Schedule trigger: started as by the clock, in the background, when somebody calls
 * `/webhook/<path>`. The call is answered when the run has ended, with an error status if it failed.
 */
export function startedByWebhook(workflow: Workflow, path: string): Workflow {
	if (nodesOfType(workflow, BY_THE_CLOCK).length !== 1)
		throw new Error(`The workflow "${workflow.name}" has no Schedule trigger, or several`);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type === BY_THE_CLOCK
				? {
						...node,
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						webhookId: path,
						parameters: {
							httpMethod: 'POST',
							path,
							responseMode: 'lastNode',
							responseData: 'noData',
							options: {},
						},
					}
				: node,
		),
	};
}

function isWorkflow(value: unknown): value is Workflow {
	return (
		isRecord(value) &&
		typeof value['name'] === 'string' &&
		Array.isArray(value['nodes']) &&
		value['nodes'].every(
			(node) => isRecord(node) && typeof node['name'] === 'string' && typeof node['type'] === 'string',
		) &&
		isRecord(value['connections'])
	);
}
