import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, credentialOf, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const galaxy = operating('galaxy', () => misp);
const cluster = operating('galaxyCluster', () => misp);

const actors = '698774c7-8022-42c4-917f-8d6e4f06ada3';
const apt28 = '5b4ee3ea-eee3-4c8e-8323-85ae32658754';
const apt28Tag = 'misp-galaxy:threat-actor="APT28"';

function event({ published = false } = {}) {
	const creator = misp.store.userByEmail('publisher@admin.test');
	const made = misp.store.addEvent({ info: 'Campaign', creator });
	const attribute = misp.store.addAttribute(made, { type: 'domain', value: 'evil.sandbox-feed.com' });
	if (published) misp.store.publish(made);
	return { made, uuid: made.uuid, attributeUuid: misp.store.uuidOf(attribute) };
}

describe('Galaxy', () => {
	test('Get gives a galaxy by its UUID or id', async () => {
		const run = await galaxy('get', { galaxy: chosen(actors) });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ id: '1', uuid: actors, name: 'Threat Actor', type: 'threat-actor', cluster_count: 3 },
		]);
		expect((await galaxy('get', { galaxy: chosen('1', 'list') })).json).toEqual(run.json);
	});

	test('Get says that there is no such galaxy', async () => {
		const run = await galaxy('get', { galaxy: chosen('4711') });
		expect(run.error?.message).toContain('no galaxy "4711"');
	});

	test('Get Many lists galaxies by a part of their name', async () => {
		expect((await galaxy('getMany', { returnAll: true, searchText: 'actor' })).json.map(({ name }) => name)).toEqual([
			'Threat Actor',
		]);
		expect((await galaxy('getMany', { returnAll: true, searchText: 'zzz' })).json).toEqual([]);
	});

	test('Delete deletes a galaxy with its clusters', async () => {
		const made = misp.galaxies.add({ name: 'Own', type: 'own' });
		const run = await galaxy('delete', { galaxy: chosen(made.uuid) });
		expect(run.json).toEqual([{ id: String(made.id), uuid: made.uuid, name: 'Own', deleted: true }]);
		expect(misp.galaxies.find(made.id)).toBeUndefined();
	});

	test('Delete tells a key that is no site admin’s what it lacks', async () => {
		const run = await galaxy('delete', { galaxy: chosen(actors) }, { key: 'publisher' });
		expect(run.error?.message).toContain('site admin');
	});
});

describe('Galaxy Cluster', () => {
	test('Get Many lists the clusters of a galaxy', async () => {
		const run = await cluster('getMany', { galaxy: chosen(actors), returnAll: true, searchText: 'apt' });
		expect(run.json).toMatchObject([
			{ value: 'APT28', uuid: apt28, tag_name: apt28Tag, custom: false },
			{ value: 'APT29' },
		]);
		const whole = await cluster('getMany', { galaxy: chosen(actors), limit: 1, simple: false });
		expect(whole.json).toMatchObject([{ value: 'APT28', org_id: '1' }]);
	});

	test('Get Many lists custom clusters apart', async () => {
		const galaxyOf = misp.galaxies.find(1);
		if (!galaxyOf) throw new Error('The sandbox has no galaxy');
		misp.galaxies.addCluster({ galaxy: galaxyOf, value: 'Our Actor', org: misp.store.hostOrg });
		const run = await cluster('getMany', { galaxy: chosen(actors), returnAll: true, context: 'custom' });
		expect(run.json).toMatchObject([{ value: 'Our Actor', custom: true }]);
	});

	test('Attach attaches a cluster locally to an event and an attribute, once', async () => {
		const { uuid, attributeUuid, made } = event({ published: true });
		const parameters = {
			uuids: `${uuid}, ${attributeUuid}`,
			galaxy: chosen('1', 'list'),
			cluster: chosen(apt28, 'list'),
			scope: 'local',
		};
		const run = await cluster('attach', parameters);
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ uuid, object_type: 'event', cluster: 'APT28', tag: apt28Tag, local: true, attached: true },
			{ uuid: attributeUuid, object_type: 'attribute', attached: true },
		]);
		expect(made.published).toBe(true);
		const again = await cluster('attach', parameters);
		expect(again.json.map(({ attached }) => attached)).toEqual([false, false]);
	});

	test('Attach sends what MISP doesn’t know to the error output and does the rest', async () => {
		const { uuid } = event();
		const run = await cluster(
			'attach',
			{ uuids: '={{ $json.uuid }}', cluster: chosen(apt28) },
			{
				input: [{ uuid: '00000000-0000-4000-8000-000000000000' }, { uuid }],
				onError: 'continueErrorOutput',
			},
		);
		expect(run.json).toMatchObject([{ uuid, attached: true }]);
		expect(run.errorItems).toHaveLength(1);
		expect(run.errorItems[0]?.pairedItem).toEqual({ item: 0 });
	});

	test('Attach says that there is no such cluster', async () => {
		const run = await cluster('attach', { uuids: event().uuid, cluster: chosen('4711') });
		expect(run.error?.message).toContain('no galaxy cluster 4711');
	});

	test('Detach detaches a cluster, and publishes the event again where that unpublished it', async () => {
		const { uuid, made } = event();
		await cluster('attach', { uuids: uuid, cluster: chosen(apt28), scope: 'global' });
		misp.store.publish(made);
		const run = await cluster('detach', { uuids: uuid, cluster: chosen(apt28) });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ uuid, cluster: 'APT28', detached: true, was: 'global', published_again: true }]);
		expect(made.tags).toEqual([]);
		const again = await cluster('detach', { uuids: uuid, cluster: chosen(apt28) });
		expect(again.json).toMatchObject([{ detached: false }]);
	});

	test('Attach tells a key without the permission what it lacks', async () => {
		const run = await cluster('attach', { uuids: event().uuid, cluster: chosen(apt28) }, { key: 'readOnly' });
		expect(run.error?.message).toContain('tagger');
	});

	test('The list in the editor shows the clusters of the galaxy chosen', async () => {
		const found = await listOptions({
			type: 'misp',
			method: 'searchGalaxyClusters',
			filter: 'lazarus',
			parameters: { resource: 'galaxyCluster', operation: 'attach', galaxy: chosen('1', 'list') },
			credentials: credentialOf(misp),
		});
		expect(found.results).toEqual([{ name: 'Lazarus Group', value: '68391641-859f-4a9a-9a1e-3e5cf71ec376' }]);
	});
});
