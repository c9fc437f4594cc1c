import { createHash } from 'node:crypto';
import axios, { type AxiosInstance } from 'axios';
import { attributesOf, feedEvent, type FeedEvent, type FeedServer, startFeeds } from '../../../sandbox/feeds';

let feeds: FeedServer;
let http: AxiosInstance;

beforeEach(async () => {
	feeds = await startFeeds();
	http = axios.create({ baseURL: feeds.url, validateStatus: () => true });
});
afterEach(() => feeds.close());

async function eventOf(uuid: string): Promise<FeedEvent> {
	return (await http.get(`/misp/${uuid}.json`)).data.Event;
}

async function allEvents(): Promise<FeedEvent[]> {
	const { data } = await http.get<Record<string, unknown>>('/misp/manifest.json');
	return Promise.all(Object.keys(data).map(eventOf));
}

describe('the MISP-format feed', () => {
	it('lists its events in a manifest and serves each of them', async () => {
		const { data } = await http.get('/misp/manifest.json');
		const [uuid, entry] = Object.entries(data)[0] ?? ['', {}];
		expect(entry).toEqual({
			Orgc: { name: 'Sandbox Feed One', uuid: expect.any(String) },
			Tag: [
				{ name: 'tlp:clear', colour: '#ffffff' },
				{ name: 'type:OSINT', colour: '#0088cc' },
			],
			info: 'Ransomware loader delivered by invoice mails',
			date: '2026-11-20',
			analysis: '2',
			threat_level_id: '1',
			timestamp: expect.stringMatching(/^\d{10}$/),
		});
		expect(await eventOf(uuid)).toMatchObject({
			uuid,
			info: 'Ransomware loader delivered by invoice mails',
			published: true,
		});
		expect((await http.get('/misp/00000000-0000-4000-8000-000000000000.json')).status).toBe(404);
	});

	it('is varied: types, threat levels, published and not, old and new, with values to leave out', async () => {
		const events = await allEvents();
		const attributes = events.flatMap(attributesOf);
		const types = new Set(attributes.map(({ type }) => type));
		for (const type of [
			'md5',
			'sha256',
			'ip-dst',
			'ip-dst|port',
			'domain',
			'hostname',
			'url',
			'domain|ip',
			'filename|md5',
			'email-src',
		]) {
			expect(types).toContain(type);
		}
		expect(new Set(events.map((event) => event.threat_level_id)).size).toBe(4);
		expect(new Set(events.map((event) => event.published)).size).toBe(2);
		expect(new Set(attributes.map((attribute) => attribute.to_ids)).size).toBe(2);
		expect(attributes.map(({ value }) => value)).toEqual(
			expect.arrayContaining(['8.8.8.8', '192.168.56.101', 'google.com']),
		);
		expect(new Set(attributes.map(({ uuid }) => uuid)).size).toBe(attributes.length);
	});

	it('is the same for the same seed and another for another', async () => {
		const [same, other] = await Promise.all([startFeeds(), startFeeds({ seed: 'other' })]);
		expect(same.misp.events).toEqual(feeds.misp.events);
		expect(same.csv).toEqual(feeds.csv);
		expect(same.freetext).toEqual(feeds.freetext);
		expect(other.csv).not.toEqual(feeds.csv);
		await Promise.all([same.close(), other.close()]);
	});

	it('offers the hashes of its values, both halves of a composite one', async () => {
		const [composite] = feeds.misp.events.flatMap(attributesOf).filter(({ type }) => type === 'domain|ip');
		const { data } = await http.get<string>('/misp/hashes.csv');
		for (const half of composite?.value.split('|') ?? [])
			expect(data).toContain(createHash('md5').update(half).digest('hex'));
	});

	it('lets its publisher revoke a value, with later times for what changed alone', async () => {
		const before = structuredClone(feeds.misp.titled('Command and control servers of a banking trojan'));
		const [first, second] = before.Attribute;
		feeds.misp.revoke(before.uuid, first?.value ?? '');
		feeds.misp.revoke(before.uuid, second?.value ?? '', 'deleted');
		const after = await eventOf(before.uuid);
		expect(after.Attribute[0]).toMatchObject({ to_ids: false, deleted: false });
		expect(after.Attribute[1]).toMatchObject({ to_ids: true, deleted: true });
		expect(Number(after.Attribute[0]?.timestamp)).toBeGreaterThan(Number(first?.timestamp));
		expect(after.Attribute[2]).toEqual(before.Attribute[2]);
		expect(Number(after.timestamp)).toBeGreaterThan(Number(before.timestamp));
		const manifest = (await http.get('/misp/manifest.json')).data;
		expect(manifest[before.uuid].timestamp).toBe(after.timestamp);
	});

	it('gets a later time from each change, however quickly they follow', () => {
		const { uuid } = feeds.misp.titled('Unsorted findings of a honeypot');
		const times = [1, 2, 3].map((wave) =>
			Number(feeds.misp.update(uuid, (event) => void (event.info = `Wave ${wave}`)).timestamp),
		);
		expect(new Set(times).size).toBe(3);
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});

	it('gains and loses events', async () => {
		const added = feedEvent({
			info: 'New today',
			date: '2026-11-24',
			attributes: [{ type: 'domain', value: 'new.sandbox-feed-one.com' }],
		});
		const count = feeds.misp.events.length;
		feeds.misp.add(added);
		expect(await eventOf(added.uuid)).toMatchObject({
			info: 'New today',
			Attribute: [{ category: 'Network activity', to_ids: true }],
		});
		feeds.misp.remove(added.uuid);
		expect((await http.get(`/misp/${added.uuid}.json`)).status).toBe(404);
		expect(await allEvents()).toHaveLength(count);
	});
});

describe('the CSV and the free-text feed', () => {
	it('have the value in the second column of the CSV', async () => {
		const { data } = await http.get<string>('/iocs.csv');
		const lines = data.trim().split('\n');
		expect(lines[0]).toMatch(/^#/);
		expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(feeds.csv.map(([, value]) => value));
		expect(feeds.csv.every(([, value]) => /sandbox-feed-two\.net|^45\.155\.204\./.test(value))).toBe(true);
	});

	it('change when their content is changed', async () => {
		feeds.csv.splice(0, feeds.csv.length, ['2026-11-24 00:00:00', 'only.sandbox-feed-two.net', 'phishing']);
		feeds.freetext.push('added.sandbox-feed-three.org');
		expect((await http.get('/iocs.csv')).data).toBe(
			'# Sandbox Feed Two: first seen, value, threat\n2026-11-24 00:00:00,only.sandbox-feed-two.net,phishing\n',
		);
		expect((await http.get<string>('/freetext.txt')).data.trim().split('\n').at(-1)).toBe(
			'added.sandbox-feed-three.org',
		);
	});

	it('can fail like any server, and are logged', async () => {
		feeds.faults.add({ path: '/freetext.txt', answer: { status: 503, body: 'busy' } });
		expect((await http.get('/freetext.txt')).status).toBe(503);
		expect(feeds.requests).toMatchObject([{ method: 'GET', path: '/freetext.txt', status: 503 }]);
	});

	it('are announced with what MISP must know to add them', () => {
		expect(feeds.feeds).toEqual([
			{ name: 'Sandbox Feed One', url: `${feeds.url}/misp`, format: 'misp' },
			{
				name: 'Sandbox Feed Two',
				url: `${feeds.url}/iocs.csv`,
				format: 'csv',
				settings: { csv: { value: '2', delimiter: ',' } },
			},
			{ name: 'Sandbox Feed Three', url: `${feeds.url}/freetext.txt`, format: 'freetext' },
		]);
	});
});
