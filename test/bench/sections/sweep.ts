import type { Lab } from '../lab';
import type { N8nCost } from '../measure/run';
import { n8nSeries } from '../measure/series';
import type { Plan } from '../plan';
import type { Sweep } from '../results';
import { arrived } from './uploads';

/** How the time of an upload depends on requests under way at once and on their size. Only Orion takes its time. */
export async function measureSweep(lab: Lab, { sweep, perEvent }: Plan, note: (text: string) => void): Promise<Sweep> {
	const { iocs, latencyMs, rounds } = sweep;
	const runs = sweep.steps.map((step) => ({ step, costs: new Array<N8nCost>() }));
	for (let round = 0; round < rounds; round++) {
		for (const { step, costs } of runs) {
			await lab.set({ attributes: iocs, perEvent, latencyMs, paced: false });
			const { cost } = await lab.sync({ operation: 'upload', options: step });
			costs.push(arrived(iocs, cost));
			note(`${step.concurrency} at once, ${step.batchSize} each: ${(cost.ms / 1000).toFixed(2)} s`);
		}
	}
	return { iocs, latencyMs, steps: runs.map(({ step, costs }) => ({ ...step, series: n8nSeries(costs) })) };
}
