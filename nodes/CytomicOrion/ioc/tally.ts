import type { Entry } from './entry';
import type { IocType, ReasonCode, Status } from './types';
import { iocTypeNames } from './types';

export type StatusCounts = Readonly<Record<Status, number>>;

/** Counts of entries. The statuses add up to `total`, and so do those of all types together. */
export interface Tally extends StatusCounts {
	readonly total: number;
	/** `other`: MISP types that hold no IOC. Types without entries are absent. */
	readonly byType: Readonly<Partial<Record<IocType | 'other', StatusCounts>>>;
	readonly skippedByReason: Readonly<Partial<Record<ReasonCode, number>>>;
	readonly failedByCode: Readonly<Record<string, number>>;
}

const zeros = (): Record<Status, number> => ({
	planned: 0,
	imported: 0,
	deleted: 0,
	duplicate: 0,
	skipped: 0,
	failed: 0,
});

const bump = <K>(counts: Map<K, number>, key: K): void => {
	counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** How many entries have each status. */
export function statusesOf(entries: Iterable<Entry>): StatusCounts {
	const counts = zeros();
	for (const { outcome } of entries) counts[outcome.status] += 1;
	return counts;
}

export function tally(entries: Iterable<Entry>): Tally {
	let total = 0;
	const all = zeros();
	const byType: Partial<Record<IocType | 'other', Record<Status, number>>> = {};
	const skippedByReason: Partial<Record<ReasonCode, number>> = {};
	const failedByCode = new Map<string, number>();
	for (const { type = 'other', outcome } of entries) {
		total += 1;
		all[outcome.status] += 1;
		(byType[type] ??= zeros())[outcome.status] += 1;
		if (outcome.status === 'skipped') skippedByReason[outcome.reason] = (skippedByReason[outcome.reason] ?? 0) + 1;
		if (outcome.status === 'failed') bump(failedByCode, outcome.code);
	}
	return { total, ...all, byType, skippedByReason, failedByCode: Object.fromEntries(failedByCode) };
}

export const emptyTally = (): Tally => tally([]);

const sums = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> =>
	Object.fromEntries(
		[...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]),
	);

const addStatuses = (one: StatusCounts, other: StatusCounts): StatusCounts => ({
	planned: one.planned + other.planned,
	imported: one.imported + other.imported,
	deleted: one.deleted + other.deleted,
	duplicate: one.duplicate + other.duplicate,
	skipped: one.skipped + other.skipped,
	failed: one.failed + other.failed,
});

/** The counts of two parts together. */
export function addTallies(one: Tally, other: Tally): Tally {
	const types = [...iocTypeNames, 'other' as const].filter((type) => one.byType[type] ?? other.byType[type]);
	return {
		total: one.total + other.total,
		...addStatuses(one, other),
		byType: Object.fromEntries(
			types.map((type) => [type, addStatuses(one.byType[type] ?? zeros(), other.byType[type] ?? zeros())]),
		),
		skippedByReason: sums(one.skippedByReason, other.skippedByReason),
		failedByCode: sums(one.failedByCode, other.failedByCode),
	};
}
