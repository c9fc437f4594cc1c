import { runWorkflow } from '../engine/harness';
import { md5, startWorld, tagsOf, template } from './world';
import type { World } from './world';

const enrichTag = 'cytomic-orion:action="enrich"';

let world: World;
beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

const run = async (edit?: Parameters<typeof runWorkflow>[1]) =>
	await runWorkflow(template('enrich-md5'), { credentials: world.credentials, ...edit });

/** A file that Orion saw on so many computers. */
function knownFile(text: string, computers: string[] = ['PC-1', 'PC-2']): string {
	const { estate } = world.orion;
	const now = Date.now();
	const seenOn = computers.map((machineName) => ({
		muid: estate.seedComputer({ machineName }).muid,
		lastPath: `C:\\Temp\\${text}.exe`,
		firstSeen: now - 9_000_000,
		lastSeen: now - 1_000_000,
	}));
	estate.seedFile({ md5: md5(text), fileName: `${text}.exe`, seenOn });
	return md5(text);
}

type MispEvent = ReturnType<World['misp']['store']['addEvent']>;

const objectsOf = (event: MispEvent) => world.misp.objects.ofEvent(event).filter(({ deleted }) => !deleted);

/** Names of objects of an event, and the values in them by relation. */
const written = (event: MispEvent) =>
	objectsOf(event).map(({ id, name }) => ({
		name,
		...Object.fromEntries(
			event.attributes
				.filter(({ objectId, deleted }) => objectId === id && !deleted)
				.map(({ objectRelation, value }) => [objectRelation ?? '', value]),
		),
	}));

test('a tagged MD5 gets what Orion knows as objects in its event; the event stays published, and the tag goes', async () => {
	const event = world.misp.store.addEvent({
		info: 'Sample',
		published: true,
		attributes: [
			{ type: 'md5', value: knownFile('sample'), to_ids: true, tags: [{ name: enrichTag, local: true }] },
			{ type: 'md5', value: knownFile('not asked for') },
		],
	});
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(written(event)).toMatchObject([
		{ name: 'cytomic-orion-file', fileName: 'sample.exe', classificationName: 'Malware' },
		{
			name: 'cytomic-orion-machine',
			machineName: 'PC-1',
			machinePath: 'C:\\Temp\\sample.exe',
			clientName: 'Sandbox Client One',
		},
		{ name: 'cytomic-orion-machine', machineName: 'PC-2' },
	]);
	expect(event.attributes.flatMap(tagsOf)).toEqual([]);
	expect(event.published).toBe(true);
});

test('the tag on an event stands for all of its MD5s, in whatever form', async () => {
	const event = world.misp.store.addEvent({
		info: 'Kit',
		published: false,
		tags: [{ name: enrichTag, local: true }],
		attributes: [
			{ type: 'md5', value: knownFile('one', ['PC-1']).toUpperCase() },
			{ type: 'filename|md5', value: `two.exe|${knownFile('two', ['PC-1'])}` },
			{ type: 'filename|md5', value: `one.exe|${md5('one')}` },
			{ type: 'sha256', value: 'a'.repeat(64) },
		],
	});
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(written(event).map(({ name }) => name)).toEqual([
		'cytomic-orion-file',
		'cytomic-orion-machine',
		'cytomic-orion-file',
		'cytomic-orion-machine',
	]);
	expect(tagsOf(event)).toEqual([]);
	expect(event.published).toBe(false);
});

test('run again, it adds no second object, and brings up to date what Orion says otherwise now', async () => {
	const hash = knownFile('again', ['PC-1']);
	const event = world.misp.store.addEvent({
		info: 'Again',
		published: true,
		attributes: [{ type: 'md5', value: hash }],
	});
	const tag = () => world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(enrichTag), true);
	tag();
	await run();
	expect(objectsOf(event)).toHaveLength(2);
	const before = written(event);

	tag();
	world.misp.requests.length = 0;
	const same = await run();
	expect(same.error).toBeUndefined();
	expect(written(event)).toEqual(before);
	expect(world.misp.requests.filter(({ path }) => /\/(objects|attributes)\/(add|edit)/.test(path))).toEqual([]);

	const file = world.orion.estate.files.get(hash);
	world.orion.estate.seedFile({ ...file, md5: hash, fileName: 'again.exe', classificationName: 'Goodware' });
	tag();
	const later = await run();
	expect(later.error).toBeUndefined();
	expect(objectsOf(event)).toHaveLength(2);
	expect(written(event)[0]).toMatchObject({ classificationName: 'Goodware' });
	expect(tagsOf(event)).toEqual([]);
});

test('an object that somebody deleted stays deleted', async () => {
	const event = world.misp.store.addEvent({
		info: 'Deleted',
		tags: [{ name: enrichTag, local: true }],
		attributes: [{ type: 'md5', value: knownFile('gone', []) }],
	});
	await run();
	const [object] = objectsOf(event);
	if (!object) throw new Error('no object');
	await fetch(`${world.misp.url}/objects/delete/${object.id}`, {
		method: 'POST',
		headers: { Authorization: world.misp.keys.admin, Accept: 'application/json' },
	});
	expect(objectsOf(event)).toHaveLength(0);
	world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(enrichTag), true);
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(objectsOf(event)).toHaveLength(0);
});

test('a hash that Orion does not know says so, and writes nothing', async () => {
	const event = world.misp.store.addEvent({
		info: 'Unknown',
		attributes: [{ type: 'md5', value: md5('never seen'), tags: [{ name: enrichTag, local: true }] }],
	});
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(result.node('Unknown to Orion').map(({ json }) => json)).toEqual([
		expect.objectContaining({
			md5: md5('never seen'),
			message: 'Orion does not know this file',
			event_uuid: event.uuid,
		}),
	]);
	expect(objectsOf(event)).toHaveLength(0);
	expect(event.attributes.flatMap(tagsOf)).toEqual([]);
});

test('events named in Settings are looked at without any tag', async () => {
	const [one, other] = ['One', 'Other'].map((info) =>
		world.misp.store.addEvent({ info, attributes: [{ type: 'md5', value: knownFile(info, []) }] }),
	);
	if (!one || !other) throw new Error('no events');
	const result = await run({
		edit: ({ nodes }) => {
			const settings = nodes.find(({ name }) => name === 'Settings');
			if (settings)
				settings.parameters = JSON.parse(
					JSON.stringify(settings.parameters).replace(
						'"name":"events","value":""',
						`"name":"events","value":"${one.uuid}"`,
					),
				);
		},
	});
	expect(result.error).toBeUndefined();
	expect([one, other].map((event) => objectsOf(event).length)).toEqual([1, 0]);
});

test('more events than one slice holds are all done, and a second run costs one search', async () => {
	const events = Array.from({ length: 12 }, (_, n) =>
		world.misp.store.addEvent({
			info: `Event ${n}`,
			published: true,
			tags: [{ name: enrichTag, local: true }],
			attributes: [{ type: 'md5', value: knownFile(`file ${n}`, ['PC-1']) }],
		}),
	);
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(events.map((event) => [objectsOf(event).length, tagsOf(event).length, event.published])).toEqual(
		events.map(() => [2, 0, true]),
	);
	world.misp.requests.length = 0;
	world.orion.requests.length = 0;
	await run();
	expect(world.misp.requests.map(({ path }) => path)).toEqual(['/events/restSearch']);
	expect(world.orion.requests).toHaveLength(0);
});

test('while Orion is down the run stops in red and the tag stays; the next run does the work', async () => {
	const event = world.misp.store.addEvent({
		info: 'Later',
		tags: [{ name: enrichTag, local: true }],
		attributes: [{ type: 'md5', value: knownFile('later', []) }],
	});
	world.orion.faults.add({
		path: /forensics/,
		answer: { status: 503, body: 'maintenance', headers: { 'retry-after': '0' } },
	});
	const down = await run();
	expect(down.success).toBe(false);
	expect(tagsOf(event)).toEqual([enrichTag]);
	world.orion.faults.clear();
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(objectsOf(event)).toHaveLength(1);
	expect(tagsOf(event)).toEqual([]);
});
