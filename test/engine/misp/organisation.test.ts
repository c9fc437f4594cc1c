import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, credentialOf, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const organisation = operating('organisation', () => misp);

test('Create makes an organisation', async () => {
	const run = await organisation('create', {
		name: 'CSIRT Sandbox',
		fields: { sector: 'Finance', nationality: 'Spain' },
	});
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([{ name: 'CSIRT Sandbox', sector: 'Finance', nationality: 'Spain', local: true }]);
});

test('Create says that the name is taken, and that a UUID is malformed', async () => {
	await organisation('create', { name: 'Twice' });
	expect((await organisation('create', { name: 'Twice' })).error?.message).toContain('already exists');
	expect((await organisation('create', { name: 'Odd', fields: { uuid: 'zz' } })).error?.message).toContain('UUID');
});

test('Create asks for a name, without which MISP would make a nameless one', async () => {
	expect((await organisation('create', { name: ' ' })).error?.message).toContain('Name');
});

test('Create tells a key that is no site admin’s what it lacks', async () => {
	expect((await organisation('create', { name: 'No' }, { key: 'publisher' })).error?.message).toMatch(/admin/);
});

test('Get gives an organisation by name, UUID or id', async () => {
	const byName = await organisation('get', { organisation: chosen('OtherOrg') });
	const [org] = byName.json;
	expect(byName.json).toMatchObject([{ name: 'OtherOrg', user_count: 1 }]);
	expect((await organisation('get', { organisation: chosen(String(org?.uuid)) })).json).toEqual(byName.json);
	expect((await organisation('get', { organisation: chosen(String(org?.id)) })).json).toEqual(byName.json);
	expect((await organisation('get', { organisation: chosen('Nobody') })).error?.message).toContain(
		'no such organisation',
	);
});

test('Get Many lists organisations by scope and name', async () => {
	misp.store.addOrganisation({ name: 'Far Away', local: false });
	expect((await organisation('getMany', { returnAll: true, scope: 'external' })).json.map(({ name }) => name)).toEqual([
		'Far Away',
	]);
	expect(
		(await organisation('getMany', { returnAll: true, searchText: 'other' })).json.map(({ name }) => name),
	).toEqual(['OtherOrg']);
	expect((await organisation('getMany', { limit: 1 })).json).toHaveLength(1);
});

test('Update changes what is given and nothing else', async () => {
	await organisation('create', { name: 'To Change', fields: { sector: 'Energy' } });
	const run = await organisation('update', { organisation: chosen('To Change'), fields: { description: 'Changed' } });
	expect(run.json).toMatchObject([{ name: 'To Change', description: 'Changed', sector: 'Energy' }]);
	expect(
		(await organisation('update', { organisation: chosen('To Change'), fields: { name: 'OtherOrg' } })).error?.message,
	).toContain('already exists');
	expect((await organisation('update', { organisation: chosen('To Change') })).error?.message).toBe(
		'Nothing to change was given',
	);
});

test('Delete deletes an organisation that nothing uses, and says why not otherwise', async () => {
	await organisation('create', { name: 'To Go' });
	expect((await organisation('delete', { organisation: chosen('To Go') })).json).toMatchObject([
		{ name: 'To Go', deleted: true },
	]);
	const used = await organisation('delete', { organisation: chosen('OtherOrg') });
	expect(used.error?.message).toContain('did not delete');
	expect(used.error?.description).toContain('users');
});

test('The list in the editor shows names', async () => {
	const found = await listOptions({
		type: 'misp',
		method: 'searchOrganisations',
		filter: 'orgname',
		credentials: credentialOf(misp),
	});
	expect(found.results).toEqual([{ name: 'ORGNAME', value: '1' }]);
});
