import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, credentialOf, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const user = operating('user', () => misp);

test('Create makes a user, and gives out neither key nor password', async () => {
	const run = await user('create', {
		email: 'new@admin.test',
		organisation: chosen('OtherOrg'),
		role: chosen('Publisher'),
		fields: { autoalert: true },
	});
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([
		{ email: 'new@admin.test', org: 'OtherOrg', role: 'Publisher', disabled: false, autoalert: true },
	]);
	expect(JSON.stringify(run.items)).not.toContain(misp.store.userByEmail('new@admin.test').key);
});

test('Create says that the address is taken or malformed, and that there is no such role', async () => {
	expect((await user('create', { email: 'admin@admin.test' })).error?.message).toContain('already exists');
	expect((await user('create', { email: 'nope' })).error?.message).toContain('valid email');
	expect((await user('create', { email: 'x@admin.test', role: chosen('Emperor') })).error?.message).toContain(
		'no role "Emperor"',
	);
});

test('Create tells a key that is no admin’s what it lacks', async () => {
	expect((await user('create', { email: 'x@admin.test' }, { key: 'user' })).error?.message).toContain('admin');
});

test('Get gives a user by e-mail address or id, without secrets', async () => {
	const run = await user('get', { user: chosen('publisher@admin.test') });
	expect(run.json).toMatchObject([{ email: 'publisher@admin.test', org: 'ORGNAME', role: 'Publisher' }]);
	const whole = await user('get', { user: chosen(String(run.json[0]?.id)), simple: false });
	expect(whole.json).toMatchObject([{ email: 'publisher@admin.test', Role: { name: 'Publisher' } }]);
	for (const secret of ['password', 'authkey', 'totp', 'gpgkey']) expect(whole.json[0]).not.toHaveProperty(secret);
	expect((await user('get', { user: chosen('nobody@admin.test') })).error?.message).toContain(
		'no user "nobody@admin.test"',
	);
});

test('Get Many lists users by a part of their address', async () => {
	const run = await user('getMany', { returnAll: true, searchText: 'readonly' });
	expect(run.json).toMatchObject([{ email: 'readonly@admin.test', role: 'Read Only' }]);
	expect((await user('getMany', {}, { key: 'publisher' })).error?.message).toContain('admin');
});

test('Update disables a user or gives another role', async () => {
	const run = await user('update', {
		user: chosen('user@admin.test'),
		role: chosen('Read Only'),
		fields: { disabled: true },
	});
	expect(run.json).toMatchObject([{ email: 'user@admin.test', role: 'Read Only', disabled: true }]);
	expect((await user('update', { user: chosen('user@admin.test') })).error?.message).toBe(
		'Nothing to change was given',
	);
	expect(
		(await user('update', { user: chosen('user@admin.test'), fields: { email: 'nope' } })).error?.message,
	).toContain('valid email');
});

test('Delete deletes a user', async () => {
	await user('create', { email: 'gone@admin.test' });
	expect((await user('delete', { user: chosen('gone@admin.test') })).json).toMatchObject([
		{ email: 'gone@admin.test', deleted: true },
	]);
	expect((await user('delete', { user: chosen('gone@admin.test') })).error?.message).toContain(
		'no user "gone@admin.test"',
	);
});

test('The lists in the editor show addresses and roles', async () => {
	const users = await listOptions({
		type: 'misp',
		method: 'searchUsers',
		filter: 'admin@',
		credentials: credentialOf(misp),
	});
	expect(users.results).toEqual([{ name: 'admin@admin.test', value: '1' }]);
	const roles = await listOptions({
		type: 'misp',
		method: 'searchRoles',
		filter: 'publisher',
		credentials: credentialOf(misp),
	});
	expect(roles.results.map(({ name }) => name)).toEqual(['Publisher']);
});
