import type { Candidate } from './candidate';
import type { IocType, Outcome } from './types';

/** One IOC of a candidate, or the one reason why it has none, on its way from input to outcome. */
export interface Entry {
	/** Its place in the plan. */
	readonly id: number;
	readonly candidate: Candidate;
	/** Absent where the MISP type means no IOC at all. */
	readonly type?: IocType;
	/** Normalised where that was possible, else as it came. */
	readonly value: string;
	readonly daysToExpiration?: number;
	readonly outcome: Outcome;
}

/** An entry that Orion is to receive: normalised, admitted and the first of its kind. */
export interface Sendable extends Entry {
	readonly type: IocType;
	readonly outcome: { readonly status: 'planned' };
}

/** A sendable entry for an import, which always has its time to live. */
export interface ImportEntry extends Sendable {
	readonly daysToExpiration: number;
}

/** The entries with what became of those that were sent; the others stay as they are. */
export function withOutcomes(entries: readonly Entry[], outcomes: ReadonlyMap<number, Outcome>): Entry[] {
	return entries.map((entry) => {
		const outcome = outcomes.get(entry.id);
		return outcome === undefined ? entry : { ...entry, outcome };
	});
}

/**
 * Whether nothing is left to do: Orion accepted the IOC or refused it, or it was skipped for a stated reason.
 * Of a duplicate, ask with its original's outcome.
 */
export function isDone(outcome: Outcome): boolean {
	switch (outcome.status) {
		case 'imported':
		case 'deleted':
		case 'skipped':
			return true;
		case 'failed':
			return outcome.final;
		case 'planned':
		case 'duplicate':
			return false;
	}
}

/** A failure that another run may mend. */
export const isOpen = (outcome: Outcome): boolean => outcome.status === 'failed' && !outcome.final;

/** The UUIDs of the attributes that hold an IOC with something left to do. */
export function undoneAttributes(entries: readonly Entry[]): Set<string | undefined> {
	const outcomeOf = outcomeIn(entries);
	return new Set(entries.filter((entry) => !isDone(outcomeOf(entry))).map(({ candidate }) => candidate.uuid));
}

/** What became of an entry's IOC: of a duplicate, what became of its original. */
export function outcomeIn(entries: readonly Entry[]): (entry: Entry) => Outcome {
	const outcomes = new Map(entries.map(({ id, outcome }) => [id, outcome]));
	return ({ outcome }) => (outcome.status === 'duplicate' ? (outcomes.get(outcome.of) ?? outcome) : outcome);
}
