import type { SyncWorld } from './sync';
import { md5, startSyncWorld, summaryOf, tags, tagsOf } from './sync';

let world: SyncWorld;
beforeEach(async () => {
	world = await startSyncWorld();
});
afterEach(async () => await world.close());

const held = (value: string) => world.orion.iocs.get(`filehashioc:${value}`);

test('where all is as it should be nothing is sent and nothing is changed', async () => {
	world.tagged('Fine', 250);
	await world.sync('upload');
	world.orion.requests.length = 0;
	const run = await world.sync('reconcile');
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([
		{
			summary: true,
			attributes: 250,
			imported: 0,
			deleted: 0,
			skipped_by_reason: { in_orion: 250 },
			in_orion: { kept: 250 },
		},
	]);
	expect(world.orion.requests.filter(({ path }) => path.includes('/iocs/')).map(({ path }) => path)).toEqual(
		Array.from({ length: 3 }, () => '/api/v1/applications/iocs/filehashioc/getter'),
	);
});

test('what is missing in Orion is sent, and what runs out soon is renewed', async () => {
	world.tagged('Some', 20);
	await world.sync('upload', { ttlDays: 20 });
	world.orion.iocs.erase('filehashioc', md5('Some 3'));
	const [later] = [world.tagged('Later', 1)];
	await world.sync('upload', { ttlDays: 100 });
	const run = await world.sync('reconcile', { ttlDays: 100 });
	expect(run.error).toBeUndefined();
	expect(summaryOf(run)).toMatchObject({ imported: 20, in_orion: { missing: 1, runs_out: 19, kept: 1 } });
	expect(run.json.map(({ event_info }) => event_info)).toEqual(['Some', undefined]);
	expect(tagsOf(later ?? {})).toEqual([tags.uploaded]);
});

test('what was deleted, revoked, put on a warninglist is erased and marked, so that it is done once', async () => {
	const event = world.tagged('Campaign', 0, {
		attributes: [
			{ type: 'md5', value: md5('stays'), to_ids: true },
			{ type: 'md5', value: md5('deleted'), to_ids: true },
			{ type: 'md5', value: md5('revoked'), to_ids: true },
			{ type: 'domain', value: 'listed.sandbox-test.com', to_ids: true },
		],
	});
	const other = world.tagged('Other', 0, { attributes: [{ type: 'md5', value: md5('revoked'), to_ids: true }] });
	await world.sync('upload');
	expect(world.orion.iocs.size).toBe(4);
	const [, deleted, revoked] = event.attributes;
	if (deleted) deleted.deleted = true;
	if (revoked) revoked.toIds = false;
	world.misp.warninglists.add({
		name: 'Ours',
		type: 'string',
		description: '',
		version: '1',
		enabled: true,
		category: 'false_positive',
		attributeTypes: ['domain'],
		entries: [{ value: 'listed.sandbox-test.com', comment: null }],
	});
	const run = await world.sync('reconcile');
	expect(run.error).toBeUndefined();
	expect(summaryOf(run)).toMatchObject({
		deleted: 2,
		skipped_by_reason: { still_wanted: 1 },
		no_longer_wanted: { deleted: 1, revoked: 1, on_warninglist: 1 },
	});
	expect([...world.orion.iocs.keys()].sort()).toEqual(
		[`filehashioc:${md5('revoked')}`, `filehashioc:${md5('stays')}`].sort(),
	);
	expect(event.attributes.map(tagsOf)).toEqual([[], [tags.notUploaded], [tags.notUploaded], [tags.notUploaded]]);
	expect([event, other].map(tagsOf)).toEqual([[tags.uploaded], [tags.uploaded]]);
	expect(summaryOf(await world.sync('reconcile'))).toMatchObject({ deleted: 0 });
});

test('what was revoked and is for detection again comes back, and loses its mark', async () => {
	const event = world.tagged('Campaign', 2);
	await world.sync('upload');
	const [first] = event.attributes;
	if (first) first.toIds = false;
	await world.sync('reconcile');
	expect(held(md5('Campaign 0'))).toBeUndefined();
	if (first) first.toIds = true;
	await world.sync('reconcile');
	expect(held(md5('Campaign 0'))).toBeDefined();
	expect(event.attributes.map(tagsOf)).toEqual([[], []]);
});

test('the IOCs of an event that was deleted from MISP are erased: its blocklist tells', async () => {
	const gone = world.tagged('Gone for good', 3);
	world.tagged('Stays', 0, {
		attributes: [
			{ type: 'md5', value: md5('Gone for good 2'), to_ids: true },
			{ type: 'md5', value: md5('stays'), to_ids: true },
		],
	});
	await world.sync('upload');
	world.misp.store.deleteEvent(gone);
	const run = await world.sync('reconcile');
	expect(run.error).toBeUndefined();
	expect(run.json[0]).toMatchObject({ event_uuid: gone.uuid, event_info: 'Gone for good', deleted: 2 });
	expect(summaryOf(run)).toMatchObject({
		deleted: 2,
		no_longer_wanted: { vanished: 3 },
		skipped_by_reason: { still_wanted: 1 },
	});
	expect(world.orion.iocs.size).toBe(2);
});

test('an Orion that does not say what it has gets all of it again, and the user is told', async () => {
	world.tagged('Campaign', 250);
	await world.sync('upload');
	world.orion.iocs.erase('filehashioc', md5('Campaign 3'));
	world.orion.faults.add({ path: /getter/, answer: { status: 404, body: {} } });
	const run = await world.sync('reconcile');
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(250);
	expect(run.hints.join(' ')).toContain('Orion does not say which IOCs it has');
});

test('a dry run erases and sends nothing, and marks nothing', async () => {
	const event = world.tagged('Campaign', 3);
	await world.sync('upload');
	const [first] = event.attributes;
	if (first) first.toIds = false;
	world.orion.iocs.erase('filehashioc', md5('Campaign 1'));
	const run = await world.sync('reconcile', { dryRun: true });
	expect(run.json[0]).toMatchObject({ planned: 2, imported: 0, deleted: 0, dry_run: true });
	expect(held(md5('Campaign 0'))).toBeDefined();
	expect(held(md5('Campaign 1'))).toBeUndefined();
	expect(event.attributes.map(tagsOf)).toEqual([[], [], []]);
});

test('what is tagged for deletion or was deleted by its tag is left alone', async () => {
	const event = world.tagged('Campaign', 2);
	await world.sync('upload');
	const [first] = event.attributes;
	if (first) world.attach({ kind: 'attribute', attribute: first }, tags.delete);
	await world.sync('delete');
	expect(summaryOf(await world.sync('reconcile'))).toMatchObject({ imported: 0, deleted: 0 });
	expect(held(md5('Campaign 0'))).toBeUndefined();
});

test('a run that breaks off midway is finished by the next', async () => {
	const events = Array.from({ length: 3 }, (_, e) => world.tagged(`Campaign ${e}`, 400));
	await world.sync('upload');
	for (const event of events) for (const attribute of event.attributes.slice(0, 200)) attribute.toIds = false;
	world.orion.faults.add({
		path: /eraser/,
		after: 2,
		answer: { status: 503, body: {}, headers: { 'retry-after': '0' } },
	});
	const broken = await world.sync('reconcile');
	expect(broken.error?.message).toMatch(/Reconciliation incomplete/);
	for (const event of events)
		for (const attribute of event.attributes)
			if (tagsOf(attribute).includes(tags.notUploaded)) expect(held(attribute.value)).toBeUndefined();
	world.orion.faults.clear();
	const run = await world.sync('reconcile');
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(600);
	expect(
		events.flatMap(({ attributes }) => attributes).filter((one) => tagsOf(one).includes(tags.notUploaded)),
	).toHaveLength(600);
});

describe('where an upload and a deletion of one event overtook each other', () => {
	const both = (...names: string[]) => names.map((name) => ({ name, local: true }));
	const hold = (...values: string[]) =>
		values.forEach((value) =>
			world.orion.iocs.put('filehashioc', {
				value: md5(value),
				daysToExpiration: 365,
				additionalData: '',
				source: 'MISP',
				policy: '',
				description: '',
			}),
		);

	test.each([
		{ what: 'marked as deleted', marks: [tags.deleted] },
		{ what: 'marked as uploaded and deleted', marks: [tags.uploaded, tags.deleted] },
	])('what Orion has of an event $what is erased, but not what another wants', async ({ marks }) => {
		const event = world.tagged('Overtaken', 3, { tags: both(...marks) });
		world.tagged('Other', 1, {
			tags: both(tags.uploaded),
			attributes: [{ type: 'md5', value: md5('Overtaken 2'), to_ids: true }],
		});
		hold('Overtaken 0', 'Overtaken 1', 'Overtaken 2');
		const run = await world.sync('reconcile');
		expect(run.error).toBeUndefined();
		expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('Overtaken 2')}`]);
		expect(tagsOf(event)).toEqual([tags.deleted]);
		expect(summaryOf(run)).toMatchObject({ deleted: 2, no_longer_wanted: { deleted_by_tag: 3 } });
		world.orion.requests.length = 0;
		expect(summaryOf(await world.sync('reconcile'))).toMatchObject({ imported: 0, deleted: 0 });
	});

	test('what is marked as uploaded and is not in Orion goes up', async () => {
		world.tagged('Overtaken', 3, { tags: both(tags.uploaded) });
		await world.sync('reconcile');
		expect(world.orion.iocs.size).toBe(3);
	});

	test('an attribute that was deleted by its tag, in an event uploaded after that, is left alone', async () => {
		world.tagged('Mixed', 0, {
			tags: both(tags.uploaded),
			attributes: [{ type: 'md5', value: md5('a'), to_ids: true, tags: both(tags.deleted) }],
		});
		hold('a');
		expect(summaryOf(await world.sync('reconcile'))).toMatchObject({ deleted: 0 });
		expect(world.orion.iocs.size).toBe(1);
	});

	test('with an Orion that does not say what it has nothing is erased, and the marks stay', async () => {
		const event = world.tagged('Overtaken', 1, { tags: both(tags.uploaded, tags.deleted) });
		hold('Overtaken 0');
		world.orion.faults.add({ path: /getter/, answer: { status: 404, body: {} } });
		expect((await world.sync('reconcile')).error).toBeUndefined();
		expect(world.orion.iocs.size).toBe(1);
		expect(tagsOf(event)).toEqual([tags.uploaded, tags.deleted]);
	});
});
