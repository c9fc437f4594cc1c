import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { chosen, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
	const { store, sharingGroups } = misp;
	const [host, other] = store.organisations;
	if (!host || !other) throw new Error('The sandbox has no two organisations');
	sharingGroups.add({
		name: 'Banks',
		org: host,
		releasability: 'Banks only',
		members: [
			{ org: host, extend: true },
			{ org: other, extend: false },
		],
	});
	sharingGroups.add({ name: 'Asleep', org: host, active: false });
	sharingGroups.add({ name: 'Us', org: host, members: [{ org: host, extend: true }] });
});
afterAll(async () => await misp.close());

const group = operating('sharingGroup', () => misp);

test('Get Many lists the groups that the key’s organisation is part of', async () => {
	const all = await group('getMany', { returnAll: true });
	expect(all.error).toBeUndefined();
	expect(all.json).toMatchObject([
		{
			name: 'Banks',
			owner: 'ORGNAME',
			organisations: [
				{ name: 'ORGNAME', may_extend: true },
				{ name: 'OtherOrg', may_extend: false },
			],
		},
		{ name: 'Us' },
	]);
	expect((await group('getMany', { returnAll: true }, { key: 'otherOrg' })).json.map(({ name }) => name)).toEqual([
		'Banks',
	]);
	expect((await group('getMany', { returnAll: true, searchText: 'ban' })).json).toHaveLength(1);
});

test('Get gives a group by its id or UUID', async () => {
	const run = await group('get', { sharingGroup: chosen('1') });
	expect(run.json).toMatchObject([{ name: 'Banks', releasability: 'Banks only', active: true }]);
	expect((await group('get', { sharingGroup: chosen(String(run.json[0]?.uuid)) })).json).toEqual(run.json);
	expect((await group('get', { sharingGroup: chosen('1'), simple: false })).json).toMatchObject([
		{ SharingGroup: { name: 'Banks' } },
	]);
});

test('Get says that a group is unknown, or hidden from the key', async () => {
	const run = await group('get', { sharingGroup: chosen('3') }, { key: 'otherOrg' });
	expect(run.error?.message).toContain('may not see it');
});

test('Get gives a group that is not active, which no list has', async () => {
	expect((await group('get', { sharingGroup: chosen('2') })).json).toMatchObject([{ name: 'Asleep', active: false }]);
	expect((await group('getMany', { returnAll: true })).json.map(({ name }) => name)).toEqual(['Banks', 'Us']);
});
