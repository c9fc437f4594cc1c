import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { runNode } from '../harness';
import { credentialOf, operating } from './onMisp';

let misp: MispSandbox;
let synchronous: MispSandbox;
beforeAll(async () => {
	[misp, synchronous] = await Promise.all([startMisp(), startMisp({ backgroundJobs: false })]);
});
afterAll(async () => await Promise.all([misp.close(), synchronous.close()]));
beforeEach(() => misp.faults.clear());

const server = operating('server', () => misp);

describe('Get Version', () => {
	test('gives the version and what the key may do', async () => {
		const run = await server('getVersion', {}, { key: 'readOnly' });
		expect(run.json).toMatchObject([{ version: '2.5.1', perm_sync: false }]);
	});

	test('says that the key is unknown', async () => {
		const run = await runNode({
			type: 'misp',
			parameters: { resource: 'server', operation: 'getVersion' },
			credentials: { mispInstanceApi: { url: misp.url, apiKey: 'a'.repeat(40) } },
		});
		expect(run.error?.message).toContain('does not accept this API key');
	});

	test('waits out a rate limit', async () => {
		await server('getVersion');
		misp.faults.add({
			path: '/servers/getVersion',
			times: 1,
			answer: {
				status: 429,
				headers: { 'X-Rate-Limit-Reset': '1' },
				body: { name: 'Rate limit exceeded.', message: 'Rate limit exceeded.', url: '/' },
			},
		});
		const run = await server('getVersion');
		expect(run.json).toMatchObject([{ version: '2.5.1' }]);
	});
});

describe('Get Jobs', () => {
	test('lists the latest jobs first, with how they ended', async () => {
		misp.feeds.add({ name: 'Gone', url: 'http://127.0.0.1:9/', source_format: 'misp', enabled: true });
		const id = misp.feeds.feeds.at(-1)?.id;
		await runNode({
			type: 'misp',
			parameters: { resource: 'feed', operation: 'fetch', which: 'selected', feeds: [String(id)] },
			credentials: credentialOf(misp),
		});
		const run = await server('getJobs', { limit: 1 });
		expect(run.json).toHaveLength(1);
		expect(run.json[0]).toMatchObject({ type: 'fetch_feeds', input: `Feed: ${id}`, state: 'failed', progress: 100 });
	});

	test('says that MISP works without background jobs', async () => {
		const run = await server('getJobs', {}, { on: synchronous });
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([]);
		expect(run.hints.join()).toContain('switched off');
	});

	test('tells a key that is no site admin’s what it lacks', async () => {
		const run = await server('getJobs', {}, { key: 'publisher' });
		expect(run.error?.message).toContain('site admin');
	});
});

describe('Get Settings', () => {
	test('gives the settings whose name has the text, and masks secrets', async () => {
		misp.settings.set('Plugin.Enrichment_cytomic_orion_password', 'hunter2');
		const run = await server('getSettings', { returnAll: true, searchText: 'cytomic_orion' });
		expect(run.error).toBeUndefined();
		expect(run.json.find(({ setting }) => setting === 'Plugin.Enrichment_cytomic_orion_password')).toMatchObject({
			value: '••••••',
			secret: true,
		});
		expect(JSON.stringify(run.items)).not.toContain('hunter2');
		expect(run.json.every(({ setting }) => String(setting).includes('cytomic_orion'))).toBe(true);
	});

	test('gives only those that MISP finds fault with', async () => {
		const run = await server('getSettings', { returnAll: true, onlyErrors: true });
		expect(run.json.length).toBeGreaterThan(0);
		expect(run.json.every(({ error }) => error !== '')).toBe(true);
	});

	test('tells a key that is no site admin’s what it lacks', async () => {
		const run = await server('getSettings', {}, { key: 'readOnly' });
		expect(run.error?.message).toContain('site admin');
	});
});

describe('Get Orion Settings', () => {
	test('tells where each setting of MISP’s own module goes, without the secrets', async () => {
		misp.settings.set('Plugin.Enrichment_cytomic_orion_clientsecret', 'very-secret');
		misp.settings.set('Plugin.Enrichment_cytomic_orion_upload_tag', 'cytomic-orion:action="upload"');
		misp.settings.set('Plugin.Enrichment_cytomic_orion_upload_ttlDays', '30');
		const run = await server('getOrionSettings');
		const of = (name: string) => run.json.find(({ setting }) => setting === `Plugin.Enrichment_cytomic_orion_${name}`);
		expect(of('upload_tag')).toMatchObject({
			value: 'cytomic-orion:action="upload"',
			is_set: true,
			field: 'Tags: Any Of',
		});
		expect(of('upload_ttlDays')).toMatchObject({ value: '30', field: 'Time to Live' });
		expect(of('token_url')).toMatchObject({
			secret: false,
			goes_to: 'Cytomic Orion API (credential)',
			field: 'Token URL',
		});
		expect(of('clientsecret')).toMatchObject({ is_set: true, secret: true });
		expect(JSON.stringify(run.items)).not.toContain('very-secret');
	});

	test('says why MISP may show none', async () => {
		misp.faults.add({ path: '/servers/serverSettings.json', answer: { status: 200, body: { finalSettings: [] } } });
		const run = await server('getOrionSettings');
		expect(run.json).toEqual([]);
		expect(run.hints.join()).toContain('enrichment modules');
	});
});

describe('Get Workers', () => {
	test('gives each queue with its workers', async () => {
		const run = await server('getWorkers');
		expect(run.json).toContainEqual({ queue: 'default', ok: true, workers: 2, alive: 2, jobs_waiting: 0 });
		expect(run.json.map(({ queue }) => queue)).toEqual(['cache', 'default', 'email', 'prio', 'update']);
	});

	test('says that MISP works without background jobs', async () => {
		const run = await server('getWorkers', {}, { on: synchronous });
		expect(run.json).toEqual([]);
		expect(run.hints.join()).toContain('switched off');
	});
});
