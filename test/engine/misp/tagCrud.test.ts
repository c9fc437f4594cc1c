import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { chosen, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const tag = operating('tag', () => misp);

describe('Create', () => {
	test('creates a tag with its colour', async () => {
		const run = await tag('create', { name: 'sandbox:state="new"', fields: { colour: '#aabbcc', local_only: true } });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ name: 'sandbox:state="new"', colour: '#aabbcc', local_only: true, created: true },
		]);
	});

	test('returns the tag of that name that is there already', async () => {
		await tag('create', { name: 'sandbox:twice', fields: { colour: '#111111' } });
		const run = await tag('create', { name: 'sandbox:twice', fields: { colour: '#222222' } });
		expect(run.json).toMatchObject([{ colour: '#111111', created: false }]);
	});

	test('takes names that differ in case for two tags, as MISP does', async () => {
		await tag('create', { name: 'sandbox:case' });
		const run = await tag('create', { name: 'SANDBOX:CASE' });
		expect(run.json).toMatchObject([{ created: true }]);
	});

	test('says what is wrong with a colour', async () => {
		const run = await tag('create', { name: 'sandbox:red', fields: { colour: 'red' } });
		expect(run.error?.message).toMatch(/[Cc]olour/);
	});

	test('tells a key without the permission what it lacks', async () => {
		const run = await tag('create', { name: 'sandbox:no' }, { key: 'user' });
		expect(run.error?.message).toContain('tag editor');
	});

	test('asks for a name', async () => {
		const run = await tag('create', { name: ' ' });
		expect(run.error?.message).toContain('Name');
	});
});

describe('Get Many', () => {
	test('lists tags by a part of their name, with how often they are used', async () => {
		const event = misp.store.addEvent({ info: 'tagged', creator: misp.store.userByEmail('admin@admin.test') });
		event.tags = [{ tag: misp.store.addTag('sandbox:used'), local: false, relationship: null }];
		await tag('create', { name: 'sandbox:unused' });
		const all = await tag('getMany', { returnAll: true, searchText: 'SANDBOX:U' });
		expect(all.json.map(({ name, count }) => [name, count]).sort()).toEqual([
			['sandbox:unused', 0],
			['sandbox:used', 1],
		]);
		const used = await tag('getMany', { returnAll: true, searchText: 'sandbox:', onlyUsed: true });
		expect(used.json.map(({ name }) => name)).toEqual(['sandbox:used']);
	});

	test('returns no more than the limit', async () => {
		const run = await tag('getMany', { limit: 1 });
		expect(run.json).toHaveLength(1);
	});
});

describe('Update', () => {
	test('renames a tag, found by its name or id', async () => {
		const made = await tag('create', { name: 'sandbox:old' });
		const run = await tag('update', {
			tag: chosen('sandbox:old'),
			fields: { name: 'sandbox:renamed', colour: '#00ff00' },
		});
		expect(run.json).toMatchObject([{ id: made.json[0]?.id, name: 'sandbox:renamed', colour: '#00ff00' }]);
		const byId = await tag('update', { tag: chosen(String(made.json[0]?.id)), fields: { hide_tag: true } });
		expect(byId.json).toMatchObject([{ name: 'sandbox:renamed', hide_tag: true }]);
	});

	test('says that the new name is taken', async () => {
		await tag('create', { name: 'sandbox:a' });
		await tag('create', { name: 'sandbox:b' });
		const run = await tag('update', { tag: chosen('sandbox:a'), fields: { name: 'sandbox:b' } });
		expect(run.error?.message).toContain('similar name already exists');
	});

	test('says that there is no such tag', async () => {
		const run = await tag('update', { tag: chosen('sandbox:never'), fields: { hide_tag: true } });
		expect(run.error?.message).toBe('MISP has no tag "sandbox:never"');
	});

	test('tells a key that is no site admin’s what it lacks', async () => {
		await tag('create', { name: 'sandbox:mine' });
		const run = await tag('update', { tag: chosen('sandbox:mine'), fields: { hide_tag: true } }, { key: 'publisher' });
		expect(run.error?.message).toContain('site admin');
	});
});

describe('Delete', () => {
	test('deletes a tag and says where it was', async () => {
		const event = misp.store.addEvent({ info: 'tagged', creator: misp.store.userByEmail('admin@admin.test') });
		event.tags = [{ tag: misp.store.addTag('sandbox:gone'), local: false, relationship: null }];
		const run = await tag('delete', { tag: chosen('sandbox:gone') });
		expect(run.json).toMatchObject([{ name: 'sandbox:gone', was_on_events: 1, deleted: true }]);
		expect(misp.store.tag('sandbox:gone')).toBeUndefined();
	});

	test('says that an id is unknown', async () => {
		const run = await tag('delete', { tag: chosen('99999') });
		expect(run.error?.message).toContain('no such tag');
	});
});
