import * as fc from 'fast-check';
import type { SearchBody } from '../../../nodes/Misp/search/body';
import { pages, type Page } from '../../../nodes/Misp/search/pages';

/** Reads from a server that answers every request alike, and says how many rows came and how often it was asked. */
async function readFrom(
	answer: Page | ((body: SearchBody) => Page),
): Promise<{ rows: number; asked: number; problem: string }> {
	let asked = 0;
	let rows = 0;
	const post = async (body: SearchBody): Promise<Page> => {
		asked += 1;
		return typeof answer === 'function' ? answer(body) : answer;
	};
	try {
		for await (const page of pages({ post, scope: 'attributes', body: {}, pageSize: 100 })) rows += page.rows.length;
		return { rows, asked, problem: '' };
	} catch (error) {
		return { rows, asked, problem: error instanceof Error ? error.message : String(error) };
	}
}

test('a server that ignores paging and claims that there is more is asked no more at some point, with a word on it', async () => {
	const { asked, problem } = await readFrom(({ limit }) => ({
		rows: [{ id: '1', timestamp: '1' }],
		resultCount: Number(limit) + 1,
	}));
	expect(problem).toBe('MISP says that there is more, page after page, and sends nothing new');
	expect(asked).toBeLessThan(1100);
});

test('a count that has nothing to do with the page is not believed', async () => {
	const { asked, problem } = await readFrom({
		rows: [{ id: '1', timestamp: '1' }],
		resultCount: 1_000_000,
		skipped: 1,
	});
	expect({ asked, problem }).toEqual({ asked: 1, problem: '' });
});

test('whatever a server answers again and again, reading comes to an end, and no row comes twice', async () => {
	const answers = fc.record({
		rows: fc.array(
			fc.record({
				id: fc.constantFrom('1', '2', '3', '-1', 'x', '', '99999999999999999999'),
				timestamp: fc.constantFrom('1', '2', 'x'),
			}),
			{ maxLength: 100 },
		),
		resultCount: fc.option(fc.constantFrom(0, 1, 100, 101, Number.MAX_SAFE_INTEGER), { nil: undefined }),
		skipped: fc.option(fc.constantFrom(0, 0, 0), { nil: undefined }),
	});
	await fc.assert(
		fc.asyncProperty(answers, async ({ rows, resultCount, skipped }) => {
			const read = await readFrom({
				rows: rows.map((row, index) => ({ ...row, uuid: `uuid-${index}` })),
				...(resultCount !== undefined && { resultCount }),
				...(skipped !== undefined && { skipped }),
			});
			expect(read.rows).toBeLessThanOrEqual(100);
			expect(read.asked).toBeLessThan(3000);
		}),
		{ numRuns: 60 },
	);
}, 60_000);
