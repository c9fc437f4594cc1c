import type { FeedServer } from '../../../sandbox/feeds';
import { startFeeds } from '../../../sandbox/feeds';
import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, credentialOf, operating } from './onMisp';

let misp: MispSandbox;
let synchronous: MispSandbox;
let server: FeedServer;

beforeAll(async () => {
	[misp, synchronous, server] = await Promise.all([startMisp(), startMisp({ backgroundJobs: false }), startFeeds()]);
});
afterAll(async () => await Promise.all([misp.close(), synchronous.close(), server.close()]));

/** The three feeds of the sandbox's feed server, enabled, and what the test adds. */
function seed(on: MispSandbox, more: Array<Record<string, unknown>> = []): void {
	on.feeds.feeds.splice(0);
	on.faults.clear();
	for (const { name, url, format, settings } of server.feeds) {
		on.feeds.add({
			name,
			url,
			source_format: format,
			provider: 'Sandbox',
			enabled: true,
			...(settings && { settings }),
		});
	}
	for (const feed of more) on.feeds.add({ provider: 'Sandbox', enabled: true, ...feed });
}

beforeEach(() => {
	seed(misp);
	seed(synchronous);
});

const feed = operating('feed', () => misp);

const idOf = (name: string, on = misp) => String(on.feeds.feeds.find((one) => one.name === name)?.id);
/** How many of a sample are for detection. */
const sumOf = (sample: unknown): number => {
	const { types = {} } = typeof sample === 'object' && sample !== null && 'types' in sample ? sample : {};
	return Object.values(types ?? {}).reduce((sum: number, count) => sum + Number(count), 0);
};

const unreachable = { name: 'Gone', url: 'http://127.0.0.1:9/manifest', source_format: 'misp' };

describe('Get Many', () => {
	test('lists the feeds, with the fields that matter', async () => {
		const run = await feed('getMany', { returnAll: true });
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ name }) => name)).toEqual(['Sandbox Feed One', 'Sandbox Feed Two', 'Sandbox Feed Three']);
		expect(run.json[0]).toMatchObject({ source_format: 'misp', enabled: true, provider: 'Sandbox' });
		expect(Object.keys(run.json[0] ?? {}).length).toBeLessThanOrEqual(10);
	});

	test('lists only the enabled ones, and no more than the limit', async () => {
		misp.feeds.add({ name: 'Off', url: 'http://127.0.0.1:9/', enabled: false });
		const enabled = await feed('getMany', { only: 'enabled', limit: 2 });
		expect(enabled.json.map(({ name }) => name)).toEqual(['Sandbox Feed One', 'Sandbox Feed Two']);
		const disabled = await feed('getMany', { only: 'disabled', returnAll: true });
		expect(disabled.json.map(({ name }) => name)).toEqual(['Off']);
	});

	test('gives everything MISP knows of a feed without Simplify', async () => {
		const run = await feed('getMany', { returnAll: true, simple: false });
		expect(run.json[1]).toMatchObject({ settings: '{"csv":{"value":"2","delimiter":","}}', lookup_visible: false });
	});

	test('gives nothing to a key that sees no feeds, and says why', async () => {
		const run = await feed('getMany', { returnAll: true }, { key: 'readOnly' });
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([]);
		expect(run.hints.join()).toContain('site admin');
	});
});

describe('Fetch', () => {
	test('fetches one feed with background workers and waits for its job', async () => {
		const run = await feed('fetch', { which: 'selected', feeds: [idOf('Sandbox Feed One')] });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ name: 'Sandbox Feed One', outcome: 'fetched', source_format: 'misp' }]);
		expect(misp.store.events.size).toBeGreaterThan(0);
	});

	test('fetches several feeds, named by id or name', async () => {
		const run = await feed('fetch', {
			which: 'selected',
			feeds: `={{ ["${idOf('Sandbox Feed Two')}", "Sandbox Feed Three"] }}`,
		});
		expect(run.json.map(({ name, outcome }) => [name, outcome])).toEqual([
			['Sandbox Feed Two', 'fetched'],
			['Sandbox Feed Three', 'fetched'],
		]);
	});

	test('fetches all enabled feeds and leaves the others alone', async () => {
		misp.feeds.add({ name: 'Off', url: `${server.url}/freetext.txt`, source_format: 'freetext', enabled: false });
		const run = await feed('fetch');
		expect(run.json.map(({ name }) => name)).toEqual(['Sandbox Feed One', 'Sandbox Feed Two', 'Sandbox Feed Three']);
		expect(run.json.every(({ outcome }) => outcome === 'fetched')).toBe(true);
	});

	test('fetches once, however many items come in, unless the feeds differ by item', async () => {
		const before = misp.jobs.jobs.length;
		const run = await feed(
			'fetch',
			{ which: 'selected', feeds: '={{ [$json.id] }}' },
			{ input: [{ id: idOf('Sandbox Feed Two') }, { id: idOf('Sandbox Feed Three') }] },
		);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['fetched', 'fetched']);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(misp.jobs.jobs.length - before).toBe(2);
	});

	test('takes the outcome from the answer where MISP fetches at once', async () => {
		const run = await feed('fetch', {}, { on: synchronous });
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['fetched', 'fetched', 'fetched']);
		expect(synchronous.store.events.size).toBeGreaterThan(0);
	});

	test.each([
		['with background workers', () => misp],
		['at once', () => synchronous],
	])('says that an unreachable feed failed, %s, and fetches the rest', async (_, which) => {
		seed(which(), [unreachable]);
		const run = await feed('fetch', {}, { on: which() });
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ name, outcome }) => [name, outcome])).toEqual([
			['Sandbox Feed One', 'fetched'],
			['Sandbox Feed Two', 'fetched'],
			['Sandbox Feed Three', 'fetched'],
			['Gone', 'failed'],
		]);
		expect(String(run.json[3]?.message)).not.toBe('');
		expect(run.hints.join()).toContain('Gone');
	});

	test('says that a disabled feed was not fetched, and how to enable it', async () => {
		seed(misp, [{ name: 'Off', url: `${server.url}/misp`, enabled: false }]);
		const run = await feed('fetch', { which: 'selected', feeds: [idOf('Off')] });
		expect(run.json).toMatchObject([{ name: 'Off', outcome: 'failed' }]);
		expect(run.json[0]?.message).toMatch(/not enabled.*[Ee]nable/);
	});

	test('reports a job that still runs when waiting ends', async () => {
		server.faults.add({ path: '/misp/manifest.json', latencyMs: 2_500, times: 1 });
		const run = await feed('fetch', { which: 'selected', feeds: [idOf('Sandbox Feed One')], options: { wait: 0 } });
		expect(run.json).toMatchObject([{ outcome: 'running' }]);
		await misp.jobs.settled();
	});

	test.each(['publisher', 'user', 'readOnly'] as const)('tells the %s’s key that it may not', async (role) => {
		const run = await feed('fetch', {}, { key: role });
		expect(run.error?.message).toContain('shows no feeds to this key');
		expect(run.error?.description).toContain('site admin');
	});

	test('says so where no feed is enabled', async () => {
		for (const one of misp.feeds.feeds) one.enabled = false;
		const run = await feed('fetch');
		expect(run.error?.message).toBe('No feed is enabled in MISP');
	});

	test('sends an unknown feed to the error output', async () => {
		const run = await feed('fetch', { which: 'selected', feeds: ['4711'] }, { onError: 'continueErrorOutput' });
		expect(run.items).toEqual([]);
		expect(run.errorItems).toHaveLength(1);
		expect(run.errorItems[0]?.json.error).toContain('4711');
	});
});

describe('Create', () => {
	const sent = { name: 'Mine', provider: 'Me', url: 'https://feeds.sandbox.example/iocs.csv', format: 'csv' };

	test('adds a feed with the settings of its format', async () => {
		const run = await feed('create', {
			...sent,
			fields: { csvColumns: '2,3', csvDelimiter: ';', excludeRegex: '/^#/', delta_merge: true, caching_enabled: true },
		});
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ name: 'Mine', source_format: 'csv', enabled: true, caching_enabled: true, delta_merge: true, created: true },
		]);
		const made = misp.feeds.byId(run.json[0]?.id);
		expect(JSON.parse(made?.settings ?? '')).toEqual({
			csv: { value: '2,3', delimiter: ';' },
			common: { excluderegex: '/^#/' },
		});
	});

	test('returns the feed that is there already, run after run', async () => {
		const first = await feed('create', sent);
		const second = await feed('create', { ...sent, name: 'Other' });
		expect(second.json).toMatchObject([{ id: first.json[0]?.id, name: 'Mine', created: false }]);
	});

	test('updates the feed that is there, or adds another, where asked to', async () => {
		const first = await feed('create', sent);
		const updated = await feed('create', { ...sent, name: 'Renamed', ifThere: 'update' });
		expect(updated.json).toMatchObject([{ id: first.json[0]?.id, name: 'Renamed', created: false }]);
		const another = await feed('create', { ...sent, ifThere: 'add' });
		expect(another.json[0]?.id).not.toBe(first.json[0]?.id);
	});

	test('refuses a feed without an address before MISP breaks over it', async () => {
		const run = await feed('create', { ...sent, url: ' ' });
		expect(run.error?.message).toContain('URL');
	});

	test('tells a key that is no site admin’s what it lacks', async () => {
		const run = await feed('create', sent, { key: 'publisher' });
		expect(run.error?.message).toContain('site admin');
	});
});

describe('Get', () => {
	test('gives a feed by its id or name', async () => {
		const byId = await feed('get', { feed: chosen(idOf('Sandbox Feed Two')) });
		const byName = await feed('get', { feed: chosen('Sandbox Feed Two') });
		expect(byId.json).toEqual(byName.json);
		expect(byId.json).toMatchObject([{ name: 'Sandbox Feed Two', cached_elements: 0 }]);
	});

	test('says that there is no such feed', async () => {
		const run = await feed('get', { feed: chosen('4711') });
		expect(run.error?.message).toContain('no feed "4711"');
	});

	test('offers tags and sharing groups for a feed in drop-downs', async () => {
		const tag = misp.store.addTag('sandbox:from-feed');
		const tags = await listOptions({
			type: 'misp',
			method: 'getTags',
			kind: 'loadOptions',
			credentials: credentialOf(misp),
		});
		expect(tags.results).toContainEqual({ name: 'sandbox:from-feed', value: String(tag.id) });
		const groups = await listOptions({
			type: 'misp',
			method: 'getSharingGroups',
			kind: 'loadOptions',
			credentials: credentialOf(misp),
		});
		expect(groups.results).toEqual([]);
	});

	test('offers the feeds in a list', async () => {
		const found = await listOptions({
			type: 'misp',
			method: 'searchFeeds',
			filter: 'two',
			credentials: credentialOf(misp),
		});
		expect(found.results).toEqual([{ name: 'Sandbox Feed Two', value: idOf('Sandbox Feed Two') }]);
	});
});

describe('Update', () => {
	test('changes what is given and nothing else', async () => {
		const run = await feed('update', {
			feed: chosen(idOf('Sandbox Feed One')),
			fields: { publish: true, name: 'One' },
		});
		expect(run.json).toMatchObject([{ name: 'One', publish: true, url: `${server.url}/misp`, enabled: true }]);
	});

	test('keeps the settings of the format that are not given', async () => {
		await feed('update', {
			feed: chosen(idOf('Sandbox Feed Two')),
			fields: { csvDelimiter: ';', excludeRegex: '/^#/' },
		});
		expect(JSON.parse(misp.feeds.byId(idOf('Sandbox Feed Two'))?.settings ?? '')).toEqual({
			csv: { value: '2', delimiter: ';' },
			common: { excluderegex: '/^#/' },
		});
	});

	test('asks for something to change', async () => {
		const run = await feed('update', { feed: chosen(idOf('Sandbox Feed One')) });
		expect(run.error?.message).toBe('Nothing to change was given');
	});

	test('refuses rules that are no JSON', async () => {
		const run = await feed('update', { feed: chosen(idOf('Sandbox Feed One')), fields: { rules: 'tags' } });
		expect(run.error?.message).toContain('Rules (JSON)');
	});
});

describe('Delete', () => {
	test('deletes a feed', async () => {
		const run = await feed('delete', { feed: chosen(idOf('Sandbox Feed One')) });
		expect(run.json).toMatchObject([{ name: 'Sandbox Feed One', deleted: true }]);
		expect(misp.feeds.feeds.map(({ name }) => name)).not.toContain('Sandbox Feed One');
	});

	test('says that there is no such feed', async () => {
		const run = await feed('delete', { feed: chosen('4711') });
		expect(run.error?.message).toContain('no feed "4711"');
	});
});

describe('Enable and Disable', () => {
	test('switch a feed and say whether that changed anything', async () => {
		const id = idOf('Sandbox Feed One');
		const off = await feed('disable', { feed: chosen(id) });
		expect(off.json).toEqual([{ id, name: 'Sandbox Feed One', enabled: false, changed: true }]);
		const again = await feed('disable', { feed: chosen(id) });
		expect(again.json).toMatchObject([{ enabled: false, changed: false }]);
		const on = await feed('enable', { feed: chosen(id) });
		expect(on.json).toMatchObject([{ enabled: true, changed: true }]);
		expect(misp.feeds.byId(id)?.enabled).toBe(true);
	});

	test('don’t believe MISP where nothing came of it', async () => {
		misp.faults.add({
			path: /feeds\/disable/,
			answer: { status: 200, body: { name: 'Feed disabled.', message: 'Feed disabled.', url: '/feeds/disable/3' } },
		});
		const run = await feed('disable', { feed: chosen(idOf('Sandbox Feed One')) });
		expect(run.error?.message).toContain('still enabled');
	});
});

describe('Cache', () => {
	test.each([
		['with background workers', () => misp],
		['at once', () => synchronous],
	])('reads feeds into the cache, %s, switching caching on first', async (_, which) => {
		const run = await feed('cache', {}, { on: which() });
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ name, outcome }) => [name, outcome])).toEqual([
			['Sandbox Feed One', 'cached'],
			['Sandbox Feed Two', 'cached'],
			['Sandbox Feed Three', 'cached'],
		]);
		expect(Date.parse(String(run.json[0]?.cached_at))).toBeGreaterThan(Date.now() - 60_000);
	});

	test.each([
		['with background workers', () => misp],
		['at once', () => synchronous],
	])('says that an unreachable feed could not be cached, %s', async (_, which) => {
		seed(which(), [unreachable]);
		const run = await feed('cache', { which: 'selected', feeds: [idOf('Gone', which())] }, { on: which() });
		expect(run.json).toMatchObject([{ name: 'Gone', outcome: 'failed', cached_at: '' }]);
	});

	test('leaves feeds alone whose caching is off, where asked to', async () => {
		const run = await feed('cache', { options: { switchOn: false } });
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['off', 'off', 'off']);
	});
});

describe('Compare', () => {
	test('tells how much feeds have in common', async () => {
		const value = server.freetext.find((line) => /^[a-z\d.-]+\.[a-z]+$/.test(line)) ?? '';
		server.csv.push(['2026-11-01', value, 'sandbox']);
		await feed('cache');
		const run = await feed('compare', { returnAll: true });
		const three = run.json.find(({ name }) => name === 'Sandbox Feed Three');
		expect(three).toMatchObject({
			source_format: 'freetext',
			overlaps: [{ name: 'Sandbox Feed Two', overlap_count: 1 }],
		});
		expect(Number(three?.values)).toBeGreaterThan(0);
	});

	test('looks into a feed of any format, and counts the types that are for detection', async () => {
		await feed('cache');
		const run = await feed('compare', { returnAll: true, sample: true });
		const samples = Object.fromEntries(run.json.map(({ name, sample }) => [String(name), sample]));
		expect(samples['Sandbox Feed One']).toMatchObject({
			from: expect.stringMatching(/^\d+ attributes of its 5 newest events$/),
			problem: '',
			types: { md5: expect.any(Number), domain: expect.any(Number) },
		});
		expect(samples['Sandbox Feed Two']).toMatchObject({
			types: { url: expect.any(Number), 'ip-dst': expect.any(Number) },
		});
		expect(samples['Sandbox Feed Three']).toMatchObject({ types: { sha256: 6, md5: 12 } });
	});

	test('looks at the beginning, the middle and the end of a long list', async () => {
		server.freetext.push(...Array.from({ length: 500 }, (_, row) => `host-${row}.long-list.com`));
		await feed('cache');
		const run = await feed('compare', { returnAll: true, sample: true });
		const sample = run.json.find(({ name }) => name === 'Sandbox Feed Three')?.sample;
		server.freetext.splice(-500);
		expect(sample).toMatchObject({ read: 180, from: '180 of 560 values' });
	});

	test('counts what MISP makes of the feed, not what the feed says', async () => {
		seed(misp, [
			{ name: 'Never', url: `${server.url}/freetext.txt`, source_format: 'freetext', override_ids: true },
			{ name: 'Always', url: `${server.url}/misp`, source_format: 'misp', force_to_ids: true },
		]);
		await feed('cache');
		const run = await feed('compare', { returnAll: true, sample: true });
		expect(run.json.find(({ name }) => name === 'Never')?.sample).toMatchObject({ read: 60, types: {} });
		const [one, always] = ['Sandbox Feed One', 'Always'].map(
			(wanted) => run.json.find(({ name }) => name === wanted)?.sample,
		);
		expect(sumOf(always)).toBeGreaterThan(sumOf(one));
	});

	test('says so of a feed that cannot be looked into', async () => {
		await feed('cache');
		misp.faults.add({
			path: new RegExp(`previewIndex/${idOf('Sandbox Feed One')}`),
			answer: { status: 302, headers: { location: '/feeds' } },
		});
		misp.faults.add({
			path: new RegExp(`previewIndex/${idOf('Sandbox Feed Two')}`),
			answer: { status: 200, body: [] },
		});
		const run = await feed('compare', { returnAll: true, sample: true });
		expect(run.error).toBeUndefined();
		const problems = run.json.map(({ name, sample }) => [name, sample]);
		expect(problems).toMatchObject([
			['Sandbox Feed One', { read: 0, problem: expect.stringContaining('could not read this feed') }],
			['Sandbox Feed Two', { read: 0, problem: expect.stringContaining('no indicators') }],
			['Sandbox Feed Three', { read: 60, problem: '' }],
		]);
	});

	test('says that nothing is cached, or that the key may not compare', async () => {
		const run = await feed('compare', {}, { key: 'user' });
		expect(run.json).toEqual([]);
		expect(run.hints.join()).toMatch(/cached.*permission|cached.*may not/);
	});
});

describe('Load Defaults', () => {
	test('adds the public feeds once', async () => {
		const first = await feed('loadDefaults');
		expect(first.json.map(({ name }) => name)).toContain('CIRCL OSINT Feed');
		const second = await feed('loadDefaults');
		expect(second.json).toEqual([]);
		expect(second.hints.join()).toContain('there already');
	});

	test('tells a key that is no site admin’s what it lacks', async () => {
		const run = await feed('loadDefaults', {}, { key: 'readOnly' });
		expect(run.error?.message).toContain('site admin');
	});
});
