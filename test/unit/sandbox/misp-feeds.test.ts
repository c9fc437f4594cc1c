import { startFeeds, type FeedInfo, type FeedServer } from '../../../sandbox/feeds';
import { startMisp, type MispSandbox } from '../../../sandbox/misp';
import { clientFor, type MispClient } from '../../../sandbox/misp/client';
import type { MispEvent } from '../../../sandbox/misp/model';

const UP = 'cytomic-orion:action="upload"';

let feeds: FeedServer;
let misp: MispSandbox;
let admin: MispClient;

beforeAll(async () => {
	feeds = await startFeeds();
});
afterAll(() => feeds.close());

async function start(backgroundJobs: boolean): Promise<void> {
	misp = await startMisp({ backgroundJobs });
	admin = clientFor(misp);
}
afterEach(async () => {
	feeds.faults.clear();
	await misp.close();
});

function info(format: FeedInfo['format']): FeedInfo {
	const found = feeds.feeds.find((feed) => feed.format === format);
	if (!found) throw new Error(`No ${format} feed`);
	return found;
}

async function addFeed(format: FeedInfo['format'], more: object = {}): Promise<string> {
	const { name, url, settings } = info(format);
	const { data } = await admin.post('/feeds/add', {
		name,
		provider: 'sandbox',
		url,
		source_format: format,
		input_source: 'network',
		enabled: true,
		distribution: 0,
		settings,
		...more,
	});
	return data.Feed.id;
}

const fetchFeed = async (id: string): Promise<string> =>
	(await admin.post(`/feeds/fetchFromFeed/${id}`, {})).data.result;
const eventsOfFeed = (): MispEvent[] => [...misp.store.events.values()];
const fixedEvent = (id: string): MispEvent => misp.store.event(misp.feeds.byId(id)?.event_id) ?? neverFetched();
function neverFetched(): never {
	throw new Error('The feed has no event yet');
}

describe('fetching without workers', () => {
	beforeEach(() => start(false));

	test('a MISP feed brings its events under their own UUIDs, organisation and times', async () => {
		const id = await addFeed('misp');
		expect(await fetchFeed(id)).toBe('Fetching the feed has successfully completed. Downloaded 1 new event(s).');
		expect(
			eventsOfFeed()
				.map(({ uuid }) => uuid)
				.sort(),
		).toEqual(feeds.misp.events.map(({ uuid }) => uuid).sort());
		const [first] = feeds.misp.events;
		const event = misp.store.event(first?.uuid);
		expect([event?.orgc.name, event?.org.name, String(event?.timestamp), event?.published]).toEqual([
			first?.Orgc.name,
			'ORGNAME',
			first?.timestamp,
			first?.published,
		]);
		expect(await fetchFeed(id)).toBe('Fetching the feed has successfully completed.');
	});

	test('only what is newer changes, and local tags survive', async () => {
		const id = await addFeed('misp');
		await fetchFeed(id);
		const source = feeds.misp.events.find(({ Attribute }) => Attribute.some(({ to_ids }) => to_ids));
		const value = source?.Attribute.find(({ to_ids }) => to_ids)?.value ?? '';
		const event = misp.store.event(source?.uuid) ?? neverFetched();
		await admin.post('/tags/attachTagToObject', { uuid: event.uuid, tag: UP, local: true });
		feeds.misp.revoke(event.uuid, value);
		expect(await fetchFeed(id)).toMatch(/Downloaded 1 new event\(s\)\.$/);
		expect(event.attributes.filter((attribute) => attribute.value === value).map(({ toIds }) => toIds)).toEqual([
			false,
		]);
		expect(event.tags.some(({ tag, local }) => tag.name === UP && local)).toBe(true);
	});

	test('a global tag makes the event newer than the feed, whose updates then stay out', async () => {
		const id = await addFeed('misp');
		await fetchFeed(id);
		const source = feeds.misp.events.find(({ Attribute }) => Attribute.some(({ to_ids }) => to_ids));
		const value = source?.Attribute.find(({ to_ids }) => to_ids)?.value ?? '';
		const event = misp.store.event(source?.uuid) ?? neverFetched();
		event.timestamp = misp.store.now() + 60;
		feeds.misp.revoke(event.uuid, value);
		expect(await fetchFeed(id)).toBe('Fetching the feed has successfully completed.');
		expect(event.attributes.find((attribute) => attribute.value === value)?.toIds).toBe(true);
	});

	test('what the feed no longer lists stays', async () => {
		const id = await addFeed('misp');
		await fetchFeed(id);
		const before = eventsOfFeed().length;
		const [gone] = feeds.misp.events;
		feeds.misp.remove(gone?.uuid ?? '');
		await fetchFeed(id);
		expect(eventsOfFeed()).toHaveLength(before);
		if (gone) feeds.misp.add(gone);
	});

	test('to_ids can be turned off for all of a feed', async () => {
		await fetchFeed(await addFeed('misp', { override_ids: true }));
		expect(
			eventsOfFeed()
				.flatMap(({ attributes }) => attributes)
				.filter(({ toIds }) => toIds),
		).toEqual([]);
	});

	test('CSV and free text fill one fixed event, published if the feed says so', async () => {
		for (const [format, publish] of [
			['csv', true],
			['freetext', false],
		] as const) {
			const id = await addFeed(format, { publish });
			expect(await fetchFeed(id)).toBe('Fetching the feed has successfully completed.');
			const event = fixedEvent(id);
			expect([event.info, event.published, event.attributes.length > 0]).toEqual([
				`${info(format).name} feed`,
				publish,
				true,
			]);
			await fetchFeed(id);
			expect(misp.feeds.byId(id)?.event_id).toBe(String(event.id));
		}
	});

	test('with delta_merge what left the list is deleted softly; a download is good for ten minutes', async () => {
		const id = await addFeed('freetext', { delta_merge: true });
		await fetchFeed(id);
		const event = fixedEvent(id);
		const [first] = event.attributes;
		const line = feeds.freetext.findIndex((text) => text.includes(first?.value ?? '?'));
		const [taken] = feeds.freetext.splice(line, 1);
		await fetchFeed(id);
		expect(first?.deleted).toBe(false);
		const feed = misp.feeds.byId(id);
		if (feed?.download) feed.download = { ...feed.download, at: 0 };
		await fetchFeed(id);
		expect(first?.deleted).toBe(true);
		if (taken !== undefined) feeds.freetext.splice(line, 0, taken);
	});

	test('a failure is a 200 that says so', async () => {
		const id = await addFeed('misp');
		feeds.faults.add({ path: '/misp/manifest.json', answer: { status: 404 } });
		expect(await fetchFeed(id)).toBe('Fetching the feed has failed.');
		expect((await admin.post('/feeds/fetchFromAllFeeds', {})).data.result).toBe(
			'Fetching the feed has successfully completed.',
		);
	});

	test('a disabled feed is not fetched, an unknown one is a 404', async () => {
		const id = await addFeed('misp', { enabled: false });
		expect(await fetchFeed(id)).toBe('Feed is currently not enabled. Make sure you enable it.');
		const { status, data } = await admin.post('/feeds/fetchFromFeed/9999', {});
		expect([status, data.message]).toEqual([404, 'Invalid feed.']);
	});
});

describe('fetching with workers', () => {
	beforeEach(() => start(true));

	test('is queued, and the job tells the end by its status alone', async () => {
		const good = await addFeed('freetext');
		const bad = await addFeed('misp', { url: 'http://127.0.0.1:9/nothing' });
		for (const id of [good, bad]) expect(await fetchFeed(id)).toBe('Pull queued for background execution.');
		await misp.jobs.settled();
		const { data } = await admin.get('/jobs/index');
		const jobs = data.map(({ Job }: { Job: Record<string, unknown> }) => [
			Job['job_input'],
			Job['status'],
			Job['message'],
			Job['job_status'],
			Job['failed'],
		]);
		expect(jobs).toEqual([
			[`Feed: ${bad}`, '3', 'Job failed. See error log for more details.', 'Completed', false],
			[`Feed: ${good}`, '4', 'Job done.', 'Completed', false],
		]);
	});

	test('all feeds: a job for each that is enabled', async () => {
		await addFeed('csv');
		await addFeed('freetext');
		expect((await admin.post('/feeds/fetchFromAllFeeds', {})).data.result).toBe(
			'Pull queued for background execution.',
		);
		await misp.jobs.settled();
		expect((await admin.get('/jobs/index/default')).data).toHaveLength(2);
	});

	test('jobs are for site admins', async () => {
		expect((await clientFor(misp, 'publisher').get('/jobs/index')).status).toBe(403);
	});

	test('workers are listed by queue', async () => {
		const { data } = await admin.get('/servers/getWorkers');
		expect(Object.keys(data)).toEqual([
			'cache',
			'default',
			'email',
			'prio',
			'update',
			'proc_accessible',
			'controls',
			'supervisord_status',
		]);
	});
});

describe('the list of feeds', () => {
	beforeEach(() => start(false));

	test("starts with two that are disabled, and is empty for keys that are no site admin's", async () => {
		const { data } = await admin.get('/feeds/index');
		expect(
			data.map(({ Feed }: { Feed: { id: string; enabled: boolean; default: boolean; cache_timestamp: unknown } }) => [
				Feed.id,
				Feed.enabled,
				Feed.default,
				Feed.cache_timestamp,
			]),
		).toEqual([
			['1', false, true, false],
			['2', false, true, false],
		]);
		expect((await clientFor(misp, 'readOnly').get('/feeds/index')).data).toEqual([]);
		expect((await clientFor(misp, 'publisher').post('/feeds/add', { name: 'x', url: 'http://x' })).status).toBe(403);
	});

	test('takes changes', async () => {
		const id = await addFeed('csv');
		const { data } = await admin.get(`/feeds/view/${id}`);
		expect(data.Feed).toMatchObject({
			source_format: 'csv',
			fixed_event: true,
			settings: '{"csv":{"value":"2","delimiter":","}}',
			rules: null,
		});
		expect((await admin.post(`/feeds/edit/${id}`, { name: 'other', caching_enabled: true })).data.Feed).toMatchObject({
			name: 'other',
			caching_enabled: true,
			rules: expect.stringContaining('url_params'),
		});
		expect((await admin.post(`/feeds/disable/${id}`, {})).data).toEqual({
			name: 'Feed disabled.',
			message: 'Feed disabled.',
			url: `/feeds/disable/${id}`,
		});
		expect((await admin.post(`/feeds/edit/${id}`, { url: '' })).data.errors).toEqual({
			url: ['This field cannot be left blank'],
		});
		expect((await admin.post(`/feeds/delete/${id}`, {})).data).toMatchObject({
			message: 'Feed deleted.',
			id: Number(id),
		});
	});

	test.each<[string, string, object, number, string]>([
		['enabling an unknown feed', '/feeds/enable/9999', {}, 405, 'Invalid Feed.'],
		['viewing an unknown feed', '/feeds/view/9999', {}, 404, 'Invalid Feed.'],
		[
			'adding one without an address',
			'/feeds/add',
			{ name: 'x', provider: 'x', source_format: 'misp' },
			500,
			'An Internal Error Has Occurred.',
		],
	])('%s', async (_what, path, body, status, message) => {
		const answer = await admin.post(path, body);
		expect([answer.status, answer.data.message]).toEqual([status, message]);
	});

	test('loads more defaults, once', async () => {
		await admin.post('/feeds/loadDefaultFeeds', {});
		const count = (await admin.get('/feeds/index')).data.length;
		expect(count).toBeGreaterThan(2);
		await admin.post('/feeds/loadDefaultFeeds', {});
		expect((await admin.get('/feeds/index')).data).toHaveLength(count);
	});

	test('once cached can be searched and compared', async () => {
		for (const format of ['misp', 'csv', 'freetext'] as const) await addFeed(format, { caching_enabled: true });
		expect((await admin.post('/feeds/cacheFeeds/all', {})).data.message).toBe(
			'Caching the feeds has successfully completed.',
		);
		const { data: compared } = await admin.get('/feeds/compareFeeds');
		expect(
			compared.map(({ Feed }: { Feed: { values: number; ComparedFeed: unknown[] } }) => [
				Feed.values > 0,
				Feed.ComparedFeed.length,
			]),
		).toEqual([
			[true, 2],
			[true, 2],
			[true, 2],
		]);
		expect(compared[0].Feed.ComparedFeed[0]).toMatchObject({
			overlap_count: expect.any(Number),
			overlap_percentage: expect.any(Number),
		});
		const value = feeds.misp.events[0]?.Attribute.find(({ type }) => !type.includes('|'))?.value;
		const { data: hits } = await admin.post('/feeds/searchCaches', { value });
		expect(hits[0].Feed).toMatchObject({ type: 'MISP Feed', uuid: [feeds.misp.events[0]?.uuid] });
		expect((await admin.post('/feeds/searchCaches', { value: 'nothing.example.org' })).data).toEqual([]);
		expect((await clientFor(misp, 'user').get('/feeds/compareFeeds')).data).toEqual([]);
		expect(typeof (await admin.get('/feeds/feedCoverage/3')).data).toBe('number');
	});

	test('can be looked into before they are fetched', async () => {
		const id = await addFeed('misp');
		const [first] = feeds.misp.events;
		expect(Object.keys((await admin.get(`/feeds/previewIndex/${id}`)).data)).toContain(first?.uuid);
		expect((await admin.get(`/feeds/previewEvent/${id}/${first?.uuid}`)).data.Event.info).toBe(first?.info);
		const { status, headers } = await admin.post(`/feeds/getEvent/${id}/${first?.uuid}`, {});
		expect([status, headers['location'], misp.store.event(first?.uuid)?.info]).toEqual([
			302,
			`${misp.url}/feeds/previewIndex/${id}`,
			first?.info,
		]);
	});
});
