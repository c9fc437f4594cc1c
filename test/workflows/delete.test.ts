import { runWorkflow } from '../engine/harness';
import { md5, startWorld, tags, tagsOf, template } from './world';
import type { World } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

const run = async (name: string) => await runWorkflow(template(name), { credentials: world.credentials });

const uploaded = async (info: string, values: string[]) => {
	const event = world.misp.store.addEvent({
		info,
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: values.map((value) => ({ type: 'md5', value, to_ids: true })),
	});
	return event;
};

const mark = (event: ReturnType<World['misp']['store']['addEvent']>, name: string) =>
	world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(name), true);

test('deleting 2 of 20 uploaded events removes exactly their IOCs, and unmarks and untags them', async () => {
	const events = await Promise.all(
		Array.from(
			{ length: 20 },
			async (_, e) =>
				await uploaded(
					`Campaign ${e}`,
					Array.from({ length: 20 }, (_unused, a) => md5(`${e} ${a}`)),
				),
		),
	);
	expect((await run('upload-iocs')).error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(400);
	const gone = [events[3], events[11]].flatMap((event) => (event ? [event] : []));
	gone.forEach((event) => mark(event, tags.delete));
	const result = await run('delete-iocs');
	expect(result.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(360);
	for (const event of gone) {
		expect(tagsOf(event)).toEqual([tags.deleted]);
		expect(event.published).toBe(true);
		expect(world.orion.iocs.has(`filehashioc:${md5(`${events.indexOf(event)} 0`)}`)).toBe(false);
	}
});

test('an IOC that another uploaded event still wants stays', async () => {
	const one = await uploaded('One', [md5('shared'), md5('own')]);
	await uploaded('Two', [md5('shared')]);
	await run('upload-iocs');
	mark(one, tags.delete);
	const result = await run('delete-iocs');
	expect(result.error).toBeUndefined();
	expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('shared')}`]);
	expect(result.node('Delete IOCs')[0]?.json).toMatchObject({
		deleted: 1,
		skipped: 1,
		skipped_by_reason: { still_wanted: 1 },
	});
	expect(tagsOf(one)).toEqual([tags.deleted]);
});

test('an event tagged for deletion by hand, with a global tag, and published then, ends published', async () => {
	const event = await uploaded('By hand', [md5('hand')]);
	await run('upload-iocs');
	world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(tags.delete), false);
	world.misp.store.publish(event);
	const result = await run('delete-iocs');
	expect(result.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(0);
	expect(tagsOf(event)).toEqual([tags.deleted]);
	expect(event.published).toBe(true);
});

test('with nothing to delete nothing is sent to Orion', async () => {
	const event = await uploaded('Stays', [md5('stays')]);
	world.misp.store.addAttribute(event, { type: 'md5', value: md5('never for detection'), to_ids: false });
	world.misp.store.addAttribute(event, { type: 'md5', value: md5('deleted before'), to_ids: true, deleted: true });
	await run('upload-iocs');
	world.orion.requests.length = 0;
	const result = await run('delete-iocs');
	expect(result.error).toBeUndefined();
	expect(world.orion.requests).toHaveLength(0);
	expect(world.orion.iocs.size).toBe(1);
});

test('what was revoked since it was uploaded goes out once, and comes back when it is wanted again', async () => {
	const event = await uploaded('Changes', [md5('a'), md5('b'), md5('c')]);
	await run('upload-iocs');
	const [a, b] = event.attributes;
	if (!a || !b) throw new Error('no attributes');
	const client = {
		headers: { Authorization: world.misp.keys.admin, Accept: 'application/json', 'Content-Type': 'application/json' },
		method: 'POST',
	};
	await fetch(`${world.misp.url}/attributes/delete/${world.misp.store.uuidOf(a)}`, client);
	await fetch(`${world.misp.url}/attributes/edit/${world.misp.store.uuidOf(b)}`, {
		...client,
		body: JSON.stringify({ to_ids: false }),
	});
	const first = await run('delete-iocs');
	expect(first.error).toBeUndefined();
	expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('c')}`]);
	expect(tagsOf(event)).toEqual([tags.uploaded]);

	world.orion.requests.length = 0;
	await run('delete-iocs');
	expect(world.orion.requests).toHaveLength(0);

	await fetch(`${world.misp.url}/attributes/edit/${world.misp.store.uuidOf(b)}`, {
		...client,
		body: JSON.stringify({ to_ids: true }),
	});
	await run('delete-iocs');
	expect(tagsOf(b)).toEqual([]);
});

test('an IOC revoked from an event that is uploaded again goes out all the same', async () => {
	const event = await uploaded('Changes', [md5('a'), md5('b')]);
	await run('upload-iocs');
	const [a] = event.attributes;
	if (!a) throw new Error('no attribute');
	a.toIds = false;
	world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(tags.upload), true);
	expect((await run('upload-iocs')).error).toBeUndefined();
	expect((await run('delete-iocs')).error).toBeUndefined();
	expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('b')}`]);
	expect(tagsOf(a)).toEqual([tags.notUploaded]);
});

test('what was deleted by its tag stays deleted, until somebody tags it for upload again', async () => {
	const event = await uploaded('Not again', [md5('again')]);
	await run('upload-iocs');
	mark(event, tags.delete);
	await run('delete-iocs');
	expect(world.orion.iocs.size).toBe(0);
	await run('full-pipeline');
	expect(world.orion.iocs.size).toBe(0);
	mark(event, tags.upload);
	await run('upload-iocs');
	expect(world.orion.iocs.size).toBe(1);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
});
