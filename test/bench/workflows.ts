import type { Workflow } from '../../sandbox/n8n/workflow';

/** What the sync node is asked to do; what is left out stays as the node has it. */
export interface SyncParameters {
	readonly operation: 'upload' | 'delete' | 'reconcile';
	readonly tags?: Readonly<Record<string, string>>;
	readonly options?: Readonly<Record<string, unknown>>;
}

/** A workflow of the sync node alone, started by hand. */
export function syncWorkflow(parameters: SyncParameters): Workflow {
	return {
		name: `Bench: sync ${parameters.operation}`,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'sync',
				name: 'Sync',
				type: 'n8n-nodes-misp-cytomic-orion.mispOrionSync',
				typeVersion: 1,
				position: [220, 0],
				parameters: { ...parameters },
			},
		],
		connections: { Start: { main: [[{ node: 'Sync', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
