import { attribute, eventUuid, hashes, md5, orionForTests, statuses, uploadTag, uuid } from './orion';

const orion = orionForTests();
const deleteTag = 'cytomic-orion:action="delete"';

const seed = async (count: number) => await orion.run('ioc.import', {}, { input: hashes(count) });

test('IOCs of MISP attributes leave Orion', async () => {
	await seed(3);
	const run = await orion.run(
		'ioc.delete',
		{ output: 'event', options: { controlTag: deleteTag } },
		{ input: hashes(2).map((item) => ({ ...item, tags: [{ name: deleteTag, inherited: true }] })) },
	);
	expect(run.json).toMatchObject([{ deleted: 2, settled: [eventUuid(1)], open: 0 }]);
	expect([...orion.server.iocs.keys()]).toEqual([`filehashioc:${md5(3)}`]);
	expect(orion.requests().at(-1)).toMatchObject({
		path: '/api/v1/applications/iocs/filehashioc/eraser/',
		body: [{ hash: md5(1) }, { hash: md5(2) }],
	});
});

test('what is not in Orion is as good as deleted, and nobody is bothered about the count', async () => {
	await seed(2);
	const run = await orion.run('ioc.delete', {}, { input: hashes(4) });
	expect(statuses(run)).toEqual(['deleted', 'deleted', 'deleted', 'deleted']);
	expect(run.hints).toEqual([]);
	expect(orion.server.iocs.size).toBe(0);
});

test('with nothing to delete nothing is sent: an empty request might mean all', async () => {
	await seed(2);
	const before = orion.requests().length;
	for (const input of [[{}], [attribute({ type: 'comment', value: 'x' })], [attribute({ value: '' })]]) {
		const run = await orion.run('ioc.delete', { output: 'summary' }, { input });
		expect(run.json).toMatchObject([{ deleted: 0 }]);
	}
	expect(orion.requests()).toHaveLength(before);
	expect(orion.server.iocs.size).toBe(2);
});

test('what another uploaded event still wants stays', async () => {
	await seed(3);
	const wanted = [{ type: 'filename|md5', value: `x.exe|${md5(2).toUpperCase()}` }];
	for (const stillWanted of [wanted, JSON.stringify(wanted)]) {
		const run = await orion.run(
			'ioc.delete',
			{ stillWanted: typeof stillWanted === 'string' ? stillWanted : `={{ ${JSON.stringify(stillWanted)} }}` },
			{ input: hashes(3) },
		);
		expect(run.json).toMatchObject([
			{ status: 'deleted' },
			{ status: 'skipped', reason: 'still_wanted' },
			{ status: 'deleted' },
		]);
	}
	expect([...orion.server.iocs.keys()]).toEqual([`filehashioc:${md5(2)}`]);
});

test('a list of what is still wanted that is no list stops the node, rather than delete what should stay', async () => {
	await seed(1);
	for (const stillWanted of ['{"uuid": "x"}', 'not json', '=({{ 5 }})']) {
		const run = await orion.run('ioc.delete', { stillWanted }, { input: hashes(1) });
		expect(run.error?.message).toMatch(/^"Still Wanted" is not (a list|valid JSON)/);
	}
	expect(orion.server.iocs.size).toBe(1);
});

test('what must not be uploaded can still be deleted', async () => {
	const local = [
		attribute({ type: 'ip-dst', value: '10.0.0.1' }),
		attribute({ uuid: uuid(2), type: 'ip-dst', value: '2a02:6ea0::1' }),
	];
	await orion.run('ioc.import', { options: { safetyList: false, ipv6: true } }, { input: local });
	expect(orion.server.iocs.size).toBe(2);
	const run = await orion.run('ioc.delete', {}, { input: local });
	expect(statuses(run)).toEqual(['deleted', 'deleted']);
	expect(orion.server.iocs.size).toBe(0);
});

test('a dry run deletes nothing', async () => {
	await seed(1);
	const run = await orion.run('ioc.delete', { options: { dryRun: true } }, { input: hashes(1) });
	expect(statuses(run)).toEqual(['planned']);
	expect(orion.server.iocs.size).toBe(1);
});

test('without the permission, the message says which one to give, and nothing counts as deleted', async () => {
	await seed(1);
	orion.server.permissions.deleteIocs = false;
	const run = await orion.run(
		'ioc.delete',
		{ output: 'event', options: { controlTag: uploadTag } },
		{ input: hashes(1) },
	);
	expect(run.error).toMatchObject({
		message: 'The application has no permission for this in Orion',
		description: expect.stringContaining(
			'"Delete IOCs for all clients" in Orion under Settings > Authorized applications',
		),
	});
	expect(orion.server.iocs.size).toBe(1);
});

test('where Orion refuses every single deletion, they are not taken for done', async () => {
	await seed(30);
	orion.server.faults.add({
		path: /eraser/,
		answer: { status: 400, body: { success: false, error: 'Unknown format.' } },
	});
	const run = await orion.run('ioc.delete', { output: 'event' }, { input: hashes(30) });
	expect(run.json).toMatchObject([
		{ deleted: 0, failed: 30, settled: [], open: 30, failed_by_code: { all_refused: 30 } },
	]);
	expect(run.hints.join()).toContain('Orion refuses all 30 IOCs of a type with the same words');
});
