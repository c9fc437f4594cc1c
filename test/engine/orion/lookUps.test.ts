import { attribute, hashes, md5, orionForTests, uuid } from './orion';

const orion = orionForTests();

describe('getting IOCs', () => {
	beforeEach(async () => {
		await orion.run('ioc.import', { ttlDays: 10 }, { input: hashes(3) });
	});

	test('says of each attribute whether Orion holds it, and until when', async () => {
		const run = await orion.run(
			'ioc.get',
			{},
			{
				input: [
					...hashes(1),
					attribute({ uuid: uuid(9), value: 'bad.feed-one.com' }),
					attribute({ type: 'sha1', value: 'x' }),
				],
			},
		);
		expect(run.json).toMatchObject([
			{
				type: 'hash',
				value: md5(1),
				found: true,
				active: true,
				daysToExpiration: 10,
				source: 'MISP',
				policy: 'Detect',
				uuid: uuid(1),
				expirationDate: expect.stringContaining('T'),
			},
			{ type: 'domain', value: 'bad.feed-one.com', found: false, uuid: uuid(9) },
			{ found: false, reason: 'unsupported_hash' },
		]);
	});

	test('takes values that were typed in', async () => {
		const run = await orion.run('ioc.get', {
			lookUp: 'values',
			iocType: 'hash',
			values: `${md5(1).toUpperCase()}, ${md5(7)}`,
		});
		expect(run.json).toMatchObject([
			{ found: true, value: md5(1) },
			{ found: false, value: md5(7) },
		]);
	});

	test('takes attributes', async () => {
		const run = await orion.run('ioc.get', {
			lookUp: 'attributes',
			iocType: 'hash',
			attributes: '[{"source": "MISP"}]',
		});
		expect(run.json).toHaveLength(3);
		expect(run.json[0]).toMatchObject({ type: 'hash', value: md5(1), found: true });
	});

	test('asks nothing where nothing is wanted: that might mean all', async () => {
		const before = orion.requests().length;
		for (const attributes of ['[]', '[{}]'])
			expect((await orion.run('ioc.get', { lookUp: 'attributes', attributes })).json).toEqual([]);
		expect((await orion.run('ioc.get')).json).toEqual([]);
		expect(orion.requests()).toHaveLength(before);
	});

	test('one value that Orion refuses does not cost the others', async () => {
		orion.server.faults.add({
			path: /getter/,
			body: new RegExp(md5(2)),
			answer: { status: 400, body: { error: 'Bad value.' } },
		});
		const run = await orion.run('ioc.get', {}, { input: hashes(3) });
		expect(run.json).toMatchObject([
			{ found: true },
			{ found: false, reason: 'refused', message: 'Orion refused it (HTTP 400): Bad value.' },
			{ found: true },
		]);
	});

	test('without the permission, the message says which one to give', async () => {
		orion.server.permissions.searchIocs = false;
		expect((await orion.run('ioc.get', {}, { input: hashes(1) })).error?.description).toContain('"Search for IOCs"');
	});

	test('an Orion that has no such call is no Orion without these IOCs', async () => {
		orion.server.faults.add({ path: /getter/, answer: { status: 404, body: {} } });
		expect((await orion.run('ioc.get', {}, { input: hashes(1) })).error?.message).toContain(
			'/applications/iocs/filehashioc/getter (HTTP 404)',
		);
	});
});

describe('searching retrospectively', () => {
	test('says of each value whether it was seen, and imports none', async () => {
		const computer = orion.server.estate.seedComputer({ machineName: 'PC-1' });
		orion.server.estate.seedEvent({ muid: computer.muid, value: 'bad.feed-one.com' });
		const run = await orion.run(
			'ioc.searchRetrospectively',
			{},
			{ input: [attribute(), attribute({ uuid: uuid(2), value: 'other.feed-one.com' })] },
		);
		expect(run.json).toMatchObject([
			{ value: 'bad.feed-one.com', seen: true },
			{ value: 'other.feed-one.com', seen: false },
		]);
		expect(orion.server.iocs.size).toBe(0);
	});

	test('passes on what Orion says', async () => {
		orion.server.permissions.searchIocs = false;
		expect((await orion.run('ioc.searchRetrospectively', {}, { input: [attribute()] })).error?.message).toBe(
			'The application has no permission for this in Orion',
		);
	});
});

describe('data lake', () => {
	test('gives an item for each row', async () => {
		orion.server.tables.set('DnsOps', [
			{ domain: 'a.com', machine: 'PC-1' },
			{ domain: 'b.com', machine: 'PC-2' },
		]);
		const run = await orion.run('dataLake.query', { sql: "SELECT domain FROM DnsOps WHERE machine = 'PC-2' LIMIT 10" });
		expect(run.json).toEqual([{ domain: 'b.com' }]);
	});

	test("says what Orion doesn't like about the SQL", async () => {
		const run = await orion.run('dataLake.query', { sql: 'SELECT * FROM Nothing' });
		expect(run.error?.message).toBe("Orion refused it (HTTP 400): There is no table 'Nothing'.");
	});
});

describe('any request', () => {
	test('GET with a query', async () => {
		orion.server.indicators.seed({ id: 'a', status: 'Closed' });
		orion.server.indicators.seed({ id: 'b' });
		const run = await orion.run('request.send', {
			method: 'GET',
			path: `applications/alerts/${Date.now() - 1e6}/${Date.now() + 1e6}`,
			query: '{"statuses": "Closed"}',
		});
		expect(run.json).toMatchObject([{ id: 'a' }]);
	});

	test('POST with a body', async () => {
		const run = await orion.run('request.send', {
			method: 'POST',
			path: '/api/v1/applications/iocs/domainioc',
			body: '[{"domain": "bad.feed-one.com", "DaysToExpiration": "3"}]',
		});
		expect(run.json).toMatchObject([{ success: true, message: 'iocs: 1 DomainIoc added.' }]);
		expect(orion.server.iocs.size).toBe(1);
	});

	test('a POST is not repeated unless it may be', async () => {
		orion.server.faults.add({ path: /iocs/, answer: { status: 503, headers: { 'retry-after': '0' }, body: {} } });
		const post = { method: 'POST', path: '/applications/iocs/domainioc', body: '[]' };
		await orion.run('request.send', post);
		expect(orion.requests()).toHaveLength(1);
		await orion.run('request.send', { ...post, repeatable: true });
		expect(orion.requests()).toHaveLength(6);
	});

	test.each([
		'https://evil.example/x',
		'//evil.example/x',
		'/\\evil.example',
		'/a/../../x',
		'/%2e%2e/x',
		'@evil.example/x',
		"={{ '' }}",
		'/x?y=1',
		'javascript:x',
	])('the path "%s" is refused, so that the token goes nowhere else', async (path) => {
		const run = await orion.run('request.send', { path });
		expect(run.error?.message).toMatch(/^The path /);
		expect(orion.server.requests).toHaveLength(0);
	});

	test('a body that is no JSON is refused', async () => {
		const run = await orion.run('request.send', { method: 'POST', path: '/x', body: '{' });
		expect(run.error?.message).toContain('"Body" is not valid JSON');
	});
});
