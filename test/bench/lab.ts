import { CONTROL_TAGS } from '../../sandbox/mispClient';
import type { Execution } from '../../sandbox/n8n/execution';
import type { Workflow } from '../../sandbox/n8n/workflow';
import { workflowNamed } from '../../sandbox/workflows';
import { fewestCalls } from './fewest';
import { type Cost, measureBareLoop, measureWorkflow, type N8nCost } from './measure/run';
import type { Holding } from './standIns/mispProcess';
import type { Measured, World } from './world';
import { syncWorkflow, type SyncParameters } from './workflows';

/** What both servers hold when a run begins. */
export interface Scene extends Omit<Holding, 'eventTags'> {
	readonly latencyMs: number;
	readonly eventTags?: Holding['eventTags'];
}

/** Two servers, an n8n, and what is done with them again and again. */
export class Lab {
	private readonly workflows = new Map<string, string>();

	constructor(
		readonly world: World,
		readonly n8n: Measured,
	) {}

	/** The same servers with another n8n. */
	with(n8n: Measured): Lab {
		return new Lab(this.world, n8n);
	}

	async set({ latencyMs, eventTags = [[CONTROL_TAGS.upload]], ...holding }: Scene): Promise<void> {
		await this.world.misp.ask('hold', { ...holding, eventTags });
		await this.world.orion.ask('set', { latencyMs });
	}

	async template(name: string): Promise<{ cost: N8nCost; execution: Execution }> {
		const id = await this.workflow(name, async () => await workflowNamed(name));
		return await measureWorkflow(this.world, this.n8n, id);
	}

	async sync(parameters: SyncParameters): Promise<{ cost: N8nCost; execution: Execution }> {
		const id = await this.workflow(
			JSON.stringify(parameters),
			async () => await Promise.resolve(syncWorkflow(parameters)),
		);
		return await measureWorkflow(this.world, this.n8n, id);
	}

	async bareLoop(): Promise<Cost> {
		return await measureBareLoop(this.world, { tag: CONTROL_TAGS.upload, ...fewestCalls });
	}

	/** The id of the workflow in n8n, where it is made when first asked for. */
	private async workflow(key: string, make: () => Promise<Workflow>): Promise<string> {
		const known = this.workflows.get(key) ?? (await this.n8n.server.createWorkflow(await make(), this.n8n.credentials));
		this.workflows.set(key, known);
		return known;
	}
}
