import { startMisp, type MispSandbox } from '../../../sandbox/misp';
import { clientFor, type MispClient } from '../../../sandbox/misp/client';
import type { Attribute, MispEvent } from '../../../sandbox/misp/model';

const UP = 'cytomic-orion:action="upload"';
const DE = 'cytomic-orion:action="delete"';
const LONG_AGO = 1_700_000_000;

function missing(): never {
	throw new Error('The event has no attributes');
}

let misp: MispSandbox;
let admin: MispClient;
let event: MispEvent;
let attribute: Attribute;

beforeEach(async () => {
	misp = await startMisp();
	admin = clientFor(misp);
	event = misp.store.addEvent({
		info: 'an event',
		published: true,
		timestamp: LONG_AGO,
		publishTimestamp: LONG_AGO,
		attributes: [
			{ type: 'md5', value: 'a'.repeat(32) },
			{ type: 'domain', value: 'evil.example.org' },
		],
	});
	attribute = event.attributes[0] ?? missing();
	misp.store.addTag(UP);
	misp.store.addTag(DE);
});
afterEach(() => misp.close());

const uuidOf = (target: 'event' | 'attribute'): string =>
	target === 'event' ? event.uuid : misp.store.uuidOf(attribute);
const tagsOf = (target: 'event' | 'attribute'): string[] =>
	((target === 'event' ? event.tags : attribute.tags) ?? []).map(
		({ tag, local }) => `${tag.name}${local ? ' (local)' : ''}`,
	);
const attach = (body: object, client = admin) => client.post('/tags/attachTagToObject', body);
const detach = (body: object, client = admin) => client.post('/tags/removeTagFromObject', body);

describe.each([
	['event', 'Event(1)'],
	['attribute', 'Attribute(1)'],
] as const)('a tag on an %s', (target, name) => {
	test('that is global unpublishes the event and gives it a new timestamp', async () => {
		const { status, data } = await attach({ uuid: uuidOf(target), tag: UP });
		const message = `Global tag ${UP}(1) successfully attached to ${name}.`;
		expect([status, data]).toEqual([
			200,
			{ saved: true, success: true, name: message, message, url: '/tags/attachTagToObject' },
		]);
		expect([event.published, event.timestamp > LONG_AGO, event.publishTimestamp]).toEqual([false, true, LONG_AGO]);
		expect(attribute.timestamp > LONG_AGO).toBe(target === 'attribute');
	});

	test('that is local changes neither, on or off', async () => {
		const on = await attach({ uuid: uuidOf(target), tag: UP, local: true });
		expect([on.data.message, tagsOf(target)]).toEqual([
			`Local tag ${UP}(1) successfully attached to ${name}.`,
			[`${UP} (local)`],
		]);
		const off = await detach({ uuid: uuidOf(target), tag: UP, local: true });
		expect([off.data.message, tagsOf(target)]).toEqual([`Local tag ${UP} (1) successfully removed from ${name}.`, []]);
		expect([event.published, event.timestamp]).toEqual([true, LONG_AGO]);
	});

	test('that is there already changes nothing, in whichever scope it is', async () => {
		await attach({ uuid: uuidOf(target), tag: UP, local: true });
		const { status, data } = await attach({ uuid: uuidOf(target), tag: UP });
		expect([status, data.message]).toEqual([
			200,
			`${target === 'event' ? 'Event' : 'Attribute'} already has the requested tag attached, no changes had to be made for tag ${UP}.`,
		]);
		expect([event.published, tagsOf(target)]).toEqual([true, [`${UP} (local)`]]);
	});

	test('that is not attached cannot be taken off: 404', async () => {
		const { status, data } = await detach({ uuid: uuidOf(target), tag: UP });
		expect([status, data.message]).toEqual([
			404,
			`Could not remove tag as it is not attached to the target ${target === 'event' ? 'Event' : 'Attribute'}`,
		]);
	});
});

test.each<[string, () => object, number, string]>([
	['an unknown UUID', () => ({ uuid: '5bd17ab5-6411-438c-b91a-9c0f49730571', tag: UP }), 404, 'Invalid Target.'],
	['a malformed UUID', () => ({ uuid: 'not-a-uuid', tag: UP }), 500, 'An Internal Error Has Occurred.'],
	['no UUID', () => ({}), 405, 'Invalid object uuid'],
	['no tag', () => ({ uuid: event.uuid }), 405, 'Invalid tag'],
])('attaching with %s', async (_what, body, status, message) => {
	const answer = await attach(body());
	expect([answer.status, answer.data.message]).toEqual([status, message]);
});

test('detaching an unknown tag is a 405', async () => {
	const { status, data } = await detach({ uuid: event.uuid, tag: 'never:existed' });
	expect([status, data.message]).toEqual([405, 'Invalid Tag.']);
});

test('several tags attach at once, and those already there are named', async () => {
	expect((await attach({ uuid: event.uuid, tag: [UP, DE] })).data.message).toBe(
		'Successfully attached 2 tags to Event (1)',
	);
	expect((await attach({ uuid: event.uuid, tag: [UP, 'zzz:unknown'] })).data.message).toBe(
		`Successfully attached 2 tags to Event (1). 1 already has the requested tag attached, no changes had to be made for tags ["${UP.replaceAll('"', '\\"')}"].`,
	);
});

test('an unknown tag is made by a key that may, and refused to one that may not', async () => {
	expect((await attach({ uuid: event.uuid, tag: 'new:tag' })).data.message).toBe(
		'Global tag new:tag(3) successfully attached to Event(1).',
	);
	const { status, data } = await attach({ uuid: event.uuid, tag: 'other:tag' }, clientFor(misp, 'user'));
	expect([status, data.message, data.errors]).toEqual([
		403,
		'Could not attachTagToObject Tag',
		'Failed to attach 1 tags. Reasons: {"0":"Tag not found and insufficient privileges to create it."}',
	]);
});

test('a tag made for local use only cannot be global', async () => {
	misp.store.addTag('only:local', { localOnly: true });
	expect((await attach({ uuid: event.uuid, tag: 'only:local' })).data.errors).toBe(
		'Failed to attach 1 tags. Reasons: {"0":"Invalid Tag. This tag can only be set as a local tag."}',
	);
	expect((await attach({ uuid: event.uuid, tag: 'only:local', local: 1 })).status).toBe(200);
});

describe('an event that another organisation made and a feed brought', () => {
	beforeEach(() => {
		event = misp.store.addEvent({
			info: 'from a feed',
			org: 'FeedOrg',
			published: true,
			tags: ['tlp:clear'],
			attributes: [{ type: 'domain', value: 'feed.example.org' }],
		});
		attribute = event.attributes[0] ?? missing();
	});
	const FOREIGN =
		'Cannot alter the tags of this data, only the organisation that has created the data (orgc) can modify global tags.';

	test.each(['publisher', 'user'] as const)('takes no global tag from a %s, and local ones', async (key) => {
		const client = clientFor(misp, key);
		for (const uuid of [uuidOf('event'), uuidOf('attribute')]) {
			const refused = await attach({ uuid, tag: UP }, client);
			expect([refused.status, refused.data.message]).toEqual([403, FOREIGN]);
			expect((await attach({ uuid, tag: UP, local: true }, client)).status).toBe(200);
			expect((await detach({ uuid, tag: UP }, client)).data.message).toMatch(/^Local tag .* successfully removed/);
		}
		expect((await detach({ uuid: event.uuid, tag: 'tlp:clear' }, client)).status).toBe(403);
	});

	test('is published by a site admin only', async () => {
		const { status, data } = await clientFor(misp, 'publisher').post(`/events/publish/${event.id}`, {});
		expect([status, data.message]).toEqual([405, 'You do not have the permission to do that.']);
		expect((await admin.post(`/events/publish/${event.id}`, {})).status).toBe(200);
	});
});

describe('tagging many attributes at once', () => {
	const many = (ids: unknown[], more = '', tag: string = UP) =>
		admin.post(`/attributes/addTag/selected${more}`, { attribute_ids: JSON.stringify(ids), tag });

	test('as local keeps the event published', async () => {
		const { data } = await many([1, '2'], '/local:1');
		expect(data).toEqual({ saved: true, success: '2 tags added', check_publish: true });
		expect([event.published, tagsOf('attribute')]).toEqual([true, [`${UP} (local)`]]);
	});

	test('as global does not', async () => {
		await many([1]);
		expect([event.published, tagsOf('attribute')]).toEqual([false, [UP]]);
	});

	test("takes UUIDs, and the tag's number in the path", async () => {
		const { data } = await admin.post('/attributes/addTag/selected/1', {
			attribute_ids: JSON.stringify([misp.store.uuidOf(attribute)]),
		});
		expect(data.saved).toBe(true);
	});

	test('counts those that had it', async () => {
		await many([1]);
		expect((await many([1, 2])).data).toEqual({
			saved: false,
			errors: '1 tags could not be added. However, 1 tags were added.',
		});
	});

	test('stops at one that is unknown and keeps what it did', async () => {
		const { status, data } = await many([1, 99_999_999, 2]);
		expect([status, data.message, tagsOf('attribute'), event.attributes[1]?.tags]).toEqual([
			404,
			'Invalid attribute',
			[UP],
			undefined,
		]);
	});

	test('has no counterpart for taking tags off', async () => {
		const { status } = await admin.post('/attributes/removeTag/selected/1', {
			attribute_ids: '["1"]',
		});
		expect(status).toBe(404);
	});
});

describe('addTag and removeTag', () => {
	test.each([
		['events', 'Tag is already attached to this event.', 'Invalid event - tag combination.'],
		['attributes', 'Tag could not be added.', 'Invalid attribute - tag combination.'],
	])('of %s say no in a 200', async (model, already, notThere) => {
		const call = (action: string, body: object) =>
			admin.post(`/${model}/${action}/1`, body).then(({ status, data }) => [status, data]);
		expect(await call('addTag', { tag: UP })).toEqual([
			200,
			{ saved: true, success: 'Tag added.', check_publish: true },
		]);
		expect(await call('addTag', { tag: 1 })).toEqual([200, { saved: false, errors: already }]);
		expect(await call('addTag', { tag: 'nonexistent:x' })).toEqual([200, { saved: false, errors: 'Invalid Tag.' }]);
		expect(await call('removeTag', { tag: UP })).toEqual([
			200,
			{ saved: true, success: 'Tag removed.', check_publish: true },
		]);
		expect(await call('removeTag', { tag: UP })).toEqual([200, { saved: false, errors: notThere }]);
	});

	test("keep to the taxonomy's exclusivity, which attachTagToObject does not", async () => {
		await admin.post('/taxonomies/enable/34', {});
		await attach({ uuid: event.uuid, tag: UP });
		expect((await admin.post('/events/addTag/1', { tag: DE })).data).toEqual({
			saved: false,
			errors: 'Tag is not allowed due to taxonomy exclusivity settings',
		});
		expect((await attach({ uuid: event.uuid, tag: DE })).status).toBe(200);
	});
});

describe('the list of tags', () => {
	test('is sorted by name, searched by part, and not paged', async () => {
		misp.store.addTag('tlp:clear');
		const { data } = await admin.get('/tags/index/limit:1');
		expect(data.Tag.map(({ name }: { name: string }) => name)).toEqual([DE, UP, 'tlp:clear']);
		expect((await admin.get('/tags/index/searchall:tlp')).data.Tag).toHaveLength(1);
	});

	test('search wants whole names or a %', async () => {
		expect((await admin.get('/tags/search/cytomic')).data).toEqual([]);
		const { data } = await admin.get('/tags/search/%25cytomic%25');
		expect(data[0]).toMatchObject({
			Tag: { id: '1', name: UP },
			Taxonomy: { namespace: 'cytomic-orion' },
		});
	});

	test('takes a new one once: the second time it answers with the first', async () => {
		const add = (body: object, client = admin) => client.post('/tags/add', body);
		const { data } = await add({ name: 'a:tag', colour: '#112233' });
		expect((await add({ name: 'a:tag', colour: '#000000' })).data).toEqual(data);
		expect((await add({ name: 'A:TAG' })).data.Tag.id).not.toBe(data.Tag.id);
		expect((await add({ colour: '#112233' })).status).toBe(500);
		expect((await add({ name: 'b:tag', colour: 'red' })).data.message).toBe(
			'Could not add the Tag. [colour]: Colour has to be in the RGB format (#FFFFFF)',
		);
		expect((await add({ name: 'c:tag' }, clientFor(misp, 'user'))).status).toBe(403);
	});
});

describe('publishing', () => {
	beforeEach(() => {
		event.published = false;
	});

	test('with workers is queued, and done a moment later', async () => {
		const { data } = await admin.post('/events/publish/1', {});
		expect([data.message, data.id, event.published]).toEqual(['Job queued', '1', false]);
		await misp.jobs.settled();
		expect(event.published).toBe(true);
		const { data: jobs } = await admin.get('/jobs/index');
		expect(jobs[0].Job).toMatchObject({
			job_type: 'publish_event',
			job_input: 'Event ID: 1',
			status: '4',
			message: 'Event published.',
			job_status: 'Completed',
			failed: false,
		});
	});

	test('without workers is done at once, and there are no jobs to see', async () => {
		const plain = await startMisp({ backgroundJobs: false });
		const draft = plain.store.addEvent({ info: 'draft' });
		const client = clientFor(plain);
		expect((await client.post(`/events/publish/${draft.uuid}`, {})).data).toMatchObject({
			message: 'Event published without alerts',
			url: '/events/publish/1',
		});
		expect(draft.published).toBe(true);
		const { status, data } = await client.get('/jobs/index');
		expect([status, data.message]).toEqual([404, 'Background jobs are not enabled on this instance.']);
		await plain.close();
	});

	test.each<[string, 'post' | 'get', string, number, string]>([
		['an unknown event', 'post', '/events/publish/999999', 404, 'Invalid event.'],
		['by GET', 'get', '/events/publish/1', 500, 'An Internal Error Has Occurred.'],
	])('%s', async (_what, method, url, status, message) => {
		const answer = await admin.request({ method, url });
		expect([answer.status, answer.data.message]).toEqual([status, message]);
	});

	test("needs the permission: 403 without it, 405 for another organisation's event", async () => {
		expect((await clientFor(misp, 'user').post('/events/publish/1', {})).status).toBe(403);
		expect((await clientFor(misp, 'otherOrg').post('/events/publish/1', {})).status).toBe(405);
	});

	test('can be undone', async () => {
		event.published = true;
		expect((await admin.post('/events/unpublish/1', {})).data.message).toBe('Event unpublished.');
		expect(event.published).toBe(false);
	});
});
