import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import type { AttributeSeed, EventSeed } from '../../../sandbox/misp/seeds';
import { listOptions } from '../harness';
import { calls, chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
});
afterEach(async () => await misp.close());

const upload = 'cytomic-orion:action="upload"';
const event = (seed: Partial<EventSeed> = {}) =>
	misp.store.addEvent({ info: 'Phishing wave', published: true, ...seed });
const domains = (count: number, seed: Partial<AttributeSeed> = {}): AttributeSeed[] =>
	Array.from({ length: count }, (_, at) => ({ type: 'domain', value: `d${at}.bad-net.com`, ...seed }));
const uuidsOf = (of: ReturnType<typeof event>) => of.attributes.map((attribute) => misp.store.uuidOf(attribute));
const tag = chosen(upload, 'name');
const unknown = '00000000-0000-4000-8000-000000000000';
const add = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, 'tag.add', { tag, scope: 'local', createTag: true, ...parameters }, more);
const remove = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, 'tag.remove', { tag, keepPublished: true, ...parameters }, more);

describe('adding a tag', () => {
	it('attaches it as local, creating it, and leaves the event published', async () => {
		const { uuid } = event();
		const run = await add({ uuids: uuid });
		expect(run.json).toEqual([{ uuid, object_type: 'event', event_uuid: uuid, tag: upload, local: true, added: true }]);
		expect(misp.store.event(1)).toMatchObject({ published: true, tags: [{ local: true, tag: { name: upload } }] });
	});
	it('attaches it as global where that is wanted, which unpublishes the event', async () => {
		const { uuid } = event();
		await add({ uuids: uuid, scope: 'global' });
		expect(misp.store.event(1)).toMatchObject({ published: false, tags: [{ local: false }] });
	});
	it('leaves one that is attached alone', async () => {
		const { uuid } = event({ tags: [upload] });
		const run = await add({ uuids: uuid });
		expect(run.json[0]).toMatchObject({ added: false, local: false });
		expect(calls(misp, '/tags/attachTagToObject')).toBe(0);
	});
	it('takes many attributes in one request, and the events among them one by one', async () => {
		const made = event({ attributes: domains(20) });
		const run = await add({ uuids: [...uuidsOf(made), made.uuid].join('\n') });
		expect(column(run, 'added')).toEqual(Array(21).fill(true));
		expect(calls(misp, '/attributes/addTag/selected/local:1')).toBe(1);
		expect(calls(misp, '/tags/attachTagToObject')).toBe(1);
		expect(misp.store.event(1)?.published).toBe(true);
	});
	it('takes UUIDs of many items at once and names the item of each', async () => {
		const made = event({ attributes: domains(6) });
		const run = await add({ uuids: '={{ $json.uuid }}' }, { input: uuidsOf(made).map((uuid) => ({ uuid })) });
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(Array.from({ length: 6 }, (_, item) => ({ item })));
		expect(calls(misp, /restSearch/)).toBe(2);
	});
	it('goes on one by one where the bulk request breaks off', async () => {
		const made = event({ attributes: domains(8) });
		misp.faults.add({
			path: /addTag\/selected/,
			answer: { status: 404, body: { name: 'Invalid attribute', message: 'Invalid attribute', url: '' } },
		});
		const run = await add({ uuids: uuidsOf(made) });
		expect(column(run, 'added')).toEqual(Array(8).fill(true));
		expect(misp.store.event(1)?.attributes.every(({ tags }) => tags?.[0]?.tag.name === upload)).toBe(true);
	});
	it.each([
		['an unknown UUID', unknown, `MISP has no event or attribute ${unknown}, or hides it from this key`],
		['an id instead of a UUID', '17', '"17" is not a UUID'],
	])('%s goes to the error output, and the others are tagged', async (_, wrong, message) => {
		const { uuid } = event();
		const run = await add(
			{ uuids: `={{ $json.uuid }}` },
			{ input: [{ uuid: wrong }, { uuid }], onError: 'continueErrorOutput' },
		);
		expect(run.json).toEqual([expect.objectContaining({ uuid, added: true })]);
		expect(run.errorItems[0]).toMatchObject({ json: { uuid: wrong, error: message }, pairedItem: { item: 0 } });
	});
	it('says so where there is no such tag and the key may not create it', async () => {
		const { uuid } = event();
		const run = await add({ uuids: uuid }, { key: 'user' });
		expect(run.error?.message).toMatch(/tag editor/);
	});
	it('needs no right to create a tag that is there', async () => {
		misp.store.addTag(upload);
		const { uuid } = event();
		const run = await add({ uuids: uuid }, { key: 'user' });
		expect(run.json[0]).toMatchObject({ added: true });
	});
	it('a foreign event takes local tags only', async () => {
		misp.store.addTag(upload);
		const { uuid } = event({ org: 'Elsewhere', distribution: 3 });
		const global = await add({ uuids: uuid, scope: 'global', createTag: false }, { key: 'user' });
		expect(global.error).toMatchObject({
			message: expect.stringContaining('belongs to another organisation'),
			description: expect.stringContaining('local tag'),
		});
		const local = await add({ uuids: uuid, createTag: false }, { key: 'user' });
		expect(local.json[0]).toMatchObject({ added: true, local: true });
	});
	it('a read-only key is told what it lacks', async () => {
		misp.store.addTag(upload);
		const { uuid } = event();
		const run = await add({ uuids: uuid, createTag: false }, { key: 'readOnly' });
		expect(run.error?.message).toContain('lacks a permission for this: tagger');
	});
});

describe('removing a tag', () => {
	it('takes it off events and attributes, deleted ones too', async () => {
		const made = event({
			tags: [{ name: upload, local: true }],
			attributes: domains(2, { tags: [{ name: upload, local: true }], deleted: true }),
		});
		const run = await remove({ uuids: [made.uuid, ...uuidsOf(made)] });
		expect(column(run, 'removed')).toEqual([true, true, true]);
		expect(misp.store.event(1)).toMatchObject({ published: true, tags: [] });
	});
	it('is content where it was not attached', async () => {
		misp.store.addTag(upload);
		const { uuid } = event();
		const run = await remove({ uuids: uuid });
		expect(run.json).toEqual([{ uuid, object_type: 'event', event_uuid: uuid, tag: upload, removed: false }]);
	});
	it('is content where another run was quicker', async () => {
		const { uuid } = event({ tags: [{ name: upload, local: true }] });
		misp.faults.add({
			path: /removeTagFromObject/,
			answer: {
				status: 404,
				body: { name: 'This tag is not attached to the target.', message: 'This tag is not attached to the target.' },
			},
		});
		const run = await remove({ uuids: uuid });
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({ removed: false });
	});
	it('publishes an event again that lost a global tag', async () => {
		const { uuid } = event({ tags: [upload] });
		const run = await remove({ uuids: uuid });
		expect(run.json[0]).toMatchObject({ removed: true, was: 'global', published_again: true });
		expect(misp.store.event(1)?.published).toBe(true);
	});
	it('leaves it unpublished where that is wanted, and drafts stay drafts', async () => {
		const one = event({ tags: [upload] });
		const draft = event({ tags: [upload], published: false });
		await remove({ uuids: one.uuid, keepPublished: false });
		await remove({ uuids: draft.uuid });
		expect([one.published, draft.published]).toEqual([false, false]);
	});
	it('a key that may remove but not publish is told that the event is unpublished now', async () => {
		const { uuid } = event({ tags: [upload] });
		const run = await remove({ uuids: uuid }, { key: 'user', onError: 'continueErrorOutput' });
		expect(misp.store.event(1)?.tags).toEqual([]);
		expect(run.errorItems[0]?.json).toMatchObject({
			error: expect.stringMatching(/^The tag was removed, and its event is unpublished since: .*publish/),
			details: { uuid, removed: true },
		});
	});
	it('an unknown UUID is an error, the others are done', async () => {
		const { uuid } = event({ tags: [{ name: upload, local: true }] });
		const run = await remove({ uuids: [unknown, uuid] }, { onError: 'continueErrorOutput' });
		expect(run.json).toEqual([expect.objectContaining({ uuid, removed: true })]);
		expect(run.errorItems).toHaveLength(1);
	});
});

test('tags can be chosen from a list', async () => {
	misp.store.addTag(upload);
	const list = await listOptions({
		type: 'misp',
		method: 'searchTags',
		filter: 'ORION',
		credentials: credentialOf(misp),
	});
	expect(list.results.map(({ value }) => value)).toContain(upload);
});
