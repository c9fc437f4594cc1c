import { runWorkflow } from '../engine/harness';
import { startWorld, tags, tagsOf, template } from './world';
import type { World } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld();
	world.misp.feeds.feeds.length = 0;
	for (const feed of world.feeds.feeds) {
		world.misp.feeds.add({
			name: feed.name,
			provider: 'sandbox',
			url: feed.url,
			source_format: feed.format,
			enabled: true,
			...('settings' in feed && { settings: JSON.stringify(feed.settings) }),
		});
	}
});
afterEach(async () => await world.close());

const run = async (name: string, workflowId = name) =>
	await runWorkflow(template(name), { credentials: world.credentials, workflowId });

test('the first test says that all is ready and leaves nothing in Orion', async () => {
	const result = await run('first-test');
	expect(result.error).toBeUndefined();
	expect(result.node('Ready')[0]?.json).toEqual({
		misp_version: '2.5.1',
		orion_import: 'imported',
		orion_delete: 'deleted',
	});
	expect(world.orion.counts).toMatchObject({ imported: 1, erased: 1 });
	expect(world.orion.iocs.size).toBe(0);
});

test('feeds are fetched, and one that cannot be reached is named', async () => {
	world.misp.feeds.add({
		name: 'Gone',
		provider: 'sandbox',
		url: 'http://127.0.0.1:9/feed',
		source_format: 'misp',
		enabled: true,
	});
	const result = await run('fetch-feeds');
	expect(result.error).toBeUndefined();
	expect(result.node('Fetch feeds').map(({ json }) => [json.name, json.outcome])).toEqual([
		['Sandbox Feed One', 'fetched'],
		['Sandbox Feed Two', 'fetched'],
		['Sandbox Feed Three', 'fetched'],
		['Gone', 'failed'],
	]);
	expect(result.node('Feeds that need attention').map(({ json }) => json.name)).toEqual(['Gone']);
	expect(world.misp.store.events.size).toBeGreaterThan(3);
});

test('the whole pipeline, from feeds to IOCs, in one run; a second run changes nothing', async () => {
	const result = await run('full-pipeline');
	expect(result.error).toBeUndefined();
	expect(world.orion.iocs.size).toBeGreaterThan(10);
	const states = [...world.misp.store.events.values()].map(tagsOf);
	expect(states.some((names) => names.includes(tags.uploaded))).toBe(true);
	expect(states.some((names) => names.includes(tags.upload))).toBe(false);

	const iocs = new Map(world.orion.iocs);
	world.orion.requests.length = 0;
	const again = await run('full-pipeline');
	expect(again.error).toBeUndefined();
	expect([...world.orion.iocs.keys()].sort()).toEqual([...iocs.keys()].sort());
	expect(world.orion.requests.filter(({ path }) => path.includes('/iocs/'))).toEqual([]);
});

test('the pipeline goes on where MISP has no feeds', async () => {
	world.misp.feeds.feeds.length = 0;
	world.misp.store.addEvent({
		info: 'By hand',
		published: true,
		attributes: [{ type: 'domain', value: 'by-hand.sandbox-test.com', to_ids: true }],
	});
	const result = await run('full-pipeline');
	expect(result.error).toBeUndefined();
	expect([...world.orion.iocs.keys()]).toEqual(['domainioc:by-hand.sandbox-test.com']);
});
