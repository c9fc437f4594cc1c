import fc from 'fast-check';
import type { Bounds, Cursor, Met } from '../../../nodes/Misp/trigger/cursor';
import { advance, freshOf, readCursor, sinceOf, startCursor } from '../../../nodes/Misp/trigger/cursor';

const none = { event: 0, attribute: 0, sighting: 0 };
const bounds: Bounds = { overlap: 10, remembered: 5, most: 50 };
const start = (now: number) => startCursor('https://misp.example', { now, highest: none });

test('a trigger begins at its activation, and does not read back behind it', () => {
	expect(sinceOf(start(1_000), bounds)).toBe(1_000);
	const later = advance(start(1_000), { now: 1_005, found: [], highest: none }, bounds);
	expect(sinceOf(later, bounds)).toBe(1_000);
	const muchLater = advance(later, { now: 1_100, found: [], highest: none }, bounds);
	expect(sinceOf(muchLater, bounds)).toBe(1_090);
});

test('a trigger that looks back begins as much earlier', () => {
	expect(sinceOf(startCursor('x', { now: 1_000, lookBack: 300, highest: none }), bounds)).toBe(700);
});

test('what was given out is not given out again, and twice in one poll only once', () => {
	const found = [
		{ key: 'a', until: 1_001 },
		{ key: 'b', until: 1_002 },
		{ key: 'a', until: 1_001 },
	];
	expect(freshOf(start(1_000), found).map(({ key }) => key)).toEqual(['a', 'b']);
	const next = advance(start(1_000), { now: 1_005, found, highest: none }, bounds);
	expect(freshOf(next, [...found, { key: 'c', until: 1_004 }]).map(({ key }) => key)).toEqual(['c']);
});

test('a clock of MISP that is set back moves nothing back', () => {
	const cursor = advance(start(1_000), { now: 1_100, found: [], highest: none }, bounds);
	expect(advance(cursor, { now: 900, found: [], highest: none }, bounds).position).toBe(1_100);
});

test('memory keeps what may turn up again, and of the rest the latest few', () => {
	const old = Array.from({ length: 20 }, (_, index): Met => ({ key: `old${index}`, until: 1_000 + index }));
	const first = advance(start(1_000), { now: 1_020, found: old, highest: none }, bounds);
	expect(Object.keys(first.seen)).toEqual(old.slice(10).map(({ key }) => key));
	const second = advance(first, { now: 2_000, found: [{ key: 'new', until: 1_995 }], highest: none }, bounds);
	expect(Object.keys(second.seen)).toEqual(['old16', 'old17', 'old18', 'old19', 'new']);
});

test('where more may turn up again than memory holds, the next poll reads less far back', () => {
	const burst = Array.from(
		{ length: 80 },
		(_, index): Met => ({ key: `k${index}`, until: 1_000 + Math.floor(index / 10) }),
	);
	const cursor = advance(start(1_000), { now: 1_008, found: burst, highest: none }, bounds);
	expect(Object.keys(cursor.seen).length).toBeLessThanOrEqual(bounds.most);
	const since = sinceOf(cursor, bounds);
	expect(burst.filter(({ until }) => until >= since).every(({ key }) => key in cursor.seen)).toBe(true);
	expect(
		freshOf(
			cursor,
			burst.filter(({ until }) => until >= since),
		),
	).toEqual([]);
});

test('a cursor survives being kept as JSON, and one of another MISP or of nonsense is none', () => {
	const cursor = advance(
		start(1_000),
		{ now: 1_005, found: [{ key: 'a', until: 1_001 }], highest: { event: 7, attribute: 9, sighting: 0 } },
		bounds,
	);
	const kept: unknown = JSON.parse(JSON.stringify(cursor));
	expect(readCursor(kept, 'https://misp.example')).toEqual(cursor);
	expect(readCursor(kept, 'https://other.example')).toBeUndefined();
	for (const nonsense of [
		undefined,
		null,
		'x',
		7,
		[],
		{},
		{ server: 'https://misp.example' },
		{ ...cursor, position: 'x' },
		{ ...cursor, highest: { event: 1 } },
		{ ...cursor, seen: null },
	]) {
		expect(readCursor(nonsense, 'https://misp.example')).toBeUndefined();
	}
});

interface Change {
	/** When MISP stamped it. */
	at: number;
	/** How long after that it could be read: less than the overlap. */
	visibleAfter: number;
}

/** What a MISP with these changes answers to one poll. */
const answer = (changes: readonly Change[], { now, since }: { now: number; since: number }): Met[] =>
	changes.flatMap(({ at, visibleAfter }, index) =>
		at >= since && at + visibleAfter <= now ? [{ key: `change${index}`, until: at }] : [],
	);

const changes = fc.array(
	fc.record({
		at: fc.integer({ min: 1_001, max: 1_300 }),
		visibleAfter: fc.integer({ min: 0, max: bounds.overlap - 1 }),
	}),
	{ maxLength: 120 },
);
const pauses = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 25 });

test('whenever it polls, every change comes out, each exactly once, in bounded memory', () => {
	const wide: Bounds = { ...bounds, most: 1_000 };
	fc.assert(
		fc.property(changes, pauses, (made, waits) => {
			const given: string[] = [];
			let cursor: Cursor = start(1_000);
			let now = 1_000;
			for (const wait of [...waits, 400, 400]) {
				now += wait;
				const found = answer(made, { now, since: sinceOf(cursor, wide) });
				given.push(...freshOf(cursor, found).map(({ key }) => key));
				const kept: unknown = JSON.parse(JSON.stringify(advance(cursor, { now, found, highest: none }, wide)));
				cursor = readCursor(kept, cursor.server) ?? start(now);
				const recurring = made.filter(({ at }) => at >= sinceOf(cursor, wide)).length;
				expect(Object.keys(cursor.seen).length).toBeLessThanOrEqual(Math.max(recurring, wide.remembered));
			}
			expect(given.sort()).toEqual(made.map((_, index) => `change${index}`).sort());
		}),
	);
});

test('a poll that fails is made up for by the next', () => {
	fc.assert(
		fc.property(changes, pauses, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }), (made, waits, fails) => {
			const given = new Set<string>();
			let cursor = start(1_000);
			let now = 1_000;
			[...waits, 400].forEach((wait, index) => {
				now += wait;
				if (fails[index] && index < waits.length) return;
				const found = answer(made, { now, since: sinceOf(cursor, { ...bounds, most: 1_000 }) });
				for (const { key } of freshOf(cursor, found)) given.add(key);
				cursor = advance(cursor, { now, found, highest: none }, { ...bounds, most: 1_000 });
			});
			expect(given.size).toBe(made.length);
		}),
	);
});

test('in a burst beyond memory nothing comes twice', () => {
	const narrow: Bounds = { overlap: 10, remembered: 2, most: 3 };
	fc.assert(
		fc.property(changes, pauses, (all, waits) => {
			// Changes at even seconds, polls at odd ones: what is stamped in the very second of a poll may come twice in such a burst, rather than not at all.
			const made = all.map(({ at, visibleAfter }) => ({ at: at - (at % 2), visibleAfter }));
			const given: string[] = [];
			let cursor = start(1_001);
			let now = 1_001;
			for (const wait of [...waits, 400]) {
				now += 2 * wait;
				const found = answer(made, { now, since: sinceOf(cursor, narrow) });
				given.push(...freshOf(cursor, found).map(({ key }) => key));
				cursor = advance(cursor, { now, found, highest: none }, narrow);
			}
			expect(new Set(given).size).toBe(given.length);
		}),
	);
});
