import { startMisp, type MispSandbox } from '../../../sandbox/misp';
import { clientFor, type MispClient } from '../../../sandbox/misp/client';

const UP = 'cytomic-orion:action="upload"';
const DE = 'cytomic-orion:action="delete"';
const HOUR = 3_600;

let misp: MispSandbox;
let admin: MispClient;

/** The comments of the attributes found, which name them in these tests. */
async function found(body: Record<string, unknown>, client = admin): Promise<string> {
	const { data } = await client.post('/attributes/restSearch', body);
	return data.response.Attribute.map((attribute: { comment: string }) => attribute.comment).join(' ');
}

/** `event[attributes shown]` for each event found. */
async function events(body: Record<string, unknown>): Promise<string> {
	const { data } = await admin.post('/events/restSearch', body);
	return data.response
		.map(
			({ Event: event }: { Event: { info: string; Attribute?: Array<{ comment: string }> } }) =>
				`${event.info}[${event.Attribute?.map(({ comment }) => comment).join(' ') ?? '-'}]`,
		)
		.join(' ');
}

/**
 * P is published and tagged for upload, Q's attributes are tagged one by one, R has the tag locally.
 * P: p1, p2 (delete), p3 (no to_ids), p4 (an address). Q: q1 (upload), q2, q3 (upload, no to_ids), q4 (both). R: r1, r2.
 */
beforeAll(async () => {
	misp = await startMisp();
	admin = clientFor(misp);
	const { store } = misp;
	const now = store.now();
	const sha = (name: string): string => Buffer.from(name.padEnd(32, '.')).toString('hex');
	const file = (comment: string, more = {}) => ({
		type: 'sha256',
		value: sha(comment),
		comment,
		...more,
	});
	store.addEvent({
		info: 'P',
		threatLevel: 1,
		published: true,
		tags: [UP],
		attributes: [
			file('p1'),
			file('p2', { tags: [DE] }),
			file('p3', { to_ids: false }),
			{ type: 'ip-dst', value: '203.0.113.77', comment: 'p4' },
		],
	});
	store.addEvent({
		info: 'Q',
		threatLevel: 3,
		attributes: [
			file('q1', { tags: [UP] }),
			file('q2'),
			file('q3', { tags: [UP], to_ids: false }),
			file('q4', { tags: [UP, DE] }),
		],
	});
	store.addEvent({
		info: 'R',
		tags: [{ name: UP, local: true }],
		attributes: [file('r1'), file('r2')],
	});
	store.addEvent({
		info: 'D',
		timestamp: now - 30 * 24 * HOUR,
		attributes: [file('d1', { deleted: true }), file('d2')],
	});
	store.addEvent({
		info: 'W',
		timestamp: now - 30 * 24 * HOUR,
		attributes: [
			'8.8.8.8',
			'203.0.113.5',
			'1.1.1.1',
			'198.51.100.9',
			'9.9.9.9',
			'185.220.101.1',
			'185.220.101.2',
			'10.0.0.1',
		].map((value) => ({ type: 'ip-dst', value, comment: value })),
	});
});
afterAll(() => misp.close());

const PQR = { eventid: ['1', '2', '3'] };
const EVERYTHING = 'p1 p2 p3 p4 q1 q2 q3 q4 r1 r2';

describe('attributes/restSearch', () => {
	test.each<[string, Record<string, unknown>, string]>([
		['nothing else asked', {}, EVERYTHING],
		['a tag, on the attribute or its event, local ones too', { tags: [UP] }, 'p1 p2 p3 p4 q1 q3 q4 r1 r2'],
		['a list of tags means any of them', { tags: [UP, DE] }, 'p1 p2 p3 p4 q1 q3 q4 r1 r2'],
		['a tag with ! excludes', { tags: [UP, `!${DE}`] }, 'p1 p3 p4 q1 q3 r1 r2'],
		['the same with && in a text', { tags: `${UP}&&!${DE}` }, 'p1 p3 p4 q1 q3 r1 r2'],
		['&& between two tags is any of them all the same', { tags: `${UP}&&${DE}` }, 'p1 p2 p3 p4 q1 q3 q4 r1 r2'],
		['AND', { tags: { AND: [UP, DE] } }, 'p2 q4'],
		['OR and NOT', { tags: { OR: [UP], NOT: [DE] } }, 'p1 p3 p4 q1 q3 r1 r2'],
		['NOT alone', { tags: { NOT: [UP] } }, 'q2'],
		['% is the wildcard', { tags: 'cytomic-orion:%' }, 'p1 p2 p3 p4 q1 q3 q4 r1 r2'],
		['* is none', { tags: 'cytomic-orion:*' }, ''],
		['tags in the wrong case are unknown', { tags: UP.toUpperCase() }, ''],
		['an unknown tag finds nothing', { tags: 'no:such' }, ''],
		['an unknown tag that is excluded excludes nothing', { tags: '!no:such' }, EVERYTHING],
		['no tags in the list: no filter', { tags: [] }, EVERYTHING],
		['`tag` and `event_tags` are not known', { tag: 'no:such', event_tags: ['no:such'] }, EVERYTHING],
		['nor is anything misspelt', { nonsense: 'x', comment: 'p4', searchall: 'p4' }, EVERYTHING],
		['to_ids: 1', { to_ids: 1 }, 'p1 p2 p4 q1 q2 q4 r1 r2'],
		['to_ids: 0', { to_ids: 0 }, 'p3 q3'],
		['to_ids: false is ignored', { to_ids: false }, EVERYTHING],
		['published: 1', { published: 1 }, 'p1 p2 p3 p4'],
		['published: 0', { published: 0 }, 'q1 q2 q3 q4 r1 r2'],
		['published: false is ignored', { published: false }, EVERYTHING],
		['severity by number', { threat_level_id: [1, 3] }, 'p1 p2 p3 p4 q1 q2 q3 q4'],
		['type', { type: ['ip-dst', 'md5'] }, 'p4'],
		['type, excluded', { type: { NOT: ['sha256'] } }, 'p4'],
		['an unknown type finds nothing', { type: 'nosuch' }, ''],
		['category', { category: 'Network activity' }, 'p4'],
		['value', { value: '203.0.113.77' }, 'p4'],
		['value with %', { value: '203.0.113.%' }, 'p4'],
		['a value that is excluded excludes nothing', { value: ['!203.0.113.77'] }, EVERYTHING],
		['an organisation by name', { org: 'ORGNAME' }, EVERYTHING],
		['another organisation', { org: 'OtherOrg' }, ''],
		['timestamp: an age', { timestamp: '1h' }, EVERYTHING],
		['timestamp: a range', { timestamp: ['2h', '0h'] }, EVERYTHING],
		['timestamp: a range the wrong way round', { timestamp: ['0h', '2h'] }, EVERYTHING],
		['timestamp: nonsense finds nothing', { timestamp: 'garbage' }, ''],
		['last: when the event was published', { last: '1h' }, 'p1 p2 p3 p4'],
		['publish_timestamp: the same', { publish_timestamp: '1h' }, 'p1 p2 p3 p4'],
		['event_timestamp: a moment to come', { event_timestamp: 4_000_000_000 }, ''],
		["from: the event's date", { from: '2030-01-01' }, ''],
		['date is not known', { date: '2030-01-01' }, EVERYTHING],
	])('%s', async (_what, body, expected) => {
		expect(await found({ ...PQR, ...body })).toBe(expected);
	});

	test.each<[unknown, string]>([
		[undefined, 'd2'],
		[0, 'd2'],
		[false, 'd2'],
		[1, 'd1'],
		['only', 'd1'],
		[[1], 'd1'],
		[[0, 1], 'd1 d2'],
	])('deleted: %j', async (deleted, expected) => {
		expect(await found({ eventid: 4, deleted })).toBe(expected);
	});

	test('takes an event by number, text, UUID and list, or in a "request" wrapper', async () => {
		const uuid = misp.store.event(3)?.uuid;
		for (const body of [
			{ eventid: 3 },
			{ eventid: '3' },
			{ eventid: uuid },
			{ eventid: ['3'] },
			{ uuid },
			{ request: { eventid: '3' } },
		]) {
			expect(await found(body)).toBe('r1 r2');
		}
	});

	test('by GET takes its parameters from the path, and refuses a query string', async () => {
		const path = await admin.get('/attributes/restSearch/json/eventid:1/limit:1');
		expect([path.status, path.data.response.Attribute.length, path.headers['x-result-count']]).toEqual([200, 1, '2']);
		const query = await admin.get('/attributes/restSearch?eventid=1&limit=2');
		expect([query.status, query.data.url]).toEqual([400, '/attributes/restSearch?eventid=1&amp;limit=2']);
	});

	test("keeps another organisation's events from a key, and shows none", async () => {
		expect(await found(PQR, clientFor(misp, 'otherOrg'))).toBe('');
		expect(await found(PQR, clientFor(misp, 'readOnly'))).toBe(EVERYTHING);
	});

	test('shows the event briefly, its tags only when asked, and inherited ones marked', async () => {
		const search = async (body: object) =>
			(await admin.post('/attributes/restSearch', { eventid: 1, limit: 2, ...body })).data.response.Attribute;
		const [plain] = await search({});
		expect(plain.Tag).toBeUndefined();
		expect(Object.keys(plain.Event).sort()).toEqual([
			'distribution',
			'id',
			'info',
			'org_id',
			'orgc_id',
			'publish_timestamp',
			'uuid',
		]);
		const [, second] = await search({ includeEventTags: 1 });
		expect(second.Tag).toMatchObject([
			{ name: DE, local: false },
			{ name: UP, inherited: 1 },
		]);
		const [context] = await search({ includeContext: true });
		expect(context.Event).toMatchObject({
			threat_level_id: '1',
			published: true,
			Orgc: { name: 'ORGNAME' },
			Tag: [{ name: UP, local: false }],
		});
	});

	test('gives ids and times as text, flags as booleans', async () => {
		const { data } = await admin.post('/attributes/restSearch', { eventid: 1, limit: 1 });
		expect(data.response.Attribute[0]).toMatchObject({
			id: '1',
			event_id: '1',
			timestamp: expect.stringMatching(/^\d{10}$/),
			to_ids: true,
			deleted: false,
			distribution: '5',
			object_relation: null,
		});
	});
});

describe('paging attributes', () => {
	const page = async (body: Record<string, unknown>) => {
		const { data, headers } = await admin.post('/attributes/restSearch', body);
		return [data.response.Attribute.length, headers['x-result-count'], headers['x-skipped-elements-count']];
	};

	test.each<[string, Record<string, unknown>, unknown[]]>([
		['no limit', { eventid: 1 }, [4, '4', '0']],
		['a full page counts one more', { eventid: 1, limit: 3 }, [3, '4', '0']],
		['the last page counts what it holds', { eventid: 1, limit: 3, page: 2 }, [1, '1', '0']],
		['a last page that is full counts one more too', { eventid: 1, limit: 2, page: 2 }, [2, '3', '0']],
		['a page beyond counts 1', { eventid: 1, limit: 2, page: 9 }, [0, '1', '0']],
		['limit 0 is everything', { eventid: 1, limit: 0 }, [4, '4', '0']],
		['a negative limit too', { eventid: 1, limit: -1 }, [4, '5', '0']],
		['page without limit is everything', { eventid: 1, page: 2 }, [4, '4', '0']],
		['page 0 is page 1', { eventid: 1, limit: 3, page: 0 }, [3, '4', '0']],
		['numbers as text', { eventid: 1, limit: '3', page: '1' }, [3, '4', '0']],
	])('%s', async (_what, body, expected) => {
		expect(await page(body)).toEqual(expected);
	});

	test('warninglists take rows out after the limit: pages come short or empty in the middle', async () => {
		const pages = [];
		for (let number = 1; number <= 5; number++)
			pages.push(await page({ eventid: 5, enforceWarninglist: 1, limit: 2, page: number }));
		expect(pages).toEqual([
			[0, '3', '2'],
			[0, '3', '2'],
			[1, '2', '1'],
			[1, '2', '1'],
			[0, '1', '0'],
		]);
	});

	test('includeWarninglistHits names the lists', async () => {
		const { data } = await admin.post('/attributes/restSearch', {
			eventid: 5,
			includeWarninglistHits: 1,
		});
		expect(data.response.Attribute[0].warnings).toEqual([
			{
				match: '8.8.8.8/32',
				value: '8.8.8.8',
				warninglist_id: '58',
				warninglist_name: 'List of known IPv4 public DNS resolvers',
				warninglist_category: 'false_positive',
			},
		]);
		expect(data.response.Attribute[5].warnings).toBeUndefined();
	});

	test.each<[string, unknown, string]>([
		['Attribute.id desc', 'Attribute.id desc', 'r2 r1 q4'],
		['without the model', 'id desc', 'r2 r1 q4'],
		['as a list', ['Attribute.timestamp asc', 'Attribute.id asc'], 'p1 p2 p3'],
		['an unknown field is ignored', 'Attribute.nosuch desc', 'p1 p2 p3'],
		["the event's fields are ignored", 'Event.publish_timestamp desc', 'p1 p2 p3'],
		['two clauses in one text are ignored', 'Attribute.id desc, SLEEP(0)', 'p1 p2 p3'],
	])('order: %s', async (_what, order, expected) => {
		expect(await found({ ...PQR, limit: 3, order })).toBe(expected);
	});

	test('by time without an order loses rows and sends others twice', async () => {
		const crowd = await startMisp();
		crowd.store.addEvent({
			info: 'one second',
			attributes: Array.from({ length: 25 }, (_, number) => ({
				type: 'domain',
				value: `n${number}.example.org`,
			})),
		});
		const client = clientFor(crowd);
		const walk = async (order?: string) => {
			const seen: string[] = [];
			for (const number of [1, 2, 3]) {
				const { data } = await client.post('/attributes/restSearch', {
					timestamp: '1d',
					limit: 10,
					page: number,
					order,
				});
				seen.push(...data.response.Attribute.map(({ id }: { id: string }) => id));
			}
			return new Set(seen).size;
		};
		expect(await walk('Attribute.id asc')).toBe(25);
		expect(await walk()).toBeLessThan(25);
		await crowd.close();
	});
});

describe('events/restSearch', () => {
	test.each<[string, Record<string, unknown>, string]>([
		['everything', {}, 'P[p1 p2 p3 p4] Q[q1 q2 q3 q4] R[r1 r2]'],
		['metadata only', { metadata: 1 }, 'P[-] Q[-] R[-]'],
		['tags, on the event or on an attribute', { tags: [UP] }, 'P[p1 p2 p3 p4] Q[q1 q2 q3 q4] R[r1 r2]'],
		['tags of the event only', { event_tags: [UP] }, 'P[p1 p2 p3 p4] R[r1 r2]'],
		['events without a tag', { event_tags: [`!${UP}`] }, 'Q[q1 q2 q3 q4]'],
		['an excluded tag takes out events, and attributes one by one', { tags: [`!${UP}`] }, 'Q[q2]'],
		['one tag and not the other', { tags: [UP, `!${DE}`] }, 'P[p1 p3 p4] Q[q1 q2 q3] R[r1 r2]'],
		['to_ids takes out attributes, and events left empty', { to_ids: 0 }, 'P[p3] Q[q3]'],
		['a type chooses events, not attributes', { type: ['ip-dst'] }, 'P[p1 p2 p3 p4]'],
		['so does a value', { value: '203.0.113.77' }, 'P[p1 p2 p3 p4]'],
		['event info with %', { eventinfo: '%p%' }, 'P[p1 p2 p3 p4]'],
		['published: 0', { published: 0 }, 'Q[q1 q2 q3 q4] R[r1 r2]'],
		['last', { last: '1h' }, 'P[p1 p2 p3 p4]'],
		['date_from is not known, from is', { date_from: '2030-01-01' }, 'P[p1 p2 p3 p4] Q[q1 q2 q3 q4] R[r1 r2]'],
		['from', { from: '2030-01-01' }, ''],
		['order and limit', { order: 'Event.id desc', limit: 2 }, 'R[r1 r2] Q[q1 q2 q3 q4]'],
		['warninglists', { enforceWarninglist: 1 }, 'P[p1 p2 p3] Q[q1 q2 q3 q4] R[r1 r2]'],
	])('%s', async (_what, body, expected) => {
		expect(await events({ ...PQR, ...body })).toBe(expected);
	});

	test('counts all matching events whatever the limit, and once more than it shows for published: false', async () => {
		const count = async (body: object) =>
			(await admin.post('/events/restSearch', { ...PQR, ...body })).headers['x-result-count'];
		expect([await count({ limit: 1 }), await count({ limit: 1, page: 9 }), await count({ published: false })]).toEqual([
			'3',
			'3',
			'3',
		]);
		expect(await events({ ...PQR, published: false })).toBe('Q[q1 q2 q3 q4] R[r1 r2]');
	});
});

describe('other formats', () => {
	const format = (returnFormat: string, body = {}, model = 'attributes') =>
		admin.post(`/${model}/restSearch`, { ...PQR, returnFormat, ...body });

	test.each([
		['csv', 'text/csv; charset=UTF-8', /^uuid,event_id,category,type,value,comment,to_ids,date,/],
		[
			'xml',
			'application/xml; charset=UTF-8',
			/^<\?xml version="1.0" encoding="UTF-8"\?>\n<response><Attribute><id>1<\/id>/,
		],
		['openioc', 'application/xml; charset=UTF-8', /<ioc /],
		['suricata', 'text/plain; charset=UTF-8', /^# MISP export of IDS rules - optimized for suricata/],
		['snort', 'text/plain; charset=UTF-8', /optimized for snort/],
		['rpz', 'text/plain; charset=UTF-8', /^\$TTL 1w;/],
		['hosts', 'text/plain; charset=UTF-8', /^# Blocklist in the HOSTS format/],
	])('%s', async (name, type, expected) => {
		const { headers, data } = await format(name);
		expect([headers['content-type'], headers['x-export-module-used']]).toEqual([type, name]);
		expect(String(data)).toMatch(expected);
	});

	test('text holds published to_ids values only, unless told otherwise', async () => {
		expect((await format('text')).headers['x-result-count']).toBe('3');
		expect((await format('text', { published: [0, 1], to_ids: [0, 1] })).headers['x-result-count']).toBe('10');
	});

	test.each(['stix', 'stix2', 'yara', 'opendata'])('%s needs what the server lacks: 500', async (name) => {
		expect((await format(name)).status).toBe(500);
	});

	test('an unknown format is a 404', async () => {
		const { status, data } = await format('nosuch');
		expect([status, data.message]).toEqual([404, 'Invalid output format.']);
		expect((await format('attack')).status).toBe(404);
		expect((await format('attack', {}, 'events')).status).toBe(500);
	});

	test('csv takes chosen columns', async () => {
		const { data } = await format('csv', {
			eventid: 1,
			limit: 1,
			requested_attributes: ['uuid', 'value', 'to_ids'],
		});
		expect(data).toMatch(/^uuid,value,to_ids\n"[0-9a-f-]{36}","[0-9a-f]{64}",1\n\n$/);
	});
});

test('50,000 attributes are seeded and searched', async () => {
	const big = await startMisp();
	big.store.addEvent({
		info: 'big',
		published: true,
		attributes: Array.from({ length: 50_000 }, (_, number) => ({
			type: 'md5',
			value: number.toString(16).padStart(32, '0'),
		})),
		tags: [UP],
	});
	const { headers } = await clientFor(big).post('/attributes/restSearch', {
		tags: [UP],
		to_ids: 1,
		published: 1,
		order: 'Attribute.id asc',
		limit: 10,
		page: 5000,
	});
	expect(headers['x-result-count']).toBe('11');
	await big.close();
});
