import type { Miscount } from './deliver';
import type { Entry } from './entry';
import type { Tally } from './tally';
import { tally } from './tally';

/** What one run came to. `total` counts IOCs: an attribute may hold two, and one without any counts once, as skipped. */
export interface Summary extends Tally {
	/** Input items. */
	readonly attributes: number;
	/** Accepted requests whose count differs from what was sent. */
	readonly miscounted: readonly Miscount[];
}

export function summarise(entries: readonly Entry[], miscounted: readonly Miscount[] = []): Summary {
	const attributes = new Set(entries.map(({ candidate }) => candidate.index)).size;
	return { attributes, ...tally(entries), miscounted };
}
