import type { Candidate, Entry, Sendable } from '../../CytomicOrion/ioc';
import { doubtBlanketRefusals, planDeletion, withOutcomes } from '../../CytomicOrion/ioc';
import type { SendBatches, Sent } from '../../CytomicOrion/sending/sendAll';
import { nothingSent } from '../../CytomicOrion/sending/sendAll';
import type { SearchFilters } from '../../Misp/search/filters';
import type { Held } from '../../Misp/search/sameValues';
import type { Misp } from '../../Misp/transport/connect';
import type { ControlTags } from '../descriptions/tags';
import { standingOf } from './standing';
import { stillWanted } from './stillWanted';

/** What became of some IOCs, and of sending them. */
export interface Side {
	entries: readonly Entry[];
	sent: Sent;
}

export interface Erasing {
	misp: Misp;
	tags: ControlTags;
	/** What a search has to bring along for `standingOf`. */
	knowing: SearchFilters;
	/** Absent in a dry run. */
	erase?: SendBatches<Sendable>;
}

/** Erases what these hold, but not what an uploaded event still wants. */
export async function eraseUnlessWanted<Holder extends Held>(
	holders: readonly Holder[],
	{ misp, tags, knowing, erase, read }: Erasing & { read: (holder: Holder, index: number) => Candidate },
): Promise<Side> {
	const wantedByOthers = await stillWanted(misp, holders, {
		tags,
		knowing,
		isWanted: (attribute) => standingOf(attribute) === 'wanted',
	});
	const plan = planDeletion(holders.map(read), { stillWanted: wantedByOthers });
	const sent = erase ? await erase(plan.sendable) : nothingSent;
	return { entries: doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes)), sent };
}
