import type { WorkflowRun } from '../engine/harness';
import { runWorkflow } from '../engine/harness';
import { startWorld, template } from './world';
import type { World } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld();
	const { feeds } = world.misp;
	feeds.feeds.splice(0);
	for (const { name, url, format, settings } of world.feeds.feeds) {
		feeds.add({
			name,
			url,
			source_format: format,
			provider: 'Sandbox',
			enabled: name.endsWith('One'),
			fixed_event: format === 'csv',
			...(settings && { settings }),
		});
	}
});
afterEach(async () => await world.close());

type Who = keyof World['misp']['keys'];

const run = async (who: Who = 'admin', edits: Record<string, string | number> = {}) =>
	await runWorkflow(template('review-feeds'), {
		credentials: { mispInstanceApi: { url: world.misp.url, apiKey: world.misp.keys[who] } },
		edit: (workflow) => {
			const settings = workflow.nodes.find(({ name }) => name === 'Settings');
			if (settings)
				settings.parameters = JSON.parse(JSON.stringify(settings.parameters), (_, one) =>
					one?.name in edits ? { ...one, value: edits[one.name] } : one,
				);
		},
	});

const table = (result: WorkflowRun) => result.node('Feeds, best first').map(({ json }) => json);
const rowOf = (result: WorkflowRun, name: string) => table(result).find((row) => row.name === name);

const add = (name: string, url: string, more: Record<string, unknown> = {}) =>
	world.misp.feeds.add({
		name,
		url,
		source_format: 'freetext',
		provider: 'Sandbox',
		fixed_event: true,
		delta_merge: true,
		...more,
	});

test('every feed, enabled or not, gets its row with size, share for Orion, overlap and advice', async () => {
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(table(result).map(({ rank }) => rank)).toEqual([1, 2, 3]);
	expect(rowOf(result, 'Sandbox Feed Two')).toEqual({
		rank: expect.any(Number),
		name: 'Sandbox Feed Two',
		provider: 'Sandbox',
		format: 'csv',
		enabled: false,
		advice: 'Enable it.',
		set_up: expect.stringContaining('Set Delta Merge'),
		values: '60',
		overlap: 'none',
		for_orion: '100 % (seen: 60 of 60 values)',
		new_for_orion: 'about 60',
		fixed_event: 'yes',
		publish: false,
		id: expect.stringMatching(/^\d+$/),
		url: `${world.feeds.url}/iocs.csv`,
	});
	expect(rowOf(result, 'Sandbox Feed One')).toMatchObject({
		enabled: true,
		advice: 'Keep it.',
		set_up: '',
		fixed_event: expect.stringContaining('does not apply'),
	});
	expect(rowOf(result, 'Sandbox Feed Three')).toMatchObject({
		fixed_event: 'no',
		set_up: expect.stringContaining('Set Fixed Event'),
	});
	expect(world.misp.store.events.size).toBe(0);
});

test('a share is counted from types and to_ids, as MISP would import them', async () => {
	const [hashes] = [add('Detection off', `${world.feeds.url}/freetext.txt`, { override_ids: true })];
	const result = await run();
	// 6 of the 60 indicators of the list are SHA-256.
	expect(rowOf(result, 'Sandbox Feed Three')?.for_orion).toBe('90 % (seen: 60 of 60 values)');
	expect(rowOf(result, hashes.name)).toMatchObject({
		for_orion: expect.stringMatching(/^0 %/),
		advice: expect.stringContaining('nothing that Orion takes'),
	});
});

test('of two feeds that hold the same the second is advised against', async () => {
	add('Copy of Three', `${world.feeds.url}/freetext.txt`);
	const result = await run();
	expect(rowOf(result, 'Sandbox Feed Three')).toMatchObject({
		overlap: '100 % in Copy of Three',
		advice: 'Enable it.',
		new_for_orion: 'about 54',
	});
	expect(rowOf(result, 'Copy of Three')).toMatchObject({
		overlap: '100 % in Sandbox Feed Three',
		advice: 'Leave it off: 100 % of it is in Sandbox Feed Three too.',
		new_for_orion: 'about 0',
	});
	expect(table(result).at(-1)).toMatchObject({ name: 'Copy of Three', set_up: '' });
});

test('a feed in use is not given up for one that is off, nor a small one for a large one that is off', async () => {
	add('Copy of Three', `${world.feeds.url}/freetext.txt`, { enabled: true });
	const result = await run();
	expect(rowOf(result, 'Copy of Three')).toMatchObject({ advice: 'Keep it.' });
	expect(rowOf(result, 'Sandbox Feed Three')).toMatchObject({ advice: expect.stringMatching(/^Leave it off: 100 %/) });

	world.feeds.freetext.push(...Array.from({ length: 100 }, (_, row) => `host-${row}.large-list.com`));
	world.feeds.csv.splice(
		0,
		60,
		...world.feeds.freetext
			.slice(1, 21)
			.map((value): [string, string, string] => ['2026-11-01', value, 'from the list']),
	);
	const off = world.misp.feeds.feeds.find(({ name }) => name === 'Copy of Three');
	if (off) world.misp.feeds.delete(off);
	for (const feed of world.misp.feeds.feeds) delete feed.download;
	const large = await run('admin', { large_feed: 100 });
	expect(rowOf(large, 'Sandbox Feed Three')).toMatchObject({ values: '160', advice: expect.stringMatching(/^Large/) });
	expect(rowOf(large, 'Sandbox Feed Two')).toMatchObject({
		overlap: '100 % in Sandbox Feed Three',
		advice: 'Enable it.',
	});
});

test('a feed that MISP cannot read comes last, with unknowns and the reason, and the others are judged all the same', async () => {
	add('Gone', 'http://127.0.0.1:9/list.txt', { enabled: true });
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(table(result).at(-1)).toMatchObject({
		name: 'Gone',
		advice: 'MISP cannot read it: repair or delete it.',
		values: expect.stringMatching(/^unknown: Job failed/),
		overlap: expect.stringMatching(/^unknown/),
		for_orion: expect.stringMatching(/^unknown/),
		new_for_orion: 'unknown',
	});
	expect(rowOf(result, 'Sandbox Feed Two')).toMatchObject({ advice: 'Enable it.' });
});

test('a feed whose source went away after caching keeps its size, and its share is unknown', async () => {
	await run();
	world.misp.faults.add({ path: /previewIndex\/\d+/, answer: { status: 302, headers: { location: '/feeds' } } });
	const result = await run();
	for (const row of table(result)) {
		expect(row).toMatchObject({
			values: expect.stringMatching(/^\d+$/),
			for_orion: expect.stringMatching(/^unknown: MISP could not read this feed/),
			advice: expect.stringContaining('Look at it yourself'),
		});
	}
});

test('Settings decide what is large, low and reviewed', async () => {
	const large = await run('admin', { large_feed: 10 });
	for (const { advice } of table(large)) expect(advice).toMatch(/^Large/);
	const little = await run('admin', { low_share: 95 });
	expect(rowOf(little, 'Sandbox Feed Three')?.advice).toMatch(/^Little of it is for Orion/);
	const enabled = await run('admin', { feeds: 'enabled' });
	expect(table(enabled).map(({ name }) => name)).toEqual(['Sandbox Feed One']);
});

test('a second run gives the same table', async () => {
	const first = await run();
	expect(table(await run())).toEqual(table(first));
});

test.each<Who>(['user', 'publisher', 'readOnly'])(
	'the key of a %s sees no feeds: the run stops and says why',
	async (who) => {
		const result = await run(who);
		expect(result.success).toBe(false);
		expect(result.error?.message).toContain('MISP shows no feeds to this key');
		expect(result.error?.node).toBe('No feeds to review');
		expect(world.misp.feeds.feeds.some(({ caching_enabled: caching }) => caching)).toBe(false);
	},
);
