import type { WorkflowRun } from '../engine/harness';
import { runWorkflow } from '../engine/harness';
import { startWorld, tags, template } from './world';
import type { World } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld();
	const { feeds, taxonomies, warninglists } = world.misp;
	feeds.feeds.splice(0);
	for (const taxonomy of taxonomies.taxonomies) taxonomy.enabled = false;
	warninglists.setEnabled(warninglists.lists, false);
});
afterEach(async () => await world.close());

type Who = keyof World['misp']['keys'];

const run = async (who: Who = 'admin', edit?: NonNullable<Parameters<typeof runWorkflow>[1]>['edit']) =>
	await runWorkflow(template('prepare-misp'), {
		credentials: { mispInstanceApi: { url: world.misp.url, apiKey: world.misp.keys[who] } },
		...(edit && { edit }),
	});

const checklist = (result: WorkflowRun) => result.node('Checklist').map(({ json }) => json);

/** Sets a value in Settings, as a person would. */
const withSetting =
	(name: string, value: string) => (workflow: { nodes: Array<{ name: string; parameters: unknown }> }) => {
		const settings = workflow.nodes.find((node) => node.name === 'Settings');
		if (settings)
			settings.parameters = JSON.parse(JSON.stringify(settings.parameters), (_, one) =>
				one?.name === name ? { ...one, value } : one,
			);
	};

const points = ['Object templates', 'Taxonomies', 'Taxonomy cytomic-orion', 'State tags', 'Warninglists', 'Feeds'];

test('a bare MISP becomes ready, and the checklist says so point by point', async () => {
	const { feeds, store, taxonomies, warninglists } = world.misp;
	const result = await run();
	expect(result.error).toBeUndefined();
	expect(checklist(result).map(({ point, ready }) => [point, ready])).toEqual(points.map((point) => [point, true]));
	expect(taxonomies.find('cytomic-orion')?.enabled).toBe(true);
	for (const tag of Object.values(tags)) expect(store.tag(tag)).toBeDefined();
	const renewed = store.tags.map(({ name }) => name).filter((name) => name.startsWith('cytomic-orion:renewed='));
	const [now, next] = renewed.map((name) => Date.parse(name.split('"')[1] ?? '') / 86_400_000);
	expect(renewed).toHaveLength(2);
	expect((now ?? 0) % 90).toBe(0);
	expect(next).toBe((now ?? 0) + 90);
	expect(Math.floor(Date.now() / 86_400_000) - (now ?? 0)).toBeLessThan(90);
	expect(warninglists.lists.every(({ enabled }) => enabled)).toBe(true);
	expect(feeds.feeds.length).toBeGreaterThan(1);
	expect(feeds.feeds.some(({ enabled }) => enabled)).toBe(false);
	// The one thing left is a choice that is not the workflow's to make.
	expect(result.node('Left to do').map(({ json }) => [json.point, json.to_do])).toEqual([
		['Feeds', expect.stringContaining('review-feeds')],
	]);
});

test('a second run changes nothing and gives the same checklist', async () => {
	const first = await run();
	const { feeds, requests, store } = world.misp;
	const [tagCount, feedCount, from] = [store.tags.length, feeds.feeds.length, requests.length];
	const second = await run();
	expect(second.error).toBeUndefined();
	expect(checklist(second).map(({ point, ready, to_do }) => [point, ready, to_do])).toEqual(
		checklist(first).map(({ point, ready, to_do }) => [point, ready, to_do]),
	);
	expect([store.tags.length, feeds.feeds.length]).toEqual([tagCount, feedCount]);
	expect(
		requests.slice(from).filter(({ path }) => /tags\/add|addTag|toggleEnable|taxonomies\/enable/.test(path)),
	).toEqual([]);
});

test('only the warninglists named in Settings are enabled', async () => {
	const { warninglists } = world.misp;
	const name = warninglists.lists[0]?.name ?? '';
	const result = await run('admin', withSetting('warninglists', ` ${name.toUpperCase()}, no such list `));
	expect(warninglists.lists.filter(({ enabled }) => enabled).map((list) => list.name)).toEqual([name]);
	expect(checklist(result).find(({ point }) => point === 'Warninglists')).toMatchObject({ ready: true, to_do: '' });
});

test.each<Who>(['user', 'publisher', 'readOnly'])(
	'with the key of a %s nothing changes, and each point says what is there and what that key may not',
	async (who) => {
		const { feeds, store, taxonomies, warninglists } = world.misp;
		const before = store.tags.length;
		const result = await run(who);
		expect(result.error).toBeUndefined();
		const list = checklist(result);
		expect(list.map(({ point, ready }) => [point, ready])).toEqual([
			['Object templates', true],
			['Taxonomies', true],
			['Taxonomy cytomic-orion', false],
			['State tags', false],
			['Warninglists', false],
			['Feeds', false],
		]);
		for (const { to_do } of list) expect(to_do).toMatch(/could not be .*(permission|site admin|role)/i);
		expect([store.tags.length, feeds.feeds.length]).toEqual([before, 0]);
		expect(taxonomies.find('cytomic-orion')?.enabled).toBe(false);
		expect(warninglists.lists.some(({ enabled }) => enabled)).toBe(false);
	},
);

test('what an admin prepared is ready for a lesser key too', async () => {
	await run();
	const list = checklist(await run('user'));
	expect(list.filter(({ ready }) => ready).map(({ point }) => point)).toEqual(
		points.filter((point) => point !== 'Feeds'),
	);
	expect(list.find(({ point }) => point === 'State tags')).toMatchObject({ to_do: '' });
});

test('a MISP without the taxonomy is told apart from a key that may not', async () => {
	const { taxonomies } = world.misp;
	const orion = taxonomies.find('cytomic-orion');
	if (orion) taxonomies.delete(orion);
	const result = await run();
	expect(checklist(result).find(({ point }) => point === 'Taxonomy cytomic-orion')).toMatchObject({
		ready: false,
		state: expect.stringContaining('no taxonomy'),
		to_do: expect.stringContaining('cytomic-orion'),
	});
});

test('a MISP that does not let the key in stops the run in red', async () => {
	const result = await runWorkflow(template('prepare-misp'), {
		credentials: { mispInstanceApi: { url: world.misp.url, apiKey: 'x'.repeat(40) } },
	});
	expect(result.success).toBe(false);
	expect(result.error?.node).toBe('MISP version');
	expect(result.node('Checklist')).toEqual([]);
});
