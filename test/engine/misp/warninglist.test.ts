import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, credentialOf, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());
beforeEach(() => misp.warninglists.setEnabled(misp.warninglists.lists, false));

const warninglist = operating('warninglist', () => misp);
const rfc5735 = 'List of RFC 5735 CIDR blocks';
const resolvers = 'List of known IPv4 public DNS resolvers';

test('Get gives a warninglist by its name or id, with its values where asked', async () => {
	const run = await warninglist('get', { warninglist: chosen(rfc5735) });
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([{ name: rfc5735, type: 'cidr', enabled: false }]);
	expect(run.json[0]).not.toHaveProperty('values');
	const whole = await warninglist('get', { warninglist: chosen(String(run.json[0]?.id)), includeValues: true });
	expect(whole.json[0]?.values).toContain('10.0.0.0/8');
});

test('Get Many lists warninglists by text and by state', async () => {
	await warninglist('enable', { warninglist: chosen(rfc5735) });
	const found = await warninglist('getMany', { returnAll: true, searchText: 'rfc', only: 'enabled' });
	expect(found.json.map(({ name }) => name)).toEqual([rfc5735]);
	const [list] = found.json;
	expect(list?.valid_attributes).toContain('ip-dst');
	const one = await warninglist('getMany', { limit: 1 });
	expect(one.json).toHaveLength(1);
});

test('Enable and Disable switch a warninglist, once', async () => {
	const on = await warninglist('enable', { warninglist: chosen(rfc5735) });
	expect(on.json).toMatchObject([{ name: rfc5735, enabled: true, changed: true }]);
	const again = await warninglist('enable', { warninglist: chosen(rfc5735) });
	expect(again.json).toMatchObject([{ changed: false }]);
	const off = await warninglist('disable', { warninglist: chosen(rfc5735) });
	expect(off.json).toMatchObject([{ enabled: false, changed: true }]);
});

test('Enable says that there is no such list, and goes on with the others where asked to', async () => {
	const run = await warninglist(
		'enable',
		{ warninglist: { __rl: true, mode: 'id', value: '={{ $json.list }}' } },
		{ input: [{ list: 'nope' }, { list: rfc5735 }], onError: 'continueErrorOutput' },
	);
	expect(run.json).toMatchObject([{ name: rfc5735, enabled: true }]);
	expect(run.errorItems.map(({ json }) => json.error)).toEqual([
		'MISP has no warninglist "nope", or hides it from this key',
	]);
});

test('Enable tells a key without the permission what it lacks', async () => {
	const run = await warninglist('enable', { warninglist: chosen(rfc5735) }, { key: 'readOnly' });
	expect(run.error?.message).toContain('warninglist');
});

describe('Check', () => {
	test('looks values of many items up, and gives each with the lists it is on', async () => {
		misp.warninglists.setEnabled(
			misp.warninglists.lists.filter(({ name }) => [rfc5735, resolvers].includes(name)),
			true,
		);
		const run = await warninglist(
			'check',
			{ values: '={{ $json.value }}' },
			{ input: [{ value: '8.8.8.8' }, { value: 'evil.sandbox-feed.com' }, { value: '10.0.0.1' }] },
		);
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([
			{ value: '8.8.8.8', listed: true, warninglists: [{ name: resolvers, matched: '8.8.8.8/32' }] },
			{ value: 'evil.sandbox-feed.com', listed: false, warninglists: [] },
			{ value: '10.0.0.1', listed: true, warninglists: [{ name: rfc5735, matched: '10.0.0.0/8' }] },
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(misp.requests.filter(({ path }) => path.endsWith('/checkValue'))).toHaveLength(1);
	});

	test('gives only hits, or only the others', async () => {
		misp.warninglists.setEnabled(
			misp.warninglists.lists.filter(({ name }) => name === rfc5735),
			true,
		);
		const values = '10.0.0.1, 1.2.3.4';
		expect((await warninglist('check', { values, return: 'listed' })).json.map(({ value }) => value)).toEqual([
			'10.0.0.1',
		]);
		expect((await warninglist('check', { values, return: 'unlisted' })).json.map(({ value }) => value)).toEqual([
			'1.2.3.4',
		]);
	});

	test('says that no list is enabled', async () => {
		const run = await warninglist('check', { values: '10.0.0.1' });
		expect(run.json).toMatchObject([{ listed: false }]);
		expect(run.hints.join()).toContain('No warninglist is enabled');
	});

	test('asks for values', async () => {
		const run = await warninglist('check', { values: ' , ' });
		expect(run.error?.message).toBe('No value was given');
	});
});

test('Update All loads what came with MISP', async () => {
	const run = await warninglist('updateAll');
	expect(run.json).toEqual([{ updated: false, message: 'All warninglists are up to date already.' }]);
});

test('The list in the editor shows which ones are off', async () => {
	const found = await listOptions({
		type: 'misp',
		method: 'searchWarninglists',
		filter: 'rfc 5735',
		credentials: credentialOf(misp),
	});
	expect(found.results.map(({ name }) => name)).toEqual([`${rfc5735} (disabled)`]);
});
