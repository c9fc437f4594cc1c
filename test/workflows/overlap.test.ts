import type { MispEvent } from '../../sandbox/misp/model';
import type { WorkflowRun } from '../engine/harness';
import { runWorkflow } from '../engine/harness';
import { undisturbed } from './faults/cells';
import type { Job } from './faults/job';
import { differences } from './faults/promises';
import { set, snapshot } from './faults/scene';
import { deletion } from './faults/deletion';
import { syncDelete, syncUpload } from './faults/sync';
import { upload } from './faults/upload';
import { md5, startWorld, tags, tagsOf, template } from './world';
import type { World } from './world';

const realTime = { pauses: 1, timeouts: 1 };
const noExcuse = { refused: () => false, unpublished: false };
let world: World;
beforeEach(async () => {
	world = await startWorld({ publishDelayMs: 20 });
});
afterEach(async () => await world.close());

describe('two runs at the same time', () => {
	test.each<[string, Job, Job]>([
		['uploads', upload, upload],
		['uploads, one of them by the sync node,', upload, syncUpload],
		['uploads by the sync node', syncUpload, syncUpload],
		['deletions', deletion, deletion],
		['deletions by the sync node', syncDelete, syncDelete],
	])('%s end as one of them would have, at the latest after the next', async (_name, one, other) => {
		const { end } = await undisturbed(one);
		const before = (set(world, one.scene), snapshot(world, one.scene));
		const reports = await Promise.all([one, other].map(async (job) => await job.run(world, realTime)));
		const refused = new Set(one.scene.refused);
		for (const report of reports)
			expect(one.broken({ before, after: snapshot(world, one.scene), report, refused })).toEqual([]);
		expect((await one.run(world, realTime)).error).toBeUndefined();
		expect(differences(end, snapshot(world, one.scene), noExcuse)).toEqual([]);
	});
});

const run = async (name: string, workflowId?: string): Promise<WorkflowRun> => {
	const done = await runWorkflow(template(name), {
		credentials: world.credentials,
		...(workflowId !== undefined && { workflowId }),
	});
	expect(done.error).toBeUndefined();
	return done;
};
const tag = (event: MispEvent, name: string) =>
	world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(name), true);
const untag = (event: MispEvent, name: string) =>
	world.misp.store.detach({ kind: 'event', event }, world.misp.store.addTag(name));
const hashes = (...names: string[]) => names.map((name) => ({ type: 'md5', value: md5(name), to_ids: true }));
const held = () => [...world.orion.iocs.values()].map(({ value }) => value).sort();
const seed = (control: string, names: string[]) =>
	world.misp.store.addEvent({
		info: 'In hand',
		published: true,
		tags: [{ name: control, local: true }],
		attributes: hashes(...names),
	});

/** When the IOCs are on their way to Orion: the attributes have been read by then. */
const whileImporting = (meanwhile: () => void) =>
	world.orion.faults.add({ path: /iocs\/filehashioc\?/, times: 1, meanwhile });
const whileErasing = (meanwhile: () => void) => world.orion.faults.add({ path: /eraser/, times: 1, meanwhile });

describe('an event that is changed while it is being uploaded', () => {
	test('tagged for deletion meanwhile, it is out after the next deletion', async () => {
		const event = seed(tags.upload, ['a', 'b']);
		whileImporting(() => tag(event, tags.delete));
		await run('upload-iocs');
		await run('delete-iocs');
		await run('upload-iocs');
		expect(held()).toEqual([]);
		expect(tagsOf(event)).toEqual([tags.deleted]);
	});

	test('what a feed deletes meanwhile, or takes from detection, is out after the next deletion', async () => {
		const event = seed(tags.upload, ['a', 'b', 'c']);
		whileImporting(() => {
			const [first, second] = event.attributes;
			if (!first || !second) throw new Error('The event has no attributes');
			first.deleted = true;
			second.toIds = false;
		});
		await run('upload-iocs');
		await run('delete-iocs');
		expect(held()).toEqual([md5('c')]);
		expect(tagsOf(event)).toEqual([tags.uploaded]);
	});

	test('what a feed adds meanwhile goes up once the change was tagged', async () => {
		const event = seed(tags.upload, ['a']);
		whileImporting(() => {
			world.misp.store.touch(event);
			hashes('b').forEach((attribute) => world.misp.store.addAttribute(event, attribute));
		});
		await run('upload-iocs');
		await run('tag-and-publish', 'tagging');
		await run('upload-iocs');
		expect(held()).toEqual([md5('a'), md5('b')].sort());
		expect(tagsOf(event)).toEqual([tags.uploaded]);
		expect(event.published).toBe(true);
	});

	test('events that come meanwhile are taken up by the next run', async () => {
		const event = seed(tags.upload, ['a']);
		const later: MispEvent[] = [];
		whileImporting(() => void later.push(seed(tags.upload, ['b'])));
		await run('upload-iocs');
		await run('upload-iocs');
		expect(held()).toEqual([md5('a'), md5('b')].sort());
		expect([event, ...later].map(tagsOf)).toEqual([[tags.uploaded], [tags.uploaded]]);
	});

	test('untagged meanwhile by its analyst, it is uploaded all the same and marked, so that it can be taken out', async () => {
		const event = seed(tags.upload, ['a']);
		whileImporting(() => void untag(event, tags.upload));
		await run('upload-iocs');
		expect(held()).toEqual([md5('a')]);
		expect(tagsOf(event)).toEqual([tags.uploaded]);
	});

	test('deleted from MISP meanwhile, it stops nobody else', async () => {
		const event = seed(tags.upload, ['a']);
		const other = world.misp.store.addEvent({
			info: 'The other',
			published: true,
			tags: [{ name: tags.upload, local: true }],
			attributes: hashes('b'),
		});
		whileImporting(() => world.misp.store.deleteEvent(event));
		await runWorkflow(template('upload-iocs'), { credentials: world.credentials });
		await run('upload-iocs');
		expect(held()).toContain(md5('b'));
		expect(tagsOf(other)).toEqual([tags.uploaded]);
	});
});

describe('an event that is changed while it is being deleted', () => {
	test('wanted again meanwhile, it is back after the next upload', async () => {
		const event = seed(tags.upload, ['a']);
		await run('upload-iocs');
		tag(event, tags.delete);
		whileErasing(() => tag(event, tags.upload));
		await run('delete-iocs');
		await run('upload-iocs');
		await run('delete-iocs');
		expect(held()).toEqual([md5('a')]);
		expect(tagsOf(event)).toEqual([tags.uploaded]);
	});

	test('what another event comes to want meanwhile is back after that event’s upload', async () => {
		const event = seed(tags.upload, ['a']);
		await run('upload-iocs');
		tag(event, tags.delete);
		whileErasing(() => void seed(tags.upload, ['a']));
		await run('delete-iocs');
		await run('upload-iocs');
		expect(held()).toEqual([md5('a')]);
		expect(tagsOf(event)).toEqual([tags.deleted]);
	});

	test.each([
		{ first: 'upload-iocs', then: 'delete-iocs', state: tags.deleted, iocs: [] },
		{ first: 'delete-iocs', then: 'upload-iocs', state: tags.uploaded, iocs: [md5('a')] },
	])('tagged for both at once, $then has the last word after $first', async ({ first, then, state, iocs }) => {
		const event = seed(tags.upload, ['a']);
		tag(event, tags.delete);
		await run(first);
		await run(then);
		await run(first);
		expect(held()).toEqual(iocs);
		expect(tagsOf(event)).toEqual([state]);
	});
});
