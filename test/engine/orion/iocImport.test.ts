import { attribute, eventUuid, hashes, md5, orionForTests, statuses, uploadTag, uuid } from './orion';

const orion = orionForTests();

const held = (key: string) => orion.server.iocs.get(key);

describe('what becomes of MISP attributes', () => {
	test('they become IOCs with a time to live, normalised, each with its outcome', async () => {
		const run = await orion.run(
			'ioc.import',
			{ ttlDays: 30 },
			{
				input: [
					attribute({ type: 'md5', value: 'D41D8CD98F00B204E9800998ECF8427E', comment: 'dropper' }),
					attribute({ uuid: uuid(2), type: 'domain|ip', value: 'Bad.Sandbox-Feed-One.com.|45.155.204.7' }),
					attribute({ uuid: uuid(3), type: 'sha256', value: 'a'.repeat(64) }),
					attribute({ uuid: uuid(4), type: 'url', value: 'hxxps://bad[.]feed-two[.]com/x' }),
				],
			},
		);
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{
				status: 'imported',
				type: 'hash',
				value: 'd41d8cd98f00b204e9800998ecf8427e',
				daysToExpiration: 30,
				uuid: uuid(1),
				event_uuid: eventUuid(7),
				event_id: '7',
				misp_type: 'md5',
			},
			{ status: 'imported', type: 'domain', value: 'bad.sandbox-feed-one.com' },
			{ status: 'imported', type: 'ip', value: '45.155.204.7', uuid: uuid(2) },
			{ status: 'skipped', reason: 'unsupported_hash', message: 'Orion takes MD5 hashes only' },
			{ status: 'imported', type: 'url', value: 'https://bad.feed-two.com/x' },
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
			{ item: 2 },
			{ item: 3 },
		]);
		expect([...orion.server.iocs.keys()].sort()).toEqual([
			'domainioc:bad.sandbox-feed-one.com',
			'filehashioc:d41d8cd98f00b204e9800998ecf8427e',
			'ipioc:45.155.204.7',
			'urlioc:https://bad.feed-two.com/x',
		]);
		expect(held('filehashioc:d41d8cd98f00b204e9800998ecf8427e')).toMatchObject({
			daysToExpiration: 30,
			active: true,
			policy: 'Detect',
			source: 'MISP',
			description: '7 - Phishing wave',
			additionalData: 'md5 dropper',
		});
	});

	test('equal IOCs are sent once, and each duplicate says what became of the first', async () => {
		const run = await orion.run(
			'ioc.import',
			{},
			{ input: [attribute(), attribute({ uuid: uuid(2), value: 'BAD.feed-one.com.' })] },
		);
		expect(run.json).toMatchObject([
			{ status: 'imported' },
			{ status: 'duplicate', duplicate_of: 'imported', uuid: uuid(2) },
		]);
		expect(orion.requests()).toHaveLength(1);
	});

	test('items that are no MISP attributes name their value and type in fields of their own', async () => {
		const run = await orion.run(
			'ioc.import',
			{
				input: 'fields',
				valueField: 'indicator.value',
				typeFrom: 'field',
				typeField: 'kind',
				options: { description: 'from {list}' },
			},
			{ input: [{ indicator: { value: '45.155.204.7' }, kind: 'ip', list: 'block list' }] },
		);
		expect(run.json).toMatchObject([{ status: 'imported', type: 'ip' }]);
		expect(held('ipioc:45.155.204.7')).toMatchObject({ description: 'from block list' });
	});

	test('items of one type need no type field', async () => {
		const run = await orion.run(
			'ioc.import',
			{ input: 'fields', valueField: 'md5', typeFrom: 'fixed', fixedType: 'hash' },
			{ input: [{ md5: md5(1) }, { md5: 'not a hash' }, { other: 1 }] },
		);
		expect(run.json).toMatchObject([
			{ status: 'imported' },
			{ status: 'skipped', reason: 'malformed' },
			{ status: 'skipped', reason: 'no_value' },
		]);
	});

	test('an empty search uploads nothing and says so with zeros', async () => {
		const run = await orion.run('ioc.import', { output: 'summary' }, { input: [{}] });
		expect(run.json).toMatchObject([{ attributes: 0, total: 0, imported: 0, failed: 0 }]);
		expect(orion.requests()).toHaveLength(0);
	});
});

describe('time to live', () => {
	test.each([
		['fixed', { ttl: 'fixed', ttlDays: 7 }, { hash: 7, ip: 7, domain: 7, url: 7 }],
		[
			'per IOC type',
			{ ttl: 'perType', ttlHash: 1, ttlIp: 2, ttlDomain: 3, ttlUrl: 4 },
			{ hash: 1, ip: 2, domain: 3, url: 4 },
		],
	])('%s', async (_, parameters, expected) => {
		const run = await orion.run('ioc.import', parameters, {
			input: [
				attribute({ type: 'md5', value: md5(1) }),
				attribute({ type: 'ip-dst', value: '45.155.204.7' }),
				attribute({ type: 'hostname', value: 'bad.feed-one.com' }),
				attribute({ type: 'url', value: 'http://bad.feed-one.com/a' }),
			],
		});
		expect(Object.fromEntries(run.json.map(({ type, daysToExpiration }) => [type, daysToExpiration]))).toEqual(
			expected,
		);
		expect([...orion.server.iocs.values()].every(({ active }) => active)).toBe(true);
		const days = orion
			.requests()
			.flatMap(({ body }) => (Array.isArray(body) ? body : []))
			.map(({ DaysToExpiration }) => DaysToExpiration);
		expect(days.every((value) => typeof value === 'string')).toBe(true);
	});

	test('counted from last seen, what is over is skipped', async () => {
		const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000 + 60_000).toISOString();
		const run = await orion.run(
			'ioc.import',
			{ ttl: 'fromLastSeen', ttlAfterLastSeen: 10, ttlWithoutLastSeen: 5 },
			{
				input: [
					attribute({ type: 'md5', value: md5(1), last_seen: daysAgo(4) }),
					attribute({ type: 'md5', value: md5(2), last_seen: daysAgo(20) }),
					attribute({ type: 'md5', value: md5(3) }),
				],
			},
		);
		expect(run.json).toMatchObject([
			{ status: 'imported', daysToExpiration: 7 },
			{ status: 'skipped', reason: 'expired' },
			{ status: 'imported', daysToExpiration: 5 },
		]);
	});

	test('less than a day is refused before anything is sent', async () => {
		const run = await orion.run('ioc.import', { ttlDays: 0 }, { input: [attribute()] });
		expect(run.error?.message).toContain('The time to live must be a whole number of days');
		expect(run.error?.description).toBe('Enter whole days, at least 1.');
		expect(orion.server.requests).toHaveLength(0);
	});
});

describe('what is kept back', () => {
	test('by severity, as people say it: High and above means threat level 1', async () => {
		const input = [1, 2, 3, 4].map((level) =>
			attribute({ type: 'md5', value: md5(level), threat_level_id: String(level) }),
		);
		const of = async (minimumSeverity: string) =>
			statuses(await orion.run('ioc.import', { minimumSeverity }, { input }));
		expect(await of('high')).toEqual(['imported', 'skipped', 'skipped', 'skipped']);
		expect(await of('medium')).toEqual(['imported', 'imported', 'skipped', 'skipped']);
		expect(await of('low')).toEqual(['imported', 'imported', 'imported', 'skipped']);
		expect(await of('any')).toEqual(['imported', 'imported', 'imported', 'imported']);
	});

	const local = [
		attribute({ type: 'ip-dst', value: '192.168.1.1' }),
		attribute({ type: 'domain', value: 'printer.local' }),
		attribute({ type: 'url', value: 'http://127.0.0.1/x' }),
	];

	test('what would raise an alert on every computer', async () => {
		const run = await orion.run('ioc.import', {}, { input: local });
		expect(run.json).toMatchObject(local.map(() => ({ status: 'skipped', reason: 'not_routable' })));
		expect(orion.requests()).toHaveLength(0);
	});

	test('unless the safety list is off', async () => {
		const run = await orion.run('ioc.import', { options: { safetyList: false } }, { input: local });
		expect(statuses(run)).toEqual(['imported', 'imported', 'imported']);
	});

	test('IPv6 addresses, unless the option for them is on', async () => {
		const input = [attribute({ type: 'ip-dst', value: '2A02:6EA0::1' })];
		expect((await orion.run('ioc.import', {}, { input })).json).toMatchObject([
			{ status: 'skipped', reason: 'ipv6_not_sent' },
		]);
		expect((await orion.run('ioc.import', { options: { ipv6: true } }, { input })).json).toMatchObject([
			{ status: 'imported', value: '2a02:6ea0::1' },
		]);
	});
});

describe('how IOCs look in Orion', () => {
	test('texts are templates over the item, without any expression', async () => {
		await orion.run(
			'ioc.import',
			{
				options: {
					description: '{Event.info} / {event_id}: {missing}{tags}',
					additionalData: 'x={comment} {"json": 1}',
					source: 'My MISP',
					policy: 'Watch',
				},
			},
			{ input: [attribute({ comment: '  two\n lines {value} ' })] },
		);
		expect(held('domainioc:bad.feed-one.com')).toMatchObject({
			description: `Phishing wave / 7: ${uploadTag}`,
			additionalData: 'x= two lines {value} {"json": 1}',
			source: 'My MISP',
			policy: 'Watch',
		});
	});

	test('a retrospective search is asked for only where wanted', async () => {
		await orion.run('ioc.import', {}, { input: [attribute()] });
		await orion.run('ioc.import', { options: { retrospective: true } }, { input: [attribute()] });
		expect(orion.requests().map(({ path }) => path)).toEqual([
			'/api/v1/applications/iocs/domainioc?retrospective=false',
			'/api/v1/applications/iocs/domainioc?retrospective=true',
		]);
	});
});

describe('output', () => {
	const input = [
		attribute({ type: 'md5', value: md5(1) }),
		attribute({ uuid: uuid(2), type: 'sha1', value: 'b'.repeat(40) }),
		attribute({
			uuid: uuid(3),
			type: 'md5',
			value: md5(3),
			event_id: '8',
			event_uuid: eventUuid(8),
			event_info: 'Other',
			tags: [{ name: uploadTag }],
		}),
		attribute({
			uuid: uuid(4),
			type: 'md5',
			value: md5(4),
			event_id: '8',
			event_uuid: eventUuid(8),
			event_info: 'Other',
			tags: [],
		}),
	];

	test('one item per event says what is settled: the tagged event, or the attribute that carries the tag itself', async () => {
		const run = await orion.run(
			'ioc.import',
			{ output: 'event', options: { controlTag: uploadTag.toUpperCase(), eventsRead: [eventUuid(7), eventUuid(9)] } },
			{ input },
		);
		expect(run.json).toMatchObject([
			{
				event_uuid: eventUuid(7),
				event_info: 'Phishing wave',
				total: 2,
				imported: 1,
				skipped: 1,
				settled: [eventUuid(7)],
				not_done: [{ uuid: uuid(2), status: 'skipped', reason: 'unsupported_hash' }],
				skipped_by_reason: { unsupported_hash: 1 },
			},
			{ event_uuid: eventUuid(8), imported: 2, settled: [uuid(3)], not_done: [] },
			{ event_uuid: eventUuid(9), total: 0, settled: [eventUuid(9)] },
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }, { item: 0 }]);
	});

	test('without a control tag, every event is settled whose IOCs are all done', async () => {
		const run = await orion.run('ioc.import', { output: 'event', options: { listAttributes: true } }, { input });
		expect(run.json).toMatchObject([
			{ settled: [eventUuid(7)], attributes_done: [uuid(1), uuid(2)] },
			{ settled: [eventUuid(8)], attributes_done: [uuid(3), uuid(4)] },
		]);
	});

	test('an event with a refused IOC is settled, one with an IOC that was not reached is not', async () => {
		orion.server.refuse(md5(1));
		orion.server.faults.add({ path: '/applications/iocs/urlioc', answer: { status: 404, body: {} } });
		const run = await orion.run(
			'ioc.import',
			{ output: 'event' },
			{
				input: [
					...input,
					attribute({
						uuid: uuid(5),
						type: 'url',
						value: 'http://bad.feed-one.com/',
						event_id: '9',
						event_uuid: eventUuid(9),
					}),
				],
			},
		);
		expect(run.json).toMatchObject([
			{ event_uuid: eventUuid(7), failed: 1, settled: [eventUuid(7)], open: 0 },
			{ event_uuid: eventUuid(8), settled: [eventUuid(8)] },
			{ event_uuid: eventUuid(9), failed: 1, settled: [], open: 1, failed_by_code: { not_found: 1 } },
		]);
	});

	test('a summary counts all, and in equals out', async () => {
		const run = await orion.run(
			'ioc.import',
			{ output: 'summary' },
			{ input: [...input, attribute({ uuid: uuid(5), type: 'md5', value: md5(1) })] },
		);
		expect(run.json).toEqual([
			{
				attributes: 5,
				total: 5,
				imported: 3,
				deleted: 0,
				duplicate: 1,
				skipped: 1,
				failed: 0,
				by_type: expect.objectContaining({ hash: expect.objectContaining({ imported: 3, duplicate: 1 }) }),
				skipped_by_reason: { unsupported_hash: 1 },
				failed_by_code: {},
			},
		]);
	});

	test('a dry run works out everything, sends nothing and settles nothing', async () => {
		const perEvent = await orion.run('ioc.import', { output: 'event', options: { dryRun: true } }, { input });
		expect(perEvent.json).toMatchObject([
			{ planned: 1, settled: [], dry_run: true },
			{ planned: 2, settled: [] },
		]);
		const perIoc = await orion.run('ioc.import', { options: { dryRun: true } }, { input });
		expect(statuses(perIoc)).toEqual(['planned', 'skipped', 'planned', 'planned']);
		expect(orion.server.requests).toHaveLength(0);
	});
});

describe('bulk', () => {
	test('10,000 items go up in batches, at the cost of no expression each', async () => {
		// Worked out for any other item than the first, it fails the run.
		const onlyOnce = (value: string) => `={{ $itemIndex === 0 ? ${value} : $('No such node').first() }}`;
		const run = await orion.run(
			'ioc.import',
			{
				output: 'event',
				ttlDays: onlyOnce('365'),
				options: { controlTag: onlyOnce(`'${uploadTag}'`), eventsRead: onlyOnce('[]') },
			},
			{ input: hashes(10_000, 500) },
		);
		expect(run.error).toBeUndefined();
		expect(orion.server.iocs.size).toBe(10_000);
		expect(orion.requests()).toHaveLength(100);
		expect(run.json).toHaveLength(20);
		expect(
			run.json.every(({ imported, settled }) => imported === 500 && Array.isArray(settled) && settled.length === 1),
		).toBe(true);
	}, 60_000);

	test('batch size and concurrency are options, and out of bounds they are refused', async () => {
		await orion.run('ioc.import', { options: { batchSize: 3, concurrency: 2 } }, { input: hashes(10) });
		expect(
			orion
				.requests()
				.map(({ body }) => (Array.isArray(body) ? body.length : 0))
				.sort(),
		).toEqual([1, 3, 3, 3]);
		const run = await orion.run('ioc.import', { options: { batchSize: 0 } }, { input: hashes(10) });
		expect(run.error).toMatchObject({
			message: '"Batch Size" is 0',
			description: 'Enter a whole number from 1 to 1000.',
		});
	});
});
