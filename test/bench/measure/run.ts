import type { Execution } from '../../../sandbox/n8n/execution';
import { requestsTo, type Tally } from '../standIns/tally';
import type { Measured, World } from '../world';
import { HealthWatch } from './health';
import { cpuTimeOf, forgetPeak, memoryOf } from './memory';
import { takeLoopDelay } from './n8nProcess';

/** What one run of a workflow, or of the bare loop, cost. Times in milliseconds, sizes in bytes. */
export interface Cost {
	readonly ms: number;
	/** CPU time that the process took which did the job. */
	readonly cpuMs: number;
	readonly requests: { readonly misp: number; readonly orion: number };
	readonly connections: number;
	/** Sent to the servers, and answered by them. */
	readonly bytes: { readonly sent: number; readonly answered: number };
	readonly routes: Record<string, number>;
	/** Different IOCs in Orion at the end, and how many were sent more than once. */
	readonly held: { readonly iocs: number; readonly repeated: number };
}

/** What it cost n8n beside. */
export interface N8nCost extends Cost {
	readonly memory: { readonly before: number; readonly peak: number };
	readonly loopDelay: { readonly p99: number; readonly max: number };
	readonly longestHealthCheck: number;
}

async function costIn(world: World, { ms, cpuMs }: Pick<Cost, 'ms' | 'cpuMs'>): Promise<Cost> {
	const [misp, orion] = [await world.misp.ask('tally'), await world.orion.ask('tally')];
	const sum = (field: (tally: Tally) => number): number => field(misp) + field(orion);
	return {
		ms,
		cpuMs,
		requests: { misp: requestsTo(misp), orion: requestsTo(orion) },
		connections: sum(({ connections }) => connections),
		bytes: { sent: sum(({ received }) => received), answered: sum(({ answered }) => answered) },
		routes: { ...misp.requests, ...orion.requests },
		held: await world.orion.ask('held'),
	};
}

const RUN_TIMEOUT_MS = 15 * 60_000;

/** Runs a workflow in n8n and looks at n8n from outside meanwhile. */
export async function measureWorkflow(
	world: World,
	n8n: Measured,
	workflowId: string,
): Promise<{ cost: N8nCost; execution: Execution }> {
	await takeLoopDelay(n8n.probeFolder, n8n.pid);
	await forgetPeak(n8n.pid);
	const { now: before } = await memoryOf(n8n.pid);
	const cpuBefore = await cpuTimeOf(n8n.pid);
	const health = new HealthWatch(n8n.server.url);
	const execution = await n8n.server.runWorkflow(workflowId, RUN_TIMEOUT_MS);
	const cpuMs = (await cpuTimeOf(n8n.pid)) - cpuBefore;
	const longestHealthCheck = await health.end();
	const loopDelay = await takeLoopDelay(n8n.probeFolder, n8n.pid);
	const { peak } = await memoryOf(n8n.pid);
	if (!execution.success)
		throw new Error(`The workflow stopped at "${execution.error?.node}": ${execution.error?.message}`);
	const cost = await costIn(world, { ms: execution.ms, cpuMs });
	return { execution, cost: { ...cost, memory: { before, peak }, loopDelay, longestHealthCheck } };
}

/** The same job by the bare loop. */
export async function measureBareLoop(
	world: World,
	how: { tag: string; pageSize: number; batchSize: number; concurrency: number },
): Promise<Cost> {
	const cpuBefore = await cpuTimeOf(world.bareLoop.pid);
	const { ms } = await world.bareLoop.ask('upload', { ...world.access, ...how });
	return await costIn(world, { ms, cpuMs: (await cpuTimeOf(world.bareLoop.pid)) - cpuBefore });
}
