import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { chosen, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const noticelist = operating('noticelist', () => misp);

test('Get gives a noticelist with its entries', async () => {
	const run = await noticelist('get', { noticelist: chosen('gdpr') });
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([
		{
			id: '1',
			name: 'gdpr',
			enabled: false,
			geographical_area: ['EU'],
			entries: [{ field: ['type'], value: ['ip-src', 'ip-dst'] }],
		},
	]);
});

test('Get says that there is no such noticelist', async () => {
	const run = await noticelist('get', { noticelist: chosen('9') });
	expect(run.error?.message).toContain('no noticelist "9"');
});

test('Get Many lists noticelists by text and by state', async () => {
	expect((await noticelist('getMany', { returnAll: true, searchText: 'data protection' })).json).toMatchObject([
		{ name: 'gdpr' },
	]);
	expect((await noticelist('getMany', { returnAll: true, only: 'enabled' })).json).toEqual([]);
});

test('Enable and Disable switch a noticelist, once, whatever MISP’s empty answer', async () => {
	expect((await noticelist('enable', { noticelist: chosen('gdpr') })).json).toMatchObject([
		{ enabled: true, changed: true },
	]);
	expect((await noticelist('enable', { noticelist: chosen('gdpr') })).json).toMatchObject([
		{ enabled: true, changed: false },
	]);
	expect((await noticelist('disable', { noticelist: chosen('gdpr') })).json).toMatchObject([
		{ enabled: false, changed: true },
	]);
});

test('Enable tells a key that is no site admin’s what it lacks', async () => {
	const run = await noticelist('enable', { noticelist: chosen('gdpr') }, { key: 'user' });
	expect(run.error?.message).toContain('site admin');
});
