import type { IDataObject } from 'n8n-workflow';
import { attribute, eventUuid, hashes, md5, orionForTests, statuses, uuid } from './orion';

const orion = orionForTests();

const envelope = (counted: number) => ({
	httpStatusCode: 200,
	success: true,
	message: `iocs: ${counted} FileHashIoc added.`,
	error: null,
});
const oneEvent = (count: number) => hashes(count, count);

/** Every IOC sent so far, so that none is missed. */
const perEvent = async (input: IDataObject[]) =>
	(await orion.run('ioc.import', { output: 'event' }, { input })).json[0];

describe('one bad value in a batch of 100', () => {
	test.each(['http400', 'successFalse'] as const)('is found and the other 99 are imported (%s)', async (refusal) => {
		orion.server.behaviour.refusal = refusal;
		orion.server.refuse(md5(37));
		const run = await orion.run('ioc.import', {}, { input: oneEvent(100) });
		expect(run.error).toBeUndefined();
		expect(run.json.filter(({ status }) => status === 'imported')).toHaveLength(99);
		expect(run.json[36]).toMatchObject({ status: 'failed', reason: 'refused', final: true, value: md5(37) });
		expect(run.json[36]?.message).toContain('is not valid for FileHashIoc');
		expect(orion.server.iocs.size).toBe(99);
		// 1 + 2·⌈log₂ 100⌉
		expect(orion.requests().length).toBeLessThanOrEqual(15);
		expect(run.hints.join()).toContain('Orion refused 1 IOCs');
	});

	test('that is left out without a word shows in the count, and is not taken for imported', async () => {
		orion.server.behaviour.refusal = 'skips';
		orion.server.refuse(md5(37));
		const run = await orion.run('ioc.import', {}, { input: oneEvent(100) });
		expect(run.json.filter(({ status }) => status === 'imported')).toHaveLength(99);
		expect(run.json[36]).toMatchObject({ status: 'failed', reason: 'not_counted', final: false });
		expect(run.hints.join()).toContain('99 of 100');
		expect(orion.requests().length).toBeLessThanOrEqual(17);
	});
});

test('three bad values are found as well', async () => {
	for (const n of [1, 50, 100]) orion.server.refuse(md5(n));
	const run = await orion.run('ioc.import', { output: 'summary' }, { input: oneEvent(100) });
	expect(run.json).toMatchObject([{ imported: 97, failed: 3, failed_by_code: { refused: 3 } }]);
	expect(orion.requests().length).toBeLessThanOrEqual(1 + 3 * 14);
});

test('a batch that starts with many bad values loses none of its good ones', async () => {
	for (let n = 1; n <= 30; n++) orion.server.refuse(md5(n));
	const run = await orion.run('ioc.import', { output: 'summary' }, { input: oneEvent(200) });
	expect(run.json).toMatchObject([{ imported: 170, failed: 30 }]);
	expect(orion.server.iocs.size).toBe(170);
});

test('where Orion refuses everything, it is not asked about each of 10,000 IOCs, and none is settled', async () => {
	orion.server.faults.add({
		path: /filehashioc/,
		answer: { status: 400, body: { error: 'Policy Watch is unknown.' } },
	});
	const run = await orion.run(
		'ioc.import',
		{ output: 'summary', options: { policy: 'Watch' } },
		{ input: hashes(10_000) },
	);
	expect(run.json).toMatchObject([{ imported: 0, failed: 10_000, failed_by_code: { all_refused: 10_000 } }]);
	expect(run.hints.join()).toContain('Policy Watch is unknown.');
	expect(orion.requests().length).toBeLessThan(100);
	expect((await perEvent(oneEvent(20)))?.settled).toEqual([]);
}, 30_000);

test('a limit on the size of a batch is found out by itself', async () => {
	orion.server.behaviour.maxBatch = 30;
	const run = await orion.run('ioc.import', { output: 'summary' }, { input: oneEvent(100) });
	expect(run.json).toMatchObject([{ imported: 100 }]);
});

describe('counts that differ', () => {
	test('a count that leaves out what Orion has already is understood by sending once more', async () => {
		orion.server.faults.add({ path: /filehashioc/, times: 1, answer: { status: 200, body: envelope(7) } });
		orion.server.faults.add({ path: /filehashioc/, times: 1, answer: { status: 200, body: envelope(0) } });
		const run = await orion.run('ioc.import', {}, { input: oneEvent(10) });
		expect(new Set(statuses(run))).toEqual(new Set(['imported']));
		expect(run.hints.join()).toContain('7 of 10');
		expect(orion.requests()).toHaveLength(2);
	});

	test('an answer without any words on what was done is no proof, and settles nothing', async () => {
		orion.server.faults.add({ path: /filehashioc/, answer: { status: 200, body: '' } });
		const run = await orion.run('ioc.import', {}, { input: oneEvent(3) });
		expect(run.error?.message).toBe('Orion answered without a word on what it did');
	});

	test('200 with success false is a refusal, whatever the status', async () => {
		orion.server.faults.add({
			path: /domainioc/,
			answer: { status: 200, body: { httpStatusCode: 200, success: false, message: null, error: 'No.' } },
		});
		const run = await orion.run('ioc.import', {}, { input: [attribute()] });
		expect(run.json).toMatchObject([
			{ status: 'failed', reason: 'refused', message: 'Orion refused it: No.', final: true },
		]);
	});

	test('a missing permission is one, also where only the body of a 200 tells', async () => {
		orion.server.faults.add({
			path: /domainioc/,
			answer: { status: 200, body: { httpStatusCode: 403, success: false, message: null, error: 'No.' } },
		});
		const run = await orion.run('ioc.import', {}, { input: [attribute()] });
		expect(run.error?.description).toContain('"Import IOCs for all clients"');
	});
});

describe('an Orion that is busy or away for a moment', () => {
	const imported = async (count: number) => {
		const run = await orion.run('ioc.import', { output: 'summary' }, { input: hashes(count) });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ imported: count, failed: 0 }]);
		expect(orion.server.iocs.size).toBe(count);
	};

	test('429 is waited for as long as Retry-After says', async () => {
		orion.server.faults.add({
			path: /filehashioc/,
			times: 2,
			answer: { status: 429, headers: { 'retry-after': '1' }, body: {} },
		});
		const start = Date.now();
		await imported(10);
		expect(Date.now() - start).toBeGreaterThanOrEqual(2_000);
	});

	test('500s pass', async () => {
		orion.server.faults.add({
			path: /filehashioc/,
			times: 3,
			answer: { status: 500, headers: { 'retry-after': '0' }, body: 'oops' },
		});
		await imported(10);
	});

	test('an error page of the load balancer passes as well', async () => {
		orion.server.faults.add({
			path: /filehashioc/,
			times: 2,
			answer: { status: 503, headers: { 'retry-after': '0' }, body: '<html>down</html>' },
		});
		await imported(10);
	});

	test('dropped connections and answers cut in half are sent again', async () => {
		orion.server.faults.add({ path: /filehashioc/, times: 1, drop: true });
		orion.server.faults.add({ path: /filehashioc/, times: 1, truncate: true });
		await imported(300);
	});
});

describe('an Orion that is out of reach', () => {
	const busy = { status: 503, headers: { 'retry-after': '0' }, body: {} };

	test('stops the node with a clear message, after few requests', async () => {
		orion.server.faults.add({ path: /iocs/, answer: busy });
		const run = await orion.run('ioc.import', {}, { input: hashes(5_000) });
		expect(run.error).toMatchObject({
			message: 'Orion is not available at the moment (HTTP 503)',
			description: expect.stringContaining(
				'None of the 5000 IOCs is known to have gone through. Nothing is lost: the next run takes them up.',
			),
		});
		expect(orion.requests().length).toBeLessThanOrEqual(30);
	});

	test('halfway: what went through is imported, the rest is open and its events are not settled', async () => {
		orion.server.faults.add({ path: /iocs/, after: 2, answer: busy });
		const run = await orion.run(
			'ioc.import',
			{ output: 'event', options: { concurrency: 1 } },
			{ input: hashes(1_000) },
		);
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ settled }) => settled)).toEqual([
			[eventUuid(1)],
			[eventUuid(2)],
			...Array.from({ length: 8 }, () => []),
		]);
		expect(run.hints.join()).toContain(
			'800 IOCs did not get through to Orion (Orion is not available at the moment (HTTP 503))',
		);
		orion.server.faults.clear();
		const again = await orion.run('ioc.import', { output: 'summary' }, { input: hashes(1_000) });
		expect(again.json).toMatchObject([{ imported: 1_000 }]);
	});

	test('down altogether', async () => {
		orion.credentials.cytomicOrionApi.apiUrl = 'http://127.0.0.1:9/api/v1/applications/';
		const run = await orion.run('ioc.import', {}, { input: hashes(10) });
		expect(run.error?.message).toBe('Orion does not accept connections at 127.0.0.1:9');
		expect(run.error?.description).toContain('host and port of "API URL"');
	}, 60_000);

	test('a web page in its place', async () => {
		orion.server.faults.add({ path: /iocs/, answer: { status: 200, body: '<!doctype html><title>Login</title>' } });
		const run = await orion.run('ioc.import', {}, { input: hashes(500) });
		expect(run.error).toMatchObject({
			message: 'A web page came where the API of Orion should answer',
			description: expect.stringContaining('proxy'),
		});
		expect(orion.requests().length).toBeLessThanOrEqual(1);
	});

	test('a proxy that forbids is not taken for a missing permission', async () => {
		orion.server.faults.add({ path: /iocs/, answer: { status: 403, body: '<html>Blocked by policy</html>' } });
		const run = await orion.run('ioc.import', {}, { input: hashes(1) });
		expect(run.error?.message).toBe('A web page came where the API of Orion should answer');
	});

	test('a path that it does not know', async () => {
		orion.credentials.cytomicOrionApi.apiUrl = `${orion.server.url}/other/api/v1`;
		const run = await orion.run('ioc.import', {}, { input: hashes(1) });
		expect(run.error?.message).toContain('Orion knows no /applications/iocs/filehashioc (HTTP 404)');
	});

	test('where only one type is unknown to it, the others go up', async () => {
		orion.server.faults.add({ path: '/urlioc', answer: { status: 404, body: {} } });
		const run = await orion.run(
			'ioc.import',
			{},
			{ input: [...hashes(3), attribute({ uuid: uuid(9), type: 'url', value: 'http://a.feed-one.com/' })] },
		);
		expect(statuses(run)).toEqual(['imported', 'imported', 'imported', 'failed']);
	});
});

describe('going on after an error', () => {
	test('continue: one item says what happened', async () => {
		orion.server.permissions.importIocs = false;
		const run = await orion.run('ioc.import', {}, { input: hashes(2), onError: 'continueRegularOutput' });
		expect(run.error).toBeUndefined();
		expect(run.json[0]?.error).toBe('The application has no permission for this in Orion');
	});

	test('error output: it leaves there, and nothing comes out of the other', async () => {
		orion.server.permissions.importIocs = false;
		const run = await orion.run('ioc.import', {}, { input: hashes(2), onError: 'continueErrorOutput' });
		expect(run.items).toEqual([]);
		expect(run.errorItems).toHaveLength(1);
		expect(run.errorItems[0]?.json.error).toBe('The application has no permission for this in Orion');
	});

	test('IOCs that Orion refused are results, not errors', async () => {
		orion.server.refuse(md5(1));
		const run = await orion.run('ioc.import', {}, { input: hashes(2), onError: 'continueErrorOutput' });
		expect(statuses(run)).toEqual(['failed', 'imported']);
		expect(run.errorItems).toEqual([]);
	});
});

test('a stopped execution ends soon, though Orion asked for a minute of patience', async () => {
	orion.server.faults.add({ path: /iocs/, answer: { status: 429, headers: { 'retry-after': '60' }, body: {} } });
	// With the minute waited for, this test would not come to its end in time.
	const run = await orion.run('ioc.import', {}, { input: hashes(10), cancelAfterMs: 500 });
	expect(run.status).not.toBe('success');
	expect(orion.requests()).toHaveLength(1);
});
