import type { WorkflowDefinition } from '../../engine/harness';
import { chain, runWorkflow } from '../../engine/harness';
import type { World } from '../world';
import { broken as brokenDeletion, scene as deletionScene } from './deletion';
import type { Haste, Job, Report } from './job';
import { deleteKinds, uploadKinds } from './syncRequests';
import { broken as brokenUpload, scene as uploadScene } from './upload';

type SyncOperation = 'upload' | 'delete' | 'reconcile';

/** The sync node alone on a canvas. */
const alone = (operation: SyncOperation): WorkflowDefinition => ({
	nodes: [
		{ name: 'By hand', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Sync',
			type: 'n8n-nodes-misp-cytomic-orion.mispOrionSync',
			typeVersion: 1,
			parameters: { operation },
		},
	],
	connections: chain('By hand', 'Sync'),
});

/** Counts of the summary, under the names that totals have in the templates. */
const counted = ['imported', 'deleted', 'duplicate', 'skipped', 'failed', 'open'] as const;

export const runs =
	(operation: SyncOperation, counted: readonly string[]) =>
	async (world: World, pace: Haste): Promise<Report> => {
		const run = await runWorkflow(alone(operation), { credentials: world.credentials, pace });
		const items = run.node('Sync').map(({ json }) => json);
		const summary = items.find((item) => item.summary === true);
		return {
			...(run.error && { error: run.error.message }),
			results: items.filter((item) => item !== summary),
			notChecked: [summary?.not_checked ?? []].flat().map(String),
			...(summary && { totals: Object.fromEntries(counted.map((name) => [`sum_${name}`, summary[name]])) }),
		};
	};

export const syncUpload: Job = {
	name: 'the sync node’s upload',
	scene: uploadScene,
	kinds: uploadKinds,
	run: runs('upload', counted),
	broken: brokenUpload,
};

export const syncDelete: Job = {
	name: 'the sync node’s deletion',
	scene: deletionScene,
	kinds: deleteKinds,
	run: runs('delete', counted),
	// What was revoked is for its reconciliation to take out.
	broken: (story) => brokenDeletion(story, { revoked: false }),
};
