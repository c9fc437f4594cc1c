import fc from 'fast-check';
import type { Entry, Plan, Send, Sendable } from '../../../nodes/CytomicOrion/ioc';
import {
	batches,
	deliver,
	doubtBlanketRefusals,
	iocKey,
	iocKeysOf,
	planDeletion,
	planImport,
	settle,
	summarise,
	withOutcomes,
} from '../../../nodes/CytomicOrion/ioc';
import { read, someAttributes, someRules, upload } from './build';

/** What an Orion makes of each IOC that reaches it, and when it falls silent. */
interface Temper {
	verdicts: ReadonlyArray<'takes' | 'refuses'>;
	silentAfter: number;
	counts: boolean;
}

const someTemper: fc.Arbitrary<Temper> = fc.record({
	verdicts: fc.array(fc.constantFrom('takes', 'takes', 'takes', 'refuses'), { minLength: 1, maxLength: 12 }),
	silentAfter: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 30 })),
	counts: fc.boolean(),
});

/** An Orion that remembers what it holds; `before` is what it holds already. */
class Orion {
	readonly refused = new Set<string>();
	private requests = 0;

	constructor(
		private readonly temper: Temper,
		readonly holds: Set<string>,
		private readonly job: 'import' | 'deletion',
	) {}

	readonly send: Send<Sendable> = async (entries) => {
		this.requests += 1;
		if (this.requests > this.temper.silentAfter)
			return { kind: 'unavailable', code: 'unavailable', message: 'HTTP 503' };
		const judged = entries.map((entry) => ({ key: iocKey(entry), verdict: this.verdictOn(entry) }));
		if (judged.some(({ verdict }) => verdict === 'refuses')) {
			if (judged.length === 1) for (const { key } of judged) this.refused.add(key);
			return { kind: 'refused', message: 'invalid value' };
		}
		for (const { key } of judged) {
			if (this.job === 'import') this.holds.add(key);
			else this.holds.delete(key);
		}
		return { kind: 'accepted', ...(this.temper.counts && { counted: judged.length }) };
	};

	private verdictOn({ value }: Sendable) {
		const { verdicts } = this.temper;
		return verdicts[[...value].reduce((total, char) => total + char.charCodeAt(0), 0) % verdicts.length];
	}
}

async function carryOut(plan: Plan<Sendable>, orion: Orion, batchSize: number, done: 'imported' | 'deleted') {
	const deliveries = [];
	for (const { entries } of batches(plan.sendable, batchSize))
		deliveries.push(await deliver(entries, orion.send, done));
	const outcomes = new Map(deliveries.flatMap((delivery) => [...delivery.outcomes]));
	return doubtBlanketRefusals(withOutcomes(plan.entries, outcomes));
}

const sum = (numbers: Iterable<number | undefined>): number =>
	[...numbers].reduce<number>((total, one) => total + (one ?? 0), 0);

const statuses = ['planned', 'imported', 'deleted', 'duplicate', 'skipped', 'failed'] as const;

/** Everything that went in is counted once, in the totals and among the events. */
function expectAllCounted(items: readonly unknown[], entries: readonly Entry[]): void {
	const summary = summarise(entries);
	expect(new Set(entries.map(({ candidate }) => candidate.index)).size).toBe(items.length);
	expect([summary.attributes, summary.total]).toEqual([items.length, entries.length]);
	expect(sum(statuses.map((status) => summary[status]))).toBe(entries.length);
	expect(sum(Object.values(summary.byType).flatMap((ofType) => Object.values(ofType)))).toBe(entries.length);
	expect(sum(Object.values(summary.skippedByReason))).toBe(summary.skipped);
	expect(sum(Object.values(summary.failedByCode))).toBe(summary.failed);
	// Nothing that was to be sent is left without a verdict.
	expect(summary.planned).toBe(0);
	const events = settle(entries, { controlTag: upload });
	for (const status of statuses) expect(sum(events.map((event) => event[status]))).toBe(summary[status]);
}

/** `isTrue`: Orion itself bears the entry out. */
function expectSettledRightly(entries: readonly Entry[], isTrue: (entry: Entry) => boolean): void {
	for (const event of settle(entries, { controlTag: upload })) {
		for (const uuid of event.settled) {
			const own = entries.filter(({ candidate }) =>
				uuid === event.eventUuid
					? candidate.eventUuid === uuid
					: candidate.uuid === uuid && candidate.eventUuid === event.eventUuid,
			);
			expect(own.length).toBeGreaterThan(0);
			expect(own.filter((entry) => !isTrue(entry)).map(({ value, outcome }) => ({ value, outcome }))).toEqual([]);
		}
	}
}

const keyOf = ({ type, value }: Entry): string => (type === undefined ? '' : iocKey({ type, value }));

const job = { items: someAttributes, rules: someRules, temper: someTemper, batchSize: fc.integer({ min: 1, max: 20 }) };

test('an import counts out what went in, and settles nothing that Orion has neither taken nor refused', async () => {
	await fc.assert(
		fc.asyncProperty(fc.record(job), async ({ items, rules, temper, batchSize }) => {
			const orion = new Orion(temper, new Set(), 'import');
			const entries = await carryOut(planImport(read(items), rules), orion, batchSize, 'imported');
			expectAllCounted(items, entries);
			expectSettledRightly(
				entries,
				(entry) =>
					entry.outcome.status === 'skipped' || orion.holds.has(keyOf(entry)) || orion.refused.has(keyOf(entry)),
			);
			const claimed = entries.filter(({ outcome }) => outcome.status === 'imported').map(keyOf);
			expect(claimed.filter((key) => !orion.holds.has(key))).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});

test('a deletion counts out what went in, erases nothing still wanted, and settles nothing that Orion still holds', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({ ...job, elsewhere: someAttributes }),
			async ({ items, temper, batchSize, elsewhere }) => {
				const stillWanted = iocKeysOf(read(elsewhere));
				const before = new Set([...iocKeysOf(read(items)), ...stillWanted]);
				const orion = new Orion(temper, new Set(before), 'deletion');
				const entries = await carryOut(planDeletion(read(items), { stillWanted }), orion, batchSize, 'deleted');
				expectAllCounted(items, entries);
				expect([...stillWanted].filter((key) => !orion.holds.has(key))).toEqual([]);
				expectSettledRightly(
					entries,
					(entry) =>
						entry.outcome.status === 'skipped' || !orion.holds.has(keyOf(entry)) || orion.refused.has(keyOf(entry)),
				);
				// What nobody asked to delete is there as before.
				const asked = new Set(entries.map(keyOf));
				expect([...before].filter((key) => !asked.has(key) && !orion.holds.has(key))).toEqual([]);
			},
		),
		{ numRuns: 300 },
	);
});
