import type { Entry } from './entry';
import type { Outcome } from './types';
import { iocTypeNames } from './types';

/** From how many on it is doubtful that all IOCs of a type are bad, each for itself. */
const enoughToDoubt = 10;

/** The code of a failure that hit all IOCs of a type alike. */
export const allRefused = 'all_refused';

type Failure = Extract<Outcome, { status: 'failed' }>;

/** Refused, or not sent any more because all others were. */
const isRefusal = (outcome: Outcome): outcome is Failure =>
	outcome.status === 'failed' && (outcome.final || outcome.code === allRefused);

const wasSent = ({ status }: Outcome): boolean => status === 'imported' || status === 'deleted' || status === 'failed';

function isBlanket(outcomes: readonly Outcome[]): boolean {
	const sent = outcomes.filter(wasSent);
	const refusals = sent.filter(isRefusal);
	return (
		refusals.length >= enoughToDoubt &&
		refusals.length === sent.length &&
		new Set(refusals.map(({ message }) => message)).size === 1
	);
}

/**
 * Takes back the finality of refusals that hit every IOC of a type with the same words: then the fault is rather in what
 * all requests share (policy, texts), and once it is mended the IOCs must still be there to send.
 */
export function doubtBlanketRefusals(entries: readonly Entry[]): readonly Entry[] {
	const doubtful = new Set(
		iocTypeNames.filter((name) => isBlanket(entries.filter(({ type }) => type === name).map(({ outcome }) => outcome))),
	);
	if (doubtful.size === 0) return entries;
	return entries.map((entry) =>
		entry.type !== undefined && doubtful.has(entry.type) && isRefusal(entry.outcome)
			? { ...entry, outcome: { ...entry.outcome, final: false, code: allRefused } }
			: entry,
	);
}
