import { candidateReader } from '../../CytomicOrion/ioc';
import type { Orion } from '../../CytomicOrion/transport/connect';
import type { Call } from '../../shared/call';
import { eraseUnlessWanted } from './eraseUnlessWanted';
import type { Reconciling } from './reconcilePage';
import { partsOf } from './reconcilePage';
import { findVanished } from './vanished';

interface Vanishing {
	orion: Orion;
	hint: Call['hint'];
	source: string;
	description: string;
}

/** Erases the IOCs of events that were deleted from MISP, but not what another uploaded event wants. */
export async function eraseVanished(how: Reconciling, { orion, hint, source, description }: Vanishing): Promise<void> {
	const { misp, report } = how;
	const found = await findVanished(misp, orion, { source, description });
	if (!found.ok) {
		report.notChecked('vanished', found.why);
		if (!found.why.offered)
			hint(`IOCs of events that were deleted from MISP could not be looked for: ${found.why.message}`, 'warning');
		return;
	}
	if (found.iocs.length === 0) return;
	report.count('no_longer_wanted', 'vanished', found.iocs.length);
	const read = candidateReader({ value: 'value', type: { field: 'type' } });
	const { entries, sent } = await eraseUnlessWanted(found.iocs, { ...how, read });
	report.page({ rows: 0, sent, parts: partsOf(entries), troubled: new Map() });
}
