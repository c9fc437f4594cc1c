import type { Lab } from '../lab';
import type { Cost, N8nCost } from '../measure/run';
import { bareSeries, n8nSeries } from '../measure/series';
import type { Plan } from '../plan';
import type { Upload } from '../results';

/** The three ways in turn, round by round. */
export async function measureUploads(lab: Lab, plan: Plan, note: (text: string) => void): Promise<Upload[]> {
	const uploads: Upload[] = [];
	for (const { iocs, latencyMs, paced, rounds, withoutWorkflow } of plan.uploads) {
		const scene = { attributes: iocs, perEvent: plan.perEvent, latencyMs, paced };
		const bare: Cost[] = [];
		const sync: N8nCost[] = [];
		const workflow: N8nCost[] = [];
		for (let round = 0; round < rounds; round++) {
			await lab.set(scene);
			bare.push(arrived(iocs, await lab.bareLoop()));
			await lab.set(scene);
			sync.push(arrived(iocs, (await lab.sync({ operation: 'upload' })).cost));
			if (!withoutWorkflow) {
				await lab.set(scene);
				workflow.push(arrived(iocs, (await lab.template('upload-iocs')).cost));
			}
			const seconds = [bare, sync, workflow].map((runs) => ((runs.at(-1)?.ms ?? Number.NaN) / 1000).toFixed(2));
			note(
				`${iocs} IOCs, Orion ${latencyMs} ms, MISP ${paced ? 'paced' : 'at once'}: bare ${seconds[0]} s, sync ${seconds[1]} s, workflow ${seconds[2]} s`,
			);
		}
		const events = Math.ceil(iocs / plan.perEvent);
		uploads.push({
			iocs,
			events,
			latencyMs,
			paced,
			bare: bareSeries(bare),
			sync: n8nSeries(sync),
			...(workflow.length > 0 && { workflow: n8nSeries(workflow) }),
		});
	}
	return uploads;
}

/** A run that is fast because it lost something is no run. */
export function arrived<C extends Cost>(iocs: number, cost: C): C {
	if (cost.held.iocs !== iocs) throw new Error(`Of ${iocs} IOCs, Orion holds ${cost.held.iocs}`);
	return cost;
}
