import * as fc from 'fast-check';
import { pages, type PageRequest } from '../../../nodes/Misp/search/pages';
import { readPage } from '../../../nodes/Misp/search/rows';
import { SearchedTable, type Entry } from './searchedTable';

async function readAll(table: SearchedTable, request: Partial<PageRequest> = {}) {
	const ids: number[] = [];
	let suppressed = 0;
	let longest = 0;
	for await (const page of pages({ post: table.post, scope: 'attributes', body: {}, ...request })) {
		ids.push(...page.rows.map((row) => Number(row.id)));
		suppressed += page.suppressed;
		longest = Math.max(longest, page.rows.length);
	}
	return { ids, suppressed, longest };
}

const entries = (count: number, second: (index: number) => number = (index) => 1000 + index): Entry[] =>
	Array.from({ length: count }, (_, index) => ({ id: index + 1, timestamp: second(index) }));

const sorted = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);

/** A made-up but repeatable stream of numbers in [0, below). */
function dice(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

describe('reading a search to its end', () => {
	test.each([
		['nothing', entries(0), 0],
		['one page', entries(7), 7],
		['exactly full pages', entries(300), 300],
		['many pages', entries(1234), 1234],
		['all in one second', entries(1234, () => 1000), 1234],
		[
			'a second longer than a page among others',
			entries(1500, (index) => (index > 200 && index < 900 ? 1200 : 1000 + index)),
			1500,
		],
	])('%s: every row comes once', async (_name, rows, count) => {
		const { ids } = await readAll(new SearchedTable(rows), { pageSize: 100 });
		expect(sorted(ids)).toEqual(sorted(new Set(ids)));
		expect(ids).toHaveLength(count);
	});

	test('a page wholly on warninglists does not end the reading, and the suppressed are counted once', async () => {
		const rows = entries(1000).map((entry) => ({
			...entry,
			listed: (entry.id > 150 && entry.id < 480) || entry.id % 10 === 0,
		}));
		const table = new SearchedTable(rows);
		const { ids, suppressed } = await readAll(table, { pageSize: 100, body: { enforceWarninglist: 1 } });
		expect(ids).toEqual(rows.filter((row) => !row.listed).map((row) => row.id));
		expect(suppressed).toBe(rows.filter((row) => row.listed).length);
	});

	test('goes on where X-Result-Count equals the limit, as MISP says of a partly suppressed page', async () => {
		const rows = entries(201).map((entry) => ({ ...entry, listed: entry.id === 50 || entry.id === 150 }));
		const { ids, suppressed } = await readAll(new SearchedTable(rows), {
			pageSize: 100,
			body: { enforceWarninglist: 1 },
		});
		expect(ids).toHaveLength(199);
		expect(suppressed).toBe(2);
	});

	test('copes without any of MISP’s headers', async () => {
		const rows = entries(450).map((entry) => ({ ...entry, listed: entry.id > 90 && entry.id < 320 }));
		const table = new SearchedTable(rows);
		table.hidesHeaders = true;
		const { ids } = await readAll(table, { pageSize: 100, body: { enforceWarninglist: 1 } });
		expect(sorted(ids)).toEqual(rows.filter((row) => !row.listed).map((row) => row.id));
	});

	test('reads by id where the server ignores the order asked for', async () => {
		const table = new SearchedTable(entries(950, (index) => 1000 + (index % 40)));
		table.ignoresOrder = true;
		const { ids } = await readAll(table, { pageSize: 100 });
		expect(ids).toEqual(entries(950).map((entry) => entry.id));
	});

	test('stops at the limit, and asks for no more than that at first', async () => {
		const table = new SearchedTable(entries(500));
		const { ids } = await readAll(table, { limit: 5 });
		expect(ids).toEqual([1, 2, 3, 4, 5]);
		expect(table.asked).toEqual([expect.objectContaining({ limit: 5, page: 1 })]);
	});

	test('reaches the limit although warninglists thin out the pages', async () => {
		const rows = entries(900).map((entry) => ({ ...entry, listed: entry.id % 3 !== 0 }));
		const { ids } = await readAll(new SearchedTable(rows), { limit: 120, body: { enforceWarninglist: 1 } });
		expect(ids).toEqual(Array.from({ length: 120 }, (_, index) => 3 * (index + 1)));
	});

	test('stays within the times that were asked for', async () => {
		const table = new SearchedTable(entries(900));
		const { ids } = await readAll(table, { pageSize: 100, body: { timestamp: [1100, 1499] } });
		expect(ids).toEqual(
			entries(900)
				.filter((entry) => entry.timestamp >= 1100 && entry.timestamp <= 1499)
				.map((entry) => entry.id),
		);
		expect(table.asked.every((body) => Array.isArray(body.timestamp) && body.timestamp[1] === 1499)).toBe(true);
	});

	test('keeps a relative time until a row tells the second', async () => {
		const table = new SearchedTable(entries(300));
		await readAll(table, { pageSize: 100, body: { timestamp: '7d' } });
		expect(table.asked[0]?.timestamp).toBe('7d');
		expect(table.asked[1]?.timestamp).toBe(1099);
	});

	test('reads 50,000 rows in pages of 10,000 with few requests', async () => {
		const table = new SearchedTable(entries(50_000, (index) => 1000 + Math.floor(index / 300)));
		const { ids, longest } = await readAll(table);
		expect(new Set(ids).size).toBe(50_000);
		expect(table.asked.length).toBeLessThanOrEqual(7);
		expect(longest).toBeLessThanOrEqual(10_000);
	});
});

describe('reading while others write', () => {
	/** Whoever stays in the result all along must come, exactly once; nobody comes twice. */
	const scenario = fc.record({
		count: fc.integer({ min: 0, max: 1500 }),
		seconds: fc.constantFrom(1, 2, 5, 40, 1500),
		pageSize: fc.constantFrom(1, 7, 100, 130, 333, 1000),
		changes: fc.integer({ min: 0, max: 40 }),
		listed: fc.constantFrom(0, 0, 3, 10, 100),
		seed: fc.integer(),
	});

	test('added, changed and deleted rows cost and double none of the others', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async ({ count, seconds, pageSize, changes, listed, seed }) => {
				const roll = dice(seed);
				const table = new SearchedTable(
					entries(count, (index) => 1000 + (index % seconds)).map((entry) => ({
						...entry,
						listed: roll(100) < listed,
					})),
				);
				const steady = new Set(table.entries.filter((entry) => !entry.listed).map((entry) => entry.id));
				let now = 100_000;
				let next = 1_000_000;
				table.meanwhile = () => {
					// The others come to rest after a while, or a reading need not end.
					if (table.asked.length > 60) return;
					for (let change = roll(changes + 1); change > 0; change--) {
						now += 1;
						const index = roll(table.entries.length);
						const chosen = table.entries[index];
						const action = roll(3);
						if (action === 0 || chosen === undefined) table.entries.push({ id: next++, timestamp: now });
						else if (action === 1) {
							// A change moves the row to the end; it still has to come once.
							table.entries[index] = { ...chosen, timestamp: now };
						} else {
							steady.delete(chosen.id);
							table.entries.splice(index, 1);
						}
					}
				};
				const { ids } = await readAll(table, { pageSize, body: { enforceWarninglist: 1 } });
				expect(new Set(ids).size).toBe(ids.length);
				const came = new Set(ids);
				expect([...steady].filter((id) => !came.has(id))).toEqual([]);
			}),
			{ numRuns: 80 },
		);
	});

	test('a bulk import of one second is read whole while its rows are edited and deleted', async () => {
		const table = new SearchedTable(entries(5000, () => 1000));
		const roll = dice(7);
		const gone = new Set<number>();
		table.meanwhile = () => {
			for (let change = 0; change < 30; change++) {
				const index = roll(table.entries.length);
				gone.add(table.entries[index]?.id ?? 0);
				table.entries.splice(index, 1);
			}
		};
		const { ids } = await readAll(table, { pageSize: 1000 });
		const came = new Set(ids);
		expect(entries(5000).filter(({ id }) => !gone.has(id) && !came.has(id))).toEqual([]);
		expect(came.size).toBe(ids.length);
	});

	test('suppressed rows are counted once whatever the seconds and page sizes', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async ({ count, seconds, pageSize, listed, seed }) => {
				const roll = dice(seed);
				const table = new SearchedTable(
					entries(count, (index) => 1000 + (index % seconds)).map((entry) => ({
						...entry,
						listed: roll(100) < listed,
					})),
				);
				const { ids, suppressed } = await readAll(table, { pageSize, body: { enforceWarninglist: 1 } });
				expect(ids.length + suppressed).toBe(count);
			}),
			{ numRuns: 60 },
		);
	});

	test('says so when the data never rest long enough to be read', async () => {
		const table = new SearchedTable(entries(20_000, () => 1000));
		table.meanwhile = () => {
			table.entries.splice(0, 300);
		};
		await expect(readAll(table, { pageSize: 100 })).rejects.toThrow('change faster than they can be read');
	});
});

describe('reading events', () => {
	test.each([0, 1, 49, 50, 51, 100, 137])('%i events come once each', async (count) => {
		const { ids } = await readAll(new SearchedTable(entries(count), 'events'), { scope: 'events' });
		expect(ids).toEqual(entries(count).map((entry) => entry.id));
	});

	test('events that leave the result between pages cost none of the others', async () => {
		const table = new SearchedTable(entries(200), 'events');
		table.meanwhile = () => {
			table.entries.splice(0, 7);
		};
		const { ids } = await readAll(table, { scope: 'events', pageSize: 20 });
		const came = new Set(ids);
		expect(table.entries.filter((entry) => !came.has(entry.id))).toEqual([]);
		expect(came.size).toBe(ids.length);
	});
});

describe('MISP’s search answers', () => {
	test.each([
		['attributes', { response: { Attribute: [{ id: '1' }] } }],
		['events', { response: [{ Event: { id: '1' } }] }],
		['objects', { response: [{ Object: { id: '1' } }] }],
		['sightings', { response: [{ Sighting: { id: '1' } }] }],
		['events', [{ Event: { id: '1' } }]],
	] as const)('%s come without their wrapper', (scope, body) => {
		expect(readPage(scope, body, { 'X-Result-Count': '12', 'x-skipped-elements-count': '3' })).toEqual({
			rows: [{ id: '1' }],
			resultCount: 12,
			skipped: 3,
		});
	});

	test('a count has no rows, and something else than a list is no empty result', () => {
		expect(readPage('attributes', 16, {})).toEqual({ rows: [] });
		expect(() => readPage('attributes', { version: '2.5' }, {})).toThrow('something other than a list');
	});
});
