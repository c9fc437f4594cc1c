import type { MispEvent } from '../../../sandbox/misp/model';
import type { SyncWorld } from './sync';
import { md5, startSyncWorld, summaryOf, tags, tagsOf } from './sync';

let world: SyncWorld;
beforeEach(async () => {
	world = await startSyncWorld({ publishDelayMs: 1 });
});
afterEach(async () => await world.close());

const publishing = /\/events\/publish\//;
const global = (name: string) => [{ name, local: false }];
const local = (...names: string[]) => names.map((name) => ({ name, local: true }));
const refused = { answer: { status: 500, body: { message: 'An Internal Error Has Occurred.' } } };

/** As a run leaves an event that was killed after MISP had unpublished it. */
const leftUnpublished = (info: string, ...more: string[]): MispEvent =>
	world.tagged(info, 2, { published: false, org: 'CIRCL', tags: local(tags.publishAgain, ...more) });

const ordersToPublish = () => world.askedOfMisp().filter((path) => publishing.test(path)).length;

test.each(['upload', 'delete'] as const)(
	'an event that %s could not publish again carries a mark, and the next run publishes it',
	async (operation) => {
		const event = world.tagged('Global', 3, { tags: global(tags[operation]) });
		world.misp.faults.add({ path: publishing, ...refused });
		const broken = await world.sync(operation);
		expect(broken.error?.message).toMatch(/1 events are left to do.*its event is unpublished since/);
		expect(event).toMatchObject({ published: false });
		const state = operation === 'upload' ? tags.uploaded : tags.deleted;
		expect(tagsOf(event)).toEqual([state, tags.publishAgain]);

		world.misp.faults.clear();
		world.orion.requests.length = 0;
		const run = await world.sync(operation);
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ summary: true, events: 0, published_again: 1 }]);
		expect(event).toMatchObject({ published: true });
		expect(tagsOf(event)).toEqual([state]);
		expect(world.orion.requests).toHaveLength(0);
	},
);

test.each([
	{
		what: 'two tags of an event',
		event: [...global(tags.deleted), ...global(tags.upload)],
		attributes: [],
		removals: 2,
	},
	{
		what: 'tags of two attributes',
		event: [],
		attributes: [...global(tags.upload), ...global(tags.upload)],
		removals: 2,
	},
])('for $what there is one mark, before the first goes and until the event is published', async (scene) => {
	const event = world.tagged('Several', 0, {
		tags: scene.event,
		attributes: scene.attributes.map((tag, n) => ({ type: 'md5', value: md5(String(n)), to_ids: true, tags: [tag] })),
	});
	const run = await world.sync('upload');
	expect(run.error).toBeUndefined();
	expect(event.published).toBe(true);
	expect([event, ...event.attributes].flatMap(tagsOf)).not.toContain(tags.publishAgain);
	const steps = world.misp.requests
		.filter(({ path }) => !path.includes('restSearch'))
		.map(({ path, body }) => `${path} ${JSON.stringify(body)}`)
		.filter((step) => step.includes('publish') || step.includes('removeTag'))
		.map((step) => `${step.includes('publish-again') ? 'mark: ' : ''}${step.split(' ')[0]}`);
	expect(steps).toEqual([
		'mark: /tags/add',
		'mark: /tags/attachTagToObject',
		...Array.from({ length: scene.removals }, () => '/tags/removeTagFromObject'),
		`/events/publish/${event.uuid}`,
		'mark: /tags/removeTagFromObject',
	]);
});

test('an event that only carries the mark is neither uploaded nor deleted for it', async () => {
	const event = leftUnpublished('Left');
	for (const operation of ['upload', 'delete', 'reconcile'] as const) {
		event.published = false;
		if (operation !== 'upload') world.attach({ kind: 'event', event }, tags.publishAgain);
		expect((await world.sync(operation)).error).toBeUndefined();
		expect(event).toMatchObject({ published: true, tags: [] });
	}
	expect(world.orion.requests.filter(({ path }) => path.includes('/iocs/'))).toHaveLength(0);
});

test('what still waits for its upload is published again first, and goes up in the same run; a draft waits', async () => {
	const event = leftUnpublished('Wanted again', tags.upload);
	const draft = world.tagged('Draft', 1, { published: false });
	const run = await world.sync('upload');
	expect(run.error).toBeUndefined();
	expect(summaryOf(run)).toMatchObject({ events: 1, imported: 2, published_again: 1 });
	expect(event).toMatchObject({ published: true });
	expect([event, draft].map(tagsOf)).toEqual([[tags.uploaded], [tags.upload]]);
	expect(draft.published).toBe(false);
});

test('a mark on an event that is published is taken off, and nothing is published', async () => {
	const event = world.tagged('Published by hand', 1, { tags: local(tags.uploaded, tags.publishAgain) });
	await world.sync('delete');
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(ordersToPublish()).toBe(0);
});

test.each([{ tagsAny: 'tlp:green' }, { tagsAll: 'tlp:green' }, { published: 'yes' }, { org: 'CIRCL' }])(
	'with the filter %j, what was left unpublished is found all the same',
	async (filters) => {
		const event = leftUnpublished('Left', 'tlp:green');
		const run = await world.sync('delete', { filters });
		expect(run.error).toBeUndefined();
		expect(event).toMatchObject({ published: true });
		expect(tagsOf(event)).toEqual(['tlp:green']);
	},
);

test('while it cannot be published, each run names it, and does the rest of its work', async () => {
	const left = leftUnpublished('Left');
	const other = world.tagged('Other', 1);
	world.misp.faults.add({ path: publishing, ...refused });
	const run = await world.sync('upload', {}, { onError: 'continueErrorOutput' });
	expect(run.errorItems).toMatchObject([
		{ json: { error: expect.stringMatching(/Left\), which an earlier run left unpublished/) } },
	]);
	expect(tagsOf(left)).toEqual([tags.publishAgain]);
	expect(tagsOf(other)).toEqual([tags.uploaded]);
});

test('where the mark cannot be made, the global tag stays on, and the event published', async () => {
	const event = world.tagged('Global', 1, { tags: global(tags.upload) });
	world.misp.faults.add({
		path: '/tags/attachTagToObject',
		body: /publish-again/,
		answer: { status: 403, body: { message: 'You do not have permission to use this functionality.' } },
	});
	const run = await world.sync('upload');
	expect(run.error?.message).toMatch(/its event has to be marked with "cytomic-orion:state="publish-again"" first/);
	expect(event.published).toBe(true);
	expect(tagsOf(event)).toContain(tags.upload);
});

test('a dry run publishes nothing', async () => {
	const event = leftUnpublished('Left');
	const run = await world.sync('upload', { dryRun: true });
	expect(run.json).toMatchObject([{ summary: true, events: 0 }]);
	expect(event.published).toBe(false);
	expect(tagsOf(event)).toEqual([tags.publishAgain]);
});
