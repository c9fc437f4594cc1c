import { memoryOf } from '../measure/memory';
import type { Lab } from '../lab';
import type { Plan } from '../plan';
import type { MemoryGrowth } from '../results';
import { arrived } from './uploads';

/** In an n8n that has run nothing else: what it takes idle, and at most while the sync node uploads ever more. */
export async function measureMemory(fresh: Lab, plan: Plan, note: (text: string) => void): Promise<MemoryGrowth> {
	const { now: idle } = await memoryOf(fresh.n8n.pid);
	const steps: Array<MemoryGrowth['steps'][number]> = [];
	for (const iocs of plan.memory) {
		// Nobody waits for anybody: n8n has as much to do as it can bear.
		await fresh.set({ attributes: iocs, perEvent: plan.perEvent, latencyMs: 0, paced: false });
		const { cost } = await fresh.sync({ operation: 'upload' });
		steps.push({ iocs, events: Math.ceil(iocs / plan.perEvent), cost: arrived(iocs, cost) });
		note(
			`${iocs} IOCs: ${(cost.ms / 1000).toFixed(1)} s, ${((cost.memory.peak - idle) / 1e6).toFixed(0)} MB over idle`,
		);
	}
	return { idle, steps };
}
