import type { AdmissionRules } from './admit';
import { admit } from './admit';
import type { Candidate } from './candidate';
import type { Entry, ImportEntry, Sendable } from './entry';
import type { TtlPolicy } from './expire';
import { daysToExpiration } from './expire';
import { partOf, readAs } from './mispTypes';
import { normalise } from './normalise';
import type { MinimumSeverity } from './severity';
import { atLeast } from './severity';
import type { Ioc, IocType, Judged, Outcome, ReasonCode } from './types';
import { iocKey, judgedBad, judgedGood } from './types';

/** What is to be sent, and beside it every entry that isn't, with its reason. */
export interface Plan<E extends Sendable> {
	/** At least one per candidate, in their order; `entries[n].id` is `n`. */
	readonly entries: readonly Entry[];
	/** Those among them that Orion is to receive: no two are the same IOC. */
	readonly sendable: readonly E[];
}

export interface ImportRules extends AdmissionRules {
	readonly ttl: TtlPolicy;
	readonly minimumSeverity: MinimumSeverity;
	readonly now: Date;
}

export interface DeletionRules {
	/** Keys (`iocKey`) of the IOCs that must stay, because another uploaded event wants them. */
	readonly stillWanted: ReadonlySet<string>;
}

interface Reading {
	readonly type?: IocType;
	/** As it came. */
	readonly text: string;
	readonly ioc: Judged<Ioc>;
}

function normalised(type: IocType, text: string): Reading {
	const value = normalise(type, text);
	return { type, text, ioc: value.ok ? judgedGood({ type, value: value.value }) : value };
}

/** The IOCs of a candidate; one reading without an IOC where its type holds none. */
function readingsOf({ mispType, value }: Candidate): readonly Reading[] {
	const reading = readAs(mispType);
	if (reading.kind === 'none') return [{ text: value, ioc: judgedBad(reading.reason) }];
	return reading.parts.map(({ part, as }) => normalised(as, partOf(value, part) ?? ''));
}

/** What the rules of a job say of an IOC: the terms on which to send it, or why not. */
type Rule<Terms> = (ioc: Ioc, candidate: Candidate) => Judged<Terms>;

interface Kept<Terms> {
	readonly entry: Sendable;
	terms: Terms;
}

const planned = { status: 'planned' } as const;
const skipped = (reason: ReasonCode): Outcome => ({ status: 'skipped', reason });

/** Reads and judges every candidate; the first of equal IOCs is kept, on the better of their terms. */
function assess<Terms>(
	candidates: readonly Candidate[],
	rule: Rule<Terms>,
	better: (one: Terms, other: Terms) => Terms,
): { entries: Entry[]; kept: Array<Kept<Terms>> } {
	const entries: Entry[] = [];
	const kept: Array<Kept<Terms>> = [];
	const originals: Record<IocType, Map<string, Kept<Terms>>> = {
		hash: new Map(),
		ip: new Map(),
		domain: new Map(),
		url: new Map(),
	};

	const entryOf = (candidate: Candidate, { type, text, ioc }: Reading): Entry => {
		const id = entries.length;
		if (!ioc.ok) return { id, candidate, type, value: text, outcome: skipped(ioc.reason) };
		const terms = rule(ioc.value, candidate);
		if (!terms.ok) return { id, candidate, ...ioc.value, outcome: skipped(terms.reason) };
		const original = originals[ioc.value.type].get(ioc.value.value);
		if (original !== undefined) {
			original.terms = better(original.terms, terms.value);
			return {
				id,
				candidate,
				...ioc.value,
				outcome: { status: 'duplicate', of: original.entry.id },
			};
		}
		const entry: Sendable = { id, candidate, ...ioc.value, outcome: planned };
		const first = { entry, terms: terms.value };
		kept.push(first);
		originals[entry.type].set(entry.value, first);
		return entry;
	};

	for (const candidate of candidates) {
		for (const reading of readingsOf(candidate)) entries.push(entryOf(candidate, reading));
	}
	return { entries, kept };
}

/**
 * Plans an import: type map, normalisation, admission, severity, time to live, de-duplication, in this order;
 * the first of these that objects gives the reason. Of equal IOCs the first is sent, with the longest time to live among them.
 */
export function planImport(candidates: readonly Candidate[], rules: ImportRules): Plan<ImportEntry> {
	const { entries, kept } = assess<number>(
		candidates,
		(ioc, { threatLevel, lastSeen }) => {
			const objection = admit(ioc, rules);
			if (objection !== undefined) return judgedBad(objection);
			if (!atLeast(rules.minimumSeverity, threatLevel)) return judgedBad('below_severity');
			return daysToExpiration(rules.ttl, { type: ioc.type, lastSeen, now: rules.now });
		},
		Math.max,
	);
	const sendable = kept.map(({ entry, terms }): ImportEntry => ({ ...entry, daysToExpiration: terms }));
	for (const entry of sendable) entries[entry.id] = entry;
	return { entries, sendable };
}

/**
 * Plans a deletion. Whatever was sent must be erasable, whatever the rules for sending say today: so neither
 * safety list nor severity nor time to live is asked, and IPv6 addresses are erased as well.
 */
export function planDeletion(candidates: readonly Candidate[], { stillWanted }: DeletionRules): Plan<Sendable> {
	const { entries, kept } = assess<true>(
		candidates,
		(ioc) => (stillWanted.has(iocKey(ioc)) ? judgedBad('still_wanted') : judgedGood(true)),
		() => true,
	);
	return { entries, sendable: kept.map(({ entry }) => entry) };
}

/** The keys of all IOCs that candidates hold, for `DeletionRules.stillWanted`; what cannot be read holds none. */
export function iocKeysOf(candidates: Iterable<Candidate>): Set<string> {
	const keys = new Set<string>();
	for (const candidate of candidates) {
		for (const { ioc } of readingsOf(candidate)) if (ioc.ok) keys.add(iocKey(ioc.value));
	}
	return keys;
}
