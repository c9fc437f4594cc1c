import type { Lab } from '../lab';
import type { Plan } from '../plan';
import type { ScalingOut } from '../results';

const LATENCY_MS = 60;
const TAGS = ['bench:share="one"', 'bench:share="other"'] as const;

/** Two n8n, each with the events of a tag of its own, at one MISP and one Orion: alone, and both at once. */
export async function measureScaling(
	labs: readonly [Lab, Lab],
	plan: Plan,
	note: (text: string) => void,
): Promise<ScalingOut[]> {
	const measured: ScalingOut[] = [];
	for (const { iocsEach, perEvent, paced } of plan.scaling) {
		const set = async () =>
			await labs[0].set({
				attributes: iocsEach * labs.length,
				perEvent,
				latencyMs: LATENCY_MS,
				paced,
				eventTags: TAGS.map((tag) => [tag]),
			});
		const uploadOf = async (index: 0 | 1) =>
			await labs[index].sync({ operation: 'upload', tags: { uploadTag: TAGS[index] } });
		await set();
		const alone = await uploadOf(0);
		await set();
		const together = await Promise.all([uploadOf(0), uploadOf(1)]);
		const togetherMs = Math.max(...together.map(({ cost }) => cost.ms));
		const { iocs } = await labs[0].world.orion.ask('held');
		if (iocs !== iocsEach * labs.length) throw new Error(`Orion holds ${iocs} IOCs, not ${iocsEach * labs.length}`);
		measured.push({ perEvent, iocsEach, aloneMs: alone.cost.ms, togetherMs, paced });
		note(
			`${iocsEach} each, ${perEvent} an event: alone ${(alone.cost.ms / 1000).toFixed(1)} s, both at once ${(togetherMs / 1000).toFixed(1)} s`,
		);
	}
	return measured;
}
