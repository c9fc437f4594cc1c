import { candidateReader, doubtBlanketRefusals, planDeletion, withOutcomes } from '../../CytomicOrion/ioc';
import type { Orion } from '../../CytomicOrion/transport/connect';
import type { Call } from '../../shared/call';
import type { Reconciling } from './reconcilePage';
import { partsOf } from './reconcilePage';
import { standingOf } from './standing';
import { stillWanted } from './stillWanted';
import { findVanished } from './vanished';

interface Vanishing {
	orion: Orion;
	hint: Call['hint'];
	source: string;
	description: string;
}

/** Erases the IOCs of events that were deleted from MISP, but not what another uploaded event wants. */
export async function eraseVanished(
	{ misp, tags, knowing, erase, report }: Reconciling,
	{ orion, hint, source, description }: Vanishing,
): Promise<void> {
	const found = await findVanished(misp, orion, { source, description });
	if (!found.ok) {
		hint(`IOCs of events that were deleted from MISP could not be looked for: ${found.message}`, 'warning');
		return;
	}
	if (found.iocs.length === 0) return;
	report.count('no_longer_wanted', 'vanished', found.iocs.length);
	const read = candidateReader({ value: 'value', type: { field: 'type' } });
	const wantedByOthers = await stillWanted(misp, found.iocs, {
		tags,
		knowing,
		isWanted: (attribute) => standingOf(attribute) === 'wanted',
	});
	const plan = planDeletion(found.iocs.map(read), { stillWanted: wantedByOthers });
	const sent = erase ? await erase(plan.sendable) : { outcomes: new Map(), miscounted: [] };
	const entries = doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes));
	report.page({ rows: 0, sent, parts: partsOf(entries), troubled: new Map() });
}
