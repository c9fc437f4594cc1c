import { startMisp, type MispSandbox } from '../../../sandbox/misp';
import { clientFor, type MispClient } from '../../../sandbox/misp/client';
import type { MispEvent } from '../../../sandbox/misp/model';

const UP = 'cytomic-orion:action="upload"';
const LONG_AGO = 1_700_000_000;
const MD5 = 'f899139df5e1059396431415e770c6dd';
const BAD_MD5 =
	'Checksum has an invalid length or format (expected: 32 hexadecimal characters). Please double check the value or select type "other".';

let misp: MispSandbox;
let admin: MispClient;
let event: MispEvent;

beforeEach(async () => {
	misp = await startMisp();
	admin = clientFor(misp);
	event = misp.store.addEvent({
		info: 'an event',
		published: true,
		timestamp: LONG_AGO,
		attributes: [{ type: 'domain', value: 'evil.example.org' }],
	});
});
afterEach(() => misp.close());

const answer = async (method: string, url: string, data?: unknown, client = admin) => {
	const { status, data: body } = await client.request({ method, url, data });
	return [status, body] as const;
};

describe('events/add', () => {
	test('makes an event with attributes and tags, and leaves out what is invalid without a word', async () => {
		const [status, body] = await answer('post', '/events/add', {
			Event: {
				info: 'new',
				threat_level_id: 1,
				date: '2026-01-02',
				Tag: [{ name: UP }],
				Attribute: [
					{ type: 'md5', value: 'C4CA4238A0B923820DCC509A6F75849B', Tag: [{ name: 'tlp:green' }] },
					{ type: 'domain', value: 'a.example.org' },
					{ type: 'text', value: 'no ids' },
					{ type: 'ip-dst', value: 'not-an-ip' },
				],
			},
		});
		expect(status).toBe(200);
		expect(body.Event).toMatchObject({
			id: '2',
			threat_level_id: '1',
			distribution: '1',
			published: false,
			attribute_count: '3',
			Tag: [{ name: UP, local: false }],
			event_creator_email: 'admin@admin.test',
		});
		expect(
			body.Event.Attribute.map(({ type, value, to_ids, category }: Record<string, unknown>) => [
				type,
				value,
				to_ids,
				category,
			]),
		).toEqual([
			['md5', 'c4ca4238a0b923820dcc509a6f75849b', true, 'Payload delivery'],
			['domain', 'a.example.org', true, 'Network activity'],
			['text', 'no ids', false, 'Other'],
		]);
	});

	test.each<[string, () => object, number, string]>([
		['no info', () => ({ distribution: 0 }), 403, 'Could not add Event'],
		['nothing', () => ({}), 405, 'No valid event data received.'],
		[
			'a UUID that is taken',
			() => ({ info: 'x', uuid: event.uuid }),
			404,
			'Event already exists, if you would like to edit it, use the url in the location header.',
		],
	])('with %s', async (_what, body, status, message) => {
		const [code, data] = await answer('post', '/events/add', body());
		expect([code, data.message]).toEqual([status, message]);
	});

	test("a deleted event's UUID is blocked", async () => {
		expect((await answer('post', `/events/delete/${event.id}`, {}))[1]).toMatchObject({
			message: 'Event deleted.',
			id: '1',
		});
		expect(await answer('post', '/events/add', { info: 'again', uuid: event.uuid })).toEqual([
			403,
			{
				name: 'Event blocked by event blocklist.',
				message: 'Event blocked by event blocklist.',
				url: '/events/add',
			},
		]);
		const [, blocked] = await answer('get', '/eventBlocklists/index');
		expect(blocked).toMatchObject([
			{
				event_uuid: event.uuid,
				event_info: 'an event',
				comment: 'Automatically blocked by deleting event',
				event_orgc: 'ORGNAME',
			},
		]);
		expect(await answer('post', '/events/delete/1', {})).toMatchObject([403, { errors: 'Event was not deleted.' }]);
	});
});

describe('events/edit', () => {
	test('changes what was sent, with a new timestamp and unpublished', async () => {
		const [status, body] = await answer('post', '/events/edit/1', { info: 'changed' });
		expect([status, body.Event.info, body.Event.published, Number(body.Event.timestamp) > LONG_AGO]).toEqual([
			200,
			'changed',
			false,
			true,
		]);
	});

	test('takes tags off attributes in bulk, at the price of the event being unpublished', async () => {
		const bulk = misp.store.addEvent({
			info: 'bulk',
			published: true,
			attributes: [1, 2, 3].map((number) => ({
				type: 'domain',
				value: `n${number}.example.org`,
				tags: [{ name: UP, local: true }],
			})),
		});
		const [status] = await answer('post', `/events/edit/${bulk.id}`, {
			Event: {
				Attribute: bulk.attributes.map((attribute) => ({
					uuid: misp.store.uuidOf(attribute),
					type: attribute.type,
					category: attribute.category,
					value: attribute.value,
					Tag: [{ name: UP, deleted: true }],
				})),
			},
		});
		expect([status, bulk.attributes.map(({ tags }) => tags?.length ?? 0), bulk.published]).toEqual([
			200,
			[0, 0, 0],
			false,
		]);
	});

	test.each<[string, object, number, unknown]>([
		['an empty info', { info: '' }, 403, { info: ['Info cannot be empty.'] }],
		['a bad date', { date: '04/03/2026' }, 403, { date: ['Expected date format: YYYY-MM-DD'] }],
		[
			'a bad severity',
			{ threat_level_id: 9 },
			403,
			{ threat_level_id: ['Options : 1, 2, 3, 4 (for High, Medium, Low, Undefined)'] },
		],
		[
			'an old timestamp',
			{ info: 'x', timestamp: 1000 },
			403,
			'Event could not be saved: Event in the request not newer than the local copy.',
		],
		[
			'another UUID',
			{ uuid: '11111111-1111-4111-8111-111111111111' },
			403,
			'Event could not be saved: Could not find the local event.',
		],
		['a timestamp beyond 32 bits', { timestamp: 4_000_000_000 }, 500, undefined],
	])('refuses %s', async (_what, body, status, errors) => {
		const [code, data] = await answer('post', '/events/edit/1', body);
		expect([code, data.errors]).toEqual([status, errors]);
	});

	test('another organisation gets a 403, an unknown event is a 404', async () => {
		expect((await answer('post', '/events/edit/1', { info: 'x' }, clientFor(misp, 'otherOrg')))[1].message).toBe(
			'You are not authorised to do that.',
		);
		expect((await answer('post', '/events/edit/999', { info: 'x' }))[0]).toBe(404);
	});
});

describe('events/view', () => {
	test('hides what the key may not see', async () => {
		expect(await answer('get', '/events/view/1', undefined, clientFor(misp, 'otherOrg'))).toEqual([
			404,
			{ name: 'Invalid event', message: 'Invalid event', url: '/events/view/1' },
		]);
		expect((await answer('get', `/events/view/${event.uuid}`))[1].Event).toMatchObject({
			id: '1',
			Attribute: [{ value: 'evil.example.org', Galaxy: [], ShadowAttribute: [] }],
			Object: [],
			RelatedEvent: [],
		});
	});

	test('shows deleted attributes beside the others when asked', async () => {
		misp.store.addAttribute(event, { type: 'domain', value: 'gone.example.org', deleted: true });
		const shown = async (path: string) => (await answer('get', path))[1].Event.Attribute.length;
		expect([await shown('/events/view/1'), await shown('/events/view/1/deleted:1')]).toEqual([1, 2]);
	});
});

describe('attributes/add', () => {
	test('answers with the attribute in its parts', async () => {
		const [status, body] = await answer('post', '/attributes/add/1', {
			type: 'ip-dst|port',
			value: '203.0.113.7|443',
			Tag: [{ name: UP }],
		});
		expect([status, body.Attribute, body.AttributeTag]).toMatchObject([
			200,
			{
				event_id: '1',
				value1: '203.0.113.7',
				value2: '443',
				value: '203.0.113.7|443',
				category: 'Network activity',
			},
			[{ local: false, Tag: { name: UP } }],
		]);
		expect(event.published).toBe(false);
	});

	test.each([
		['refangs', { type: 'url', value: 'hxxp://evil[.]example[.]org/x' }, 'http://evil.example.org/x'],
		['lowers hashes', { type: 'md5', value: MD5.toUpperCase() }, MD5],
	])('%s', async (_what, body, value) => {
		expect((await answer('post', '/attributes/add/1', body))[1].Attribute.value).toBe(value);
	});

	test.each<[string, object, unknown]>([
		['a value that does not fit the type', { type: 'md5', value: 'zzz' }, { value: [BAD_MD5] }],
		['no value', { type: 'md5' }, { value: ['Value cannot be empty.'] }],
		['an unknown type', { type: 'nosuch', value: 'zzz' }, { type: ['Invalid type.'] }],
		[
			'an unknown category',
			{ type: 'md5', category: 'Nope', value: MD5 },
			{
				category: ['Options : Payload delivery, Antivirus detection, Payload installation, Files dropped ...'],
				type: ['Options depend on the selected category.'],
			},
		],
		[
			'a category that does not take the type',
			{ type: 'md5', category: 'Financial fraud', value: MD5 },
			{ type: ['Options depend on the selected category.'] },
		],
		[
			'what is there already',
			{ type: 'domain', value: 'evil.example.org' },
			{ value: ['A similar attribute already exists for this event.'] },
		],
	])('refuses %s', async (_what, body, errors) => {
		expect(await answer('post', '/attributes/add/1', body)).toEqual([
			403,
			{
				saved: false,
				name: 'Could not add Attribute',
				message: 'Could not add Attribute',
				url: '/attributes/add',
				errors,
			},
		]);
	});

	test('with a list saves what it can and says by position what it could not', async () => {
		const [status, body] = await answer('post', '/attributes/add/1', [
			{ type: 'md5', value: MD5 },
			{ type: 'md5', value: 'bad' },
			{ type: 'md5', value: MD5 },
		]);
		expect([status, body.Attribute.value, Object.keys(body.errors)]).toEqual([
			200,
			MD5,
			['attribute_1', 'attribute_2'],
		]);
	});

	test('with a list of values makes one each', async () => {
		const [, body] = await answer('post', '/attributes/add/1', {
			type: 'domain',
			value: ['x1.example.org', 'x2.example.org'],
		});
		expect(body.Attribute).toHaveLength(2);
	});

	test('to an event the key does not see is a 404', async () => {
		expect(
			await answer('post', '/attributes/add/1', { type: 'md5', value: MD5 }, clientFor(misp, 'otherOrg')),
		).toMatchObject([404, { message: 'Invalid event' }]);
	});
});

describe('attributes, changed', () => {
	test('by id or UUID, but not with an older timestamp', async () => {
		expect(
			(await answer('post', '/attributes/edit/1', { comment: 'edited', to_ids: false }))[1].Attribute,
		).toMatchObject({ comment: 'edited', to_ids: false });
		const uuid = misp.store.uuidOf(event.attributes[0] ?? misp.store.addAttribute(event, { type: 'text', value: '' }));
		expect((await answer('put', `/attributes/edit/${uuid}`, { to_ids: true }))[1].Attribute).toMatchObject({
			comment: 'edited',
			to_ids: true,
		});
		expect(await answer('post', '/attributes/edit/1', { comment: 'x', timestamp: '1000' })).toMatchObject([
			405,
			{
				message: 'Attribute could not be saved: Attribute in the request not newer than the local copy.',
			},
		]);
		expect(
			await answer('post', '/attributes/edit/1', {
				type: 'md5',
				category: 'Payload delivery',
				value: 'bad',
			}),
		).toMatchObject([403, { message: 'Could not edit Attribute', errors: { value: [BAD_MD5] } }]);
	});

	test('their tags go with Tag and deleted', async () => {
		expect((await answer('post', '/attributes/edit/1', { Tag: [{ name: UP }] }))[1].Attribute.Tag).toMatchObject([
			{ name: UP },
		]);
		expect(
			(await answer('post', '/attributes/edit/1', { Tag: [{ name: UP, deleted: true }] }))[1].Attribute.Tag,
		).toBeUndefined();
	});

	test('deleted softly, they can be tagged and restored but not viewed, and not deleted again', async () => {
		expect(await answer('post', '/attributes/delete/1', {})).toEqual([200, { message: 'Attribute deleted.' }]);
		expect(await answer('get', '/attributes/view/1')).toMatchObject([405, { message: 'Invalid attribute' }]);
		expect(await answer('post', '/attributes/delete/1', {})).toMatchObject([404, { message: 'Invalid attribute' }]);
		expect(
			(
				await answer('post', '/tags/attachTagToObject', {
					uuid: misp.store.uuidOf(event.attributes[0] ?? misp.store.addAttribute(event, { type: 'text', value: '' })),
					tag: UP,
				})
			)[0],
		).toBe(200);
		const { status, headers, data } = await admin.post('/attributes/restore/1', {});
		expect([status, headers['location'], data]).toEqual([302, `${misp.url}/attributes/view/1`, '']);
		expect((await answer('get', '/attributes/view/1'))[1].Attribute.event_uuid).toBe(event.uuid);
	});

	test('deleted for good, they are gone from every search', async () => {
		await answer('post', '/attributes/delete/1/1', {});
		const { data } = await admin.post('/attributes/restSearch', { eventid: 1, deleted: [0, 1] });
		expect(data.response.Attribute).toEqual([]);
		expect((await answer('post', '/attributes/delete/1/1', {}))[0]).toBe(404);
		expect((await answer('get', '/attributes/delete/1'))[1].message).toBe(
			'This function is only accessible via POST requests.',
		);
	});
});

describe('free text', () => {
	const TEXT =
		'evil[.]example-ft.org hxxp://evil.example-ft.org/x 203.0.113.9 d41d8cd98f00b204e9800998ecf8427e a@b.example-ft.org CVE-2024-1234';

	test('is read for indicators, each added once', async () => {
		const [, added] = await answer('post', '/events/freeTextImport/1', { value: TEXT });
		expect(added.map(({ type, value }: Record<string, string>) => `${type} ${value}`)).toEqual([
			'hostname evil.example-ft.org',
			'url http://evil.example-ft.org/x',
			'ip-dst 203.0.113.9',
			'md5 d41d8cd98f00b204e9800998ecf8427e',
			'email-src a@b.example-ft.org',
			'vulnerability CVE-2024-1234',
		]);
		expect(await answer('post', '/events/freeTextImport/1', { value: TEXT })).toEqual([200, []]);
		expect(await answer('post', '/events/freeTextImport/1', { value: 'nothing here' })).toEqual([200, []]);
	});

	test("in another organisation's event becomes proposals", async () => {
		event.distribution = 1;
		const [, proposed] = await answer(
			'post',
			'/events/freeTextImport/1',
			{ value: 'w6.example-ft.org' },
			clientFor(misp, 'otherOrg'),
		);
		expect(proposed[0].ShadowAttribute).toMatchObject({
			type: 'hostname',
			email: 'other@admin.test',
		});
		expect((await answer('get', '/events/view/1'))[1].Event).toMatchObject({
			Attribute: [{}],
			ShadowAttribute: [{ value: 'w6.example-ft.org' }],
		});
	});
});
