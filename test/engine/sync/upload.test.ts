import type { SyncWorld } from './sync';
import { md5, startSyncWorld, summaryOf, tags, tagsOf } from './sync';

let world: SyncWorld;
beforeEach(async () => {
	world = await startSyncWorld();
});
afterEach(async () => await world.close());

test('10,000 IOCs of 20 tagged events go up, and the events end untagged, published and marked', async () => {
	const events = Array.from({ length: 20 }, (_, e) => world.tagged(`Campaign ${e}`, 500));
	const run = await world.sync('upload', { ttlDays: 30 });
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(10_000);
	expect([...world.orion.iocs.values()].every(({ daysToExpiration }) => daysToExpiration === 30)).toBe(true);
	expect(events.map(tagsOf)).toEqual(events.map(() => [tags.uploaded]));
	expect(events.every(({ published }) => published)).toBe(true);
	expect(run.json).toHaveLength(21);
	expect(run.json[0]).toMatchObject({
		event_uuid: events[0]?.uuid,
		event_info: 'Campaign 0',
		imported: 500,
		open: 0,
		settled: [events[0]?.uuid],
		not_done: [],
	});
	expect(summaryOf(run)).toMatchObject({
		summary: true,
		events: 20,
		events_settled: 20,
		attributes: 10_000,
		total: 10_000,
		imported: 10_000,
		failed: 0,
		open: 0,
	});
});

test('it makes no more requests than the job needs: the events, their attributes, the batches, two for each event', async () => {
	Array.from({ length: 20 }, (_, e) => world.tagged(`Campaign ${e}`, 500));
	world.misp.store.addTag(tags.uploaded);
	await world.sync('upload');
	const asked = new Map<string, number>();
	for (const path of world.askedOfMisp()) asked.set(path, (asked.get(path) ?? 0) + 1);
	expect(Object.fromEntries(asked)).toEqual({
		'/events/restSearch': 1,
		'/attributes/restSearch': 5,
		'/tags/add': 1,
		'/tags/attachTagToObject': 20,
		'/tags/removeTagFromObject': 20,
	});
	expect(world.orion.requests.filter(({ path }) => path.includes('/iocs/'))).toHaveLength(100);
});

test('what a page leaves over fills the first batch of the next one', async () => {
	// Each is too large to share a page with another.
	const events = Array.from({ length: 5 }, (_, e) => world.tagged(`Odd ${e}`, 1_010));
	await world.sync('upload');
	const sizes = world.orion.requests
		.filter(({ path }) => path.includes('/iocs/'))
		.map(({ body }) => (Array.isArray(body) ? body.length : 0));
	expect(sizes).toHaveLength(51);
	expect(sizes.filter((size) => size < 100)).toEqual([50]);
	expect(events.map(tagsOf)).toEqual(events.map(() => [tags.uploaded]));
});

test('a second run with nothing to do costs one search and sends nothing to Orion', async () => {
	world.tagged('Once', 3);
	await world.sync('upload');
	world.misp.requests.length = 0;
	world.orion.requests.length = 0;
	const run = await world.sync('upload');
	expect(run.json).toMatchObject([{ summary: true, events: 0, total: 0, open: 0 }]);
	expect(world.askedOfMisp()).toEqual(['/events/restSearch']);
	expect(world.orion.requests).toHaveLength(0);
});

test('events are settled while others are still being sent', async () => {
	const first = world.tagged('First', 100);
	const second = world.tagged('Second', 900);
	world.orion.faults.add({ path: /iocs/, after: 6, answer: { status: 401, body: {} } });
	const run = await world.sync('upload');
	expect(run.error?.message).toMatch(/Upload incomplete: 1 events are left to do/);
	expect(tagsOf(first)).toEqual([tags.uploaded]);
	expect(tagsOf(second)).toEqual([tags.upload]);
});

test('an event with more attributes than a page holds is settled when all of them are in, and not before', async () => {
	const event = world.tagged('Large', 12_000);
	world.orion.faults.add({
		path: /iocs/,
		body: new RegExp(md5('Large 11999')),
		answer: { status: 503, body: {}, headers: { 'retry-after': '0' } },
	});
	const failed = await world.sync('upload', {}, { onError: 'continueRegularOutput' });
	const { open } = Object(failed.json[0]?.details);
	expect(open).toBeGreaterThan(0);
	expect(failed.json[0]).toMatchObject({ details: { imported: 12_000 - open, settled: [] } });
	expect(tagsOf(event)).toEqual([tags.upload]);
	world.orion.faults.clear();
	const run = await world.sync('upload');
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(12_000);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(run.json).toHaveLength(2);
	expect(run.json[0]).toMatchObject({ imported: 12_000, settled: [event.uuid] });
});

test('attributes tagged one by one go up without the rest of their event; a global tag leaves the event published', async () => {
	const event = world.tagged('Two of three', 0, {
		tags: [],
		attributes: [
			{ type: 'domain', value: 'one.sandbox-test.com', to_ids: true, tags: [{ name: tags.upload, local: true }] },
			{ type: 'domain', value: 'two.sandbox-test.com', to_ids: true },
			{
				type: 'url',
				value: 'hxxp://three[.]sandbox-test[.]com/x',
				to_ids: true,
				tags: [{ name: tags.upload, local: false }],
			},
			{ type: 'md5', value: md5('off'), to_ids: false, tags: [{ name: tags.upload, local: true }] },
		],
	});
	const run = await world.sync('upload');
	expect(run.error).toBeUndefined();
	expect([...world.orion.iocs.keys()].sort()).toEqual([
		'domainioc:one.sandbox-test.com',
		'urlioc:http://three.sandbox-test.com/x',
	]);
	expect(event.attributes.map(tagsOf)).toEqual([[tags.uploaded], [], [tags.uploaded], [tags.notUploaded]]);
	expect(tagsOf(event)).toEqual([]);
	expect(event.published).toBe(true);
});

test('an event with nothing for Orion in it is untagged too, and one that is unpublished waits', async () => {
	const empty = world.tagged('Only SHA-256', 0, {
		attributes: [{ type: 'sha256', value: 'a'.repeat(64), to_ids: true }],
	});
	const draft = world.tagged('Draft', 1, { published: false });
	const run = await world.sync('upload');
	expect(run.json).toMatchObject([{ event_uuid: empty.uuid, total: 0, settled: [empty.uuid] }, { summary: true }]);
	expect(tagsOf(empty)).toEqual([tags.uploaded]);
	expect(tagsOf(draft)).toEqual([tags.upload]);
});

test('what is deleted or not for detection is marked, and the mark goes when it is wanted again', async () => {
	const event = world.tagged('Mixed', 0, {
		attributes: [
			{ type: 'md5', value: md5('on'), to_ids: true },
			{ type: 'md5', value: md5('off'), to_ids: false },
			{ type: 'md5', value: md5('gone'), to_ids: true, deleted: true },
			{ type: 'md5', value: md5('again'), to_ids: true, tags: [{ name: tags.notUploaded, local: true }] },
		],
	});
	await world.sync('upload');
	expect(event.attributes.map(tagsOf)).toEqual([[], [tags.notUploaded], [tags.notUploaded], []]);
	expect(world.orion.iocs.size).toBe(2);
});

test('one value that Orion refuses does not keep the others out, is named, and comes in the CSV file', async () => {
	world.orion.refuse(md5('Some 41'));
	const event = world.tagged('Some', 100);
	const run = await world.sync('upload', { options: { csv: true } });
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(99);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(run.json[0]).toMatchObject({
		imported: 99,
		failed: 1,
		open: 0,
		not_done: [{ value: md5('Some 41'), status: 'failed', reason: 'refused' }],
	});
	const file = Buffer.from(run.items.at(-1)?.binary?.data?.data ?? '', 'base64').toString();
	expect(file.split('\r\n')[1]).toContain(`"${md5('Some 41')}","failed","refused"`);
});

test('a dry run changes nothing, in Orion or in MISP, and says what would be done', async () => {
	const event = world.tagged('Later', 3);
	const run = await world.sync('upload', { dryRun: true });
	expect(run.json).toMatchObject([
		{ event_uuid: event.uuid, planned: 3, imported: 0, settled: [], dry_run: true },
		{ summary: true, planned: 3, dry_run: true },
	]);
	expect(world.orion.requests.filter(({ path }) => path.includes('/iocs/'))).toHaveLength(0);
	expect(new Set(world.askedOfMisp())).toEqual(new Set(['/events/restSearch', '/attributes/restSearch']));
	expect(tagsOf(event)).toEqual([tags.upload]);
});

test('while Orion is down nothing is untagged, and the next run does the work', async () => {
	const events = Array.from({ length: 4 }, (_, e) => world.tagged(`Later ${e}`, 3_000));
	world.orion.faults.add({
		path: /iocs/,
		answer: { status: 503, body: 'maintenance', headers: { 'retry-after': '0' } },
	});
	const down = await world.sync('upload');
	expect(down.error?.message).toMatch(/Upload incomplete.*Orion is not available/);
	expect(down.error?.description).toContain('still tagged');
	expect(events.map(tagsOf)).toEqual(events.map(() => [tags.upload]));
	world.orion.faults.clear();
	expect((await world.sync('upload')).error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(12_000);
	expect(events.map(tagsOf)).toEqual(events.map(() => [tags.uploaded]));
});

test('a stopped execution ends at once, and the next run finishes the job', async () => {
	const events = Array.from({ length: 10 }, (_, e) => world.tagged(`Campaign ${e}`, 500));
	world.orion.faults.add({ path: /iocs/, latencyMs: 200 });
	const stopped = await world.sync('upload', {}, { cancelAfterMs: 700 });
	expect(stopped.status).toBe('canceled');
	expect(world.orion.iocs.size).toBeLessThan(5_000);
	for (const event of events)
		if (!tagsOf(event).includes(tags.upload))
			expect(event.attributes.every(({ value }) => world.orion.iocs.has(`filehashioc:${value}`))).toBe(true);
	world.orion.faults.clear();
	expect((await world.sync('upload')).error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(5_000);
	expect(events.map(tagsOf)).toEqual(events.map(() => [tags.uploaded]));
});

test('where MISP breaks off midway, what was sent is settled and the rest is taken up by the next run', async () => {
	const events = Array.from({ length: 6 }, (_, e) => world.tagged(`Campaign ${e}`, 2_000));
	world.misp.faults.add({ path: '/attributes/restSearch', after: 2, answer: { status: 403, body: { message: 'no' } } });
	const broken = await world.sync('upload');
	expect(broken.error).toBeDefined();
	expect(events.map(tagsOf).flat().sort()).toContain(tags.uploaded);
	expect(events.map(tagsOf).flat().sort()).toContain(tags.upload);
	for (const event of events)
		if (!tagsOf(event).includes(tags.upload))
			expect(event.attributes.every(({ value }) => world.orion.iocs.has(`filehashioc:${value}`))).toBe(true);
	world.misp.faults.clear();
	expect((await world.sync('upload')).error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(12_000);
});

test('only the events of the chosen organisations are taken', async () => {
	const ours = world.tagged('Ours', 2, { org: 'CIRCL' });
	const theirs = world.tagged('Theirs', 2, { org: 'Other' });
	const run = await world.sync('upload', { filters: { org: 'CIRCL' } });
	expect(run.error).toBeUndefined();
	expect(tagsOf(ours)).toEqual([tags.uploaded]);
	expect(tagsOf(theirs)).toEqual([tags.upload]);
});

test('a tag that MISP does not let this key remove is told, and the other events are done', async () => {
	const { store, keys } = world.misp;
	for (const name of [tags.uploaded, tags.notUploaded]) store.addTag(name);
	const foreign = world.tagged('Foreign', 1, { distribution: 3, tags: [{ name: tags.upload, local: false }] });
	const own = world.tagged('Ours', 1, { distribution: 3, org: store.userByEmail('other@admin.test').org.name });
	world.credentials.mispInstanceApi = { url: world.misp.url, apiKey: keys.otherOrg };
	const run = await world.sync('upload', {}, { onError: 'continueErrorOutput' });
	expect(world.orion.iocs.size).toBe(2);
	expect(tagsOf(own)).toEqual([tags.uploaded]);
	expect(tagsOf(foreign)).toContain(tags.upload);
	expect(run.errorItems).toHaveLength(1);
	expect(run.errorItems[0]?.json).toMatchObject({
		error: expect.stringMatching(/The tags of event .* could not be set/),
	});
	expect(summaryOf(run)).toMatchObject({ events: 2, events_settled: 1, imported: 2 });
});

test.each([
	[{ ttlDays: 0 }, /time to live must be a whole number/],
	[{ tags: { uploadTag: ' ' } }, /"Upload Tag" is empty/],
	[{ tags: { uploadTag: 'same', deleteTag: 'SAME' } }, /Two of the tags are the same/],
	[{ filters: { org: '' } }, /The filter "Organisations" is empty/],
	[{ options: { batchSize: 5_000 } }, /"Batch Size" is 5000/],
])('bad input %j is told before anything is asked', async (parameters, message) => {
	world.tagged('Waits', 1);
	const run = await world.sync('upload', parameters);
	expect(run.error?.message).toMatch(message);
	expect(world.askedOfMisp()).toEqual([]);
});
