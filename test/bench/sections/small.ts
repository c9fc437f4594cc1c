import { CONTROL_TAGS } from '../../../sandbox/mispClient';
import type { Lab } from '../lab';
import type { Plan } from '../plan';
import type { NothingToDo, TagRemoval } from '../results';
import { arrived } from './uploads';

/** Attributes that carry the upload tag themselves: each is untagged by a request of its own, MISP has no other way. */
export async function measureTagRemoval(
	lab: Lab,
	{ tagged, perEvent }: Plan,
	note: (text: string) => void,
): Promise<TagRemoval> {
	await lab.set({
		attributes: tagged,
		perEvent,
		latencyMs: 0,
		paced: false,
		eventTags: [[]],
		tagged: { count: tagged, tag: CONTROL_TAGS.upload },
	});
	const { cost } = await lab.sync({ operation: 'upload' });
	const { attributes: left } = await lab.world.misp.ask('tagged', { tag: CONTROL_TAGS.upload });
	if (left > 0) throw new Error(`${left} attributes are still tagged`);
	note(`${tagged} tagged attributes: ${(cost.ms / 1000).toFixed(1)} s`);
	return { attributes: tagged, cost: arrived(tagged, cost) };
}

/** The run that comes after one that did it all. */
export async function measureNothing(lab: Lab, plan: Plan, note: (text: string) => void): Promise<NothingToDo> {
	const scene = {
		attributes: plan.nothing,
		perEvent: plan.perEvent,
		latencyMs: 0,
		paced: true,
		eventTags: [[CONTROL_TAGS.uploaded]],
	};
	await lab.set(scene);
	const { cost: sync } = await lab.sync({ operation: 'upload' });
	await lab.set(scene);
	const { cost: workflow } = await lab.template('upload-iocs');
	note(
		`nothing to do: sync ${sync.requests.misp + sync.requests.orion} requests, workflow ${workflow.requests.misp + workflow.requests.orion}`,
	);
	return { held: plan.nothing, sync, workflow };
}
