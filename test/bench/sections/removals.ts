import { CONTROL_TAGS } from '../../../sandbox/mispClient';
import type { Lab } from '../lab';
import type { N8nCost } from '../measure/run';
import type { Plan } from '../plan';
import type { Removal } from '../results';

const LATENCY_MS = 60;

/** All IOCs are in Orion; some of them go: by the delete tag on their events, or because somebody deleted them in MISP. */
export async function measureRemovals(lab: Lab, plan: Plan, note: (text: string) => void): Promise<Removal[]> {
	const { held, removed } = plan.removal;
	const base = { attributes: held, perEvent: plan.perEvent, paced: true };

	const uploadAll = async () => {
		await lab.set({ ...base, paced: false, latencyMs: 0 });
		await lab.bareLoop();
	};
	const run = async (
		way: Removal['way'],
		scene: Partial<Parameters<Lab['set']>[0]>,
		go: () => Promise<{ cost: N8nCost }>,
	) => {
		await uploadAll();
		await lab.world.misp.ask('hold', { ...base, eventTags: [[CONTROL_TAGS.uploaded]], ...scene });
		await lab.world.orion.ask('setLatency', { latencyMs: LATENCY_MS });
		const { cost } = await go();
		if (cost.held.iocs !== held - removed)
			throw new Error(`Of ${held} IOCs, ${held - cost.held.iocs} went, not ${removed}`);
		note(`${way}, ${removed} of ${held}: ${(cost.ms / 1000).toFixed(1)} s`);
		return { held, removed, way, cost };
	};
	/** Every so manieth event is to go. */
	const share = held / removed;
	const deleteTags = Array.from({ length: share }, (_, place) =>
		place === 0 ? [CONTROL_TAGS.uploaded, CONTROL_TAGS.delete] : [CONTROL_TAGS.uploaded],
	);
	return [
		await run('sync delete', { eventTags: deleteTags }, async () => await lab.sync({ operation: 'delete' })),
		await run('delete-iocs', { eventTags: deleteTags }, async () => await lab.template('delete-iocs')),
		await run('sync reconcile', { deleted: removed }, async () => await lab.sync({ operation: 'reconcile' })),
	];
}
