import fc from 'fast-check';
import { relativePath } from '../../../nodes/shared/relativePath';
import { isFinished, statusOf } from '../../../nodes/CytomicOrion/actions/osquery/status';
import { readMemory, remember, shortId } from '../../../nodes/CytomicOrion/indicators/memory';
import { apiBase } from '../../../nodes/CytomicOrion/transport/addresses';
import { readAnswer } from '../../../nodes/CytomicOrion/transport/answer';
import { inTurn } from '../../../nodes/CytomicOrion/transport/inTurn';

describe('the address of the API', () => {
	test.each([
		'https://api.orion.cytomic.ai/api/v1/applications/',
		'https://api.orion.cytomic.ai/api/v1/applications',
		'https://api.orion.cytomic.ai/api/v1/',
		'https://api.orion.cytomic.ai',
		' https://api.orion.cytomic.ai// ',
	])('%s', (entered) => {
		expect(apiBase(entered)).toBe('https://api.orion.cytomic.ai/api/v1');
	});
});

test('whatever path is asked for, the request stays at the host and in the API', () => {
	const base = 'https://api.orion.cytomic.ai/api/v1';
	const pieces = fc.constantFrom(
		'/',
		'//',
		'..',
		'.',
		'%2e',
		'%2E%2e',
		'\\',
		'@',
		'evil.example',
		':',
		'https:',
		'?',
		'#',
		'a',
		' ',
		'\n',
		'%2f',
		';',
	);
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 8 }), (made) => {
			const path = relativePath(made.join(''), 'the token');
			if (!path.ok) return;
			const url = new URL(base + path.path);
			expect(url.origin).toBe('https://api.orion.cytomic.ai');
			expect(url.pathname.startsWith('/api/v1/')).toBe(true);
			expect(url.username).toBe('');
		}),
		{ numRuns: 2_000 },
	);
});

describe("what Orion's answers mean", () => {
	const at = (status: number, body: unknown = {}, headers = {}) =>
		readAnswer({ status, body, headers, path: '/applications/iocs/ipioc' });
	test.each([
		[200, { success: true }, 'data'],
		[200, [], 'data'],
		[204, '', 'data'],
		[200, { success: false, error: 'x', httpStatusCode: 200 }, 'refused'],
		[200, { success: false, httpStatusCode: 429 }, 'rate_limited'],
		[200, { Success: false, Error: 'x', HttpStatusCode: 200 }, 'refused'],
		[200, { success: 'False', httpStatusCode: '200' }, 'refused'],
		[200, { Success: true }, 'data'],
		[200, 'iocs: 1 Fi', 'unreadable'],
		[200, '<!DOCTYPE html><p>', 'not_an_api'],
		[302, '', 'not_an_api'],
		[400, {}, 'refused'],
		[413, {}, 'refused'],
		[401, {}, 'unauthorized'],
		[403, {}, 'forbidden'],
		[404, {}, 'not_found'],
		[429, {}, 'rate_limited'],
		[500, {}, 'unavailable'],
		[503, '<html>', 'unavailable'],
	])('%i %j is %s', (status, body, expected) => {
		const reading = at(status, body);
		expect(reading.kind === 'data' ? 'data' : reading.problem.code).toBe(expected);
	});

	test('Orion is quoted in its own words, once, and not at length', () => {
		const reading = at(400, { message: 'Bad', error: { message: 'Bad' }, title: 'x'.repeat(1_000) });
		expect(reading.kind === 'problem' && reading.problem.message).toMatch(/^Orion refused it \(HTTP 400\): Bad, x+$/);
		expect(reading.kind === 'problem' && reading.problem.message.length).toBeLessThan(400);
	});
});

describe('the status of an OS query', () => {
	test.each([
		[
			'state tells, info links',
			[[{ operationId: 'A', status: 'Finished' }], [{ operationId: 'a', url: 'https://x/y' }]],
			{ status: 'Finished', url: 'https://x/y' },
		],
		[
			'the other way round',
			[[{ operationId: 'A', downloadUrl: 'https://x/y' }], [{ operationId: 'A', state: 'Finished' }]],
			{ status: 'Finished', url: 'https://x/y' },
		],
		['a bare link', ['https://x/y', {}], { status: '', url: 'https://x/y' }],
		[
			'not yet',
			[[{ operationId: 'A', status: 'InProgress' }], [{ operationId: 'A', url: null }]],
			{ status: 'InProgress', url: '' },
		],
		['another operation', [[{ operationId: 'B', status: 'Finished' }], []], { status: '', url: '' }],
	])('%s', (_, bodies, expected) => {
		expect(statusOf('A', bodies, true)).toMatchObject(expected);
	});

	test('it is finished when it says so or has a link', () => {
		const query = { operationId: 'A', clientId: '', status: '', url: '' };
		expect([
			isFinished({ ...query, url: 'x' }),
			isFinished({ ...query, status: 'Completed' }),
			isFinished({ ...query, status: 'InProgress' }),
		]).toEqual([true, true, false]);
	});
});

describe("a trigger's memory", () => {
	test('is read from what was saved, or begins anew', () => {
		expect(readMemory({})).toBeUndefined();
		expect(readMemory({ upTo: 'x' })).toBeUndefined();
		expect(readMemory({ upTo: 5, seen: { a: 1, b: 'x' } })).toEqual({ upTo: 5, seen: { a: 1 } });
		expect(readMemory({ upTo: 5, seen: [] })).toEqual({ upTo: 5, seen: {} });
	});

	test('keeps what could be read again, and lets go of the rest', () => {
		expect(remember(1_000, 100, { old: 899, recent: 900 }, new Map([['read', 1]]))).toEqual({
			upTo: 1_000,
			seen: { recent: 900, read: 1 },
		});
	});

	test('has short names for ids, that differ', () => {
		const short = Array.from({ length: 10_000 }, (_, n) => shortId(`indicator ${n}`));
		expect(new Set(short).size).toBe(10_000);
		expect(short.every((id) => id.length === 12)).toBe(true);
	});
});

test('tasks in turn run one after the other, also after one that failed', async () => {
	const run = inTurn();
	const seen: string[] = [];
	const task =
		(name: string, fails = false) =>
		async () => {
			seen.push(`${name} begins`);
			await Promise.resolve();
			seen.push(`${name} ends`);
			if (fails) throw new Error(name);
			return name;
		};
	const results = await Promise.allSettled([run(task('a')), run(task('b', true)), run(task('c'))]);
	expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
