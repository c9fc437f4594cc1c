import { runWorkflow } from '../engine/harness';
import { md5, startWorld, tags, tagsOf, template } from './world';
import type { World } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

const upload = async () => await runWorkflow(template('upload-iocs'), { credentials: world.credentials });

test('10,000 IOCs of 20 tagged events go up in one run, and the events end untagged, published and marked', async () => {
	const { misp, orion } = world;
	const events = Array.from({ length: 20 }, (_, e) =>
		misp.store.addEvent({
			info: `Campaign ${e}`,
			published: true,
			tags: [{ name: tags.upload, local: true }],
			attributes: Array.from({ length: 500 }, (_unused, a) => ({ type: 'md5', value: md5(`${e} ${a}`), to_ids: true })),
		}),
	);
	const run = await upload();
	expect(run.error).toBeUndefined();
	expect(orion.iocs.size).toBe(10_000);
	expect([...orion.iocs.values()].every(({ daysToExpiration }) => daysToExpiration === 365)).toBe(true);
	for (const event of events) {
		expect(tagsOf(event)).toEqual([tags.uploaded]);
		expect(event.published).toBe(true);
	}
	// What n8n saves with the execution are results per event, not ten thousand attributes: those are in a file, which it keeps apart.
	const saved = run.executions.flatMap(({ outputs }) => outputs.flat().map(({ json }) => json));
	expect(JSON.stringify(saved).length).toBeLessThan(100_000);
	expect(run.node('Upload totals')[0]?.json).toMatchObject({ sum_imported: 10_000, sum_open: 0 });
});

test('a second run with nothing to do costs two searches, for what is tagged and what was left, and sends nothing to Orion', async () => {
	world.misp.store.addEvent({
		info: 'Once',
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: [{ type: 'md5', value: md5('once'), to_ids: true }],
	});
	await upload();
	world.misp.requests.length = 0;
	world.orion.requests.length = 0;
	const run = await upload();
	expect(run.success).toBe(true);
	expect(world.misp.requests.map(({ path }) => path)).toEqual(['/events/restSearch', '/events/restSearch']);
	expect(world.orion.requests).toHaveLength(0);
});

test('attributes tagged one by one go up without the rest of their event', async () => {
	const event = world.misp.store.addEvent({
		info: 'Two of three',
		published: true,
		attributes: [
			{ type: 'domain', value: 'one.sandbox-test.com', to_ids: true, tags: [{ name: tags.upload, local: true }] },
			{ type: 'domain', value: 'two.sandbox-test.com', to_ids: true },
			{
				type: 'url',
				value: 'hxxp://three[.]sandbox-test[.]com/x',
				to_ids: true,
				tags: [{ name: tags.upload, local: false }],
			},
		],
	});
	const run = await upload();
	expect(run.error).toBeUndefined();
	expect([...world.orion.iocs.keys()].sort()).toEqual([
		'domainioc:one.sandbox-test.com',
		'urlioc:http://three.sandbox-test.com/x',
	]);
	expect(event.attributes.map(tagsOf)).toEqual([[tags.uploaded], [], [tags.uploaded]]);
	expect(event.published).toBe(true);
});

test('an event whose tag is global is untagged and ends published all the same', async () => {
	const event = world.misp.store.addEvent({
		info: 'By hand',
		published: true,
		tags: [{ name: tags.upload, local: false }],
		attributes: [{ type: 'md5', value: md5('hand'), to_ids: true }],
	});
	const run = await upload();
	expect(run.error).toBeUndefined();
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(event.published).toBe(true);
});

test('an event with nothing for Orion in it is untagged too, and one that is unpublished waits', async () => {
	const empty = world.misp.store.addEvent({
		info: 'Only SHA-256',
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: [{ type: 'sha256', value: 'a'.repeat(64), to_ids: true }],
	});
	const draft = world.misp.store.addEvent({
		info: 'Draft',
		published: false,
		tags: [{ name: tags.upload, local: true }],
		attributes: [{ type: 'md5', value: md5('draft'), to_ids: true }],
	});
	const run = await upload();
	expect(run.error).toBeUndefined();
	expect(tagsOf(empty)).toEqual([tags.uploaded]);
	expect(tagsOf(draft)).toEqual([tags.upload]);
	expect(world.orion.iocs.size).toBe(0);
});

test('one value that Orion refuses does not keep the other 99 of its batch out, and is named', async () => {
	const values = Array.from({ length: 100 }, (_, n) => md5(`batch ${n}`));
	world.orion.refuse(values[41] ?? '');
	const event = world.misp.store.addEvent({
		info: 'One bad',
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: values.map((value) => ({ type: 'md5', value, to_ids: true })),
	});
	const run = await upload();
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(99);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(run.node('Upload IOCs')[0]?.json).toMatchObject({
		imported: 99,
		failed: 1,
		open: 0,
		not_done: [{ value: values[41], status: 'failed', reason: 'refused' }],
	});
});

test('while Orion is down the run stops in red, nothing is untagged, and the next run does the work', async () => {
	const event = world.misp.store.addEvent({
		info: 'Later',
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: [{ type: 'md5', value: md5('later'), to_ids: true }],
	});
	world.orion.faults.add({
		path: /iocs/,
		answer: { status: 503, body: 'maintenance', headers: { 'retry-after': '0' } },
	});
	const down = await upload();
	expect(down.success).toBe(false);
	expect(down.error?.message).toContain('Orion is not available');
	expect(tagsOf(event)).toEqual([tags.upload]);
	world.orion.faults.clear();
	const run = await upload();
	expect(run.success).toBe(true);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(world.orion.iocs.size).toBe(1);
});

test('two runs at once do no harm', async () => {
	const events = Array.from({ length: 3 }, (_, e) =>
		world.misp.store.addEvent({
			info: `Both ${e}`,
			published: true,
			tags: [{ name: tags.upload, local: true }],
			attributes: Array.from({ length: 120 }, (_unused, a) => ({
				type: 'md5',
				value: md5(`both ${e} ${a}`),
				to_ids: true,
			})),
		}),
	);
	const runs = await Promise.all([upload(), upload()]);
	expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
	expect(world.orion.iocs.size).toBe(360);
	expect(events.map(tagsOf)).toEqual([[tags.uploaded], [tags.uploaded], [tags.uploaded]]);
});

test('a key that may not create the tag "uploaded" is told so before anything is sent', async () => {
	const event = world.misp.store.addEvent({
		info: 'No tag yet',
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: [{ type: 'md5', value: md5('no tag'), to_ids: true }],
	});
	world.credentials.mispInstanceApi = { url: world.misp.url, apiKey: world.misp.keys.user };
	const run = await upload();
	expect(run.error).toMatchObject({ node: 'Tag for what is uploaded' });
	expect(run.error?.message).toMatch(/tag/i);
	expect(world.orion.iocs.size).toBe(0);
	expect(tagsOf(event)).toEqual([tags.upload]);
});

test('a wrong key and a MISP that is down end in a message at the first node', async () => {
	world.credentials.mispInstanceApi = { url: world.misp.url, apiKey: 'wrong' };
	expect((await upload()).error).toMatchObject({
		node: 'Left unpublished',
		message: expect.stringMatching(/does not accept this API key/),
	});
	world.credentials.mispInstanceApi = { url: 'http://127.0.0.1:9', apiKey: 'x' };
	expect((await upload()).error).toMatchObject({
		node: 'Left unpublished',
		message: expect.stringMatching(/does not accept connections/),
	});
}, 60_000);

test('an event whose upload tag this key may not remove does not keep the others out, and the run says so', async () => {
	const { store, keys } = world.misp;
	for (const name of [tags.uploaded, tags.notUploaded, tags.publishAgain]) store.addTag(name);
	const foreign = Array.from({ length: 12 }, (_, e) =>
		store.addEvent({
			info: `Foreign ${e}`,
			published: true,
			distribution: 3,
			tags: [{ name: tags.upload, local: false }],
			attributes: [{ type: 'md5', value: md5(`foreign ${e}`), to_ids: true }],
		}),
	);
	const own = store.addEvent({
		info: 'Ours',
		published: true,
		distribution: 3,
		org: store.userByEmail('other@admin.test').org.name,
		tags: [{ name: tags.upload, local: true }],
		attributes: [{ type: 'md5', value: md5('ours'), to_ids: true }],
	});
	world.credentials.mispInstanceApi = { url: world.misp.url, apiKey: keys.otherOrg };
	const run = await upload();
	expect(world.orion.iocs.size).toBe(13);
	expect(tagsOf(own)).toEqual([tags.uploaded]);
	expect(foreign.every((event) => tagsOf(event).includes(tags.upload))).toBe(true);
	expect(run.error?.message).toMatch(
		/Events are not finished \(see "Upload tags to look at"\): .*may not change its global tags/,
	);
});

test('an event in which only attributes are tagged is not marked itself, and what cannot go up loses the tag', async () => {
	const event = world.misp.store.addEvent({
		info: 'By attribute',
		published: true,
		attributes: [
			{ type: 'md5', value: md5('off'), to_ids: false, tags: [{ name: tags.upload, local: true }] },
			{ type: 'md5', value: md5('not tagged'), to_ids: true },
		],
	});
	expect((await upload()).error).toBeUndefined();
	expect(tagsOf(event)).toEqual([]);
	expect(event.attributes.map(tagsOf)).toEqual([[tags.notUploaded], []]);
	expect(world.orion.iocs.size).toBe(0);
});
