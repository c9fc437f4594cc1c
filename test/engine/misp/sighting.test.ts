import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
	for (const info of ['One', 'Two'])
		misp.store.addEvent({
			info,
			distribution: 3,
			attributes: [{ type: 'domain', value: `${info}.bad-net.com`.toLowerCase() }],
		});
});
afterEach(async () => await misp.close());

const on = async (name: string, parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, `sighting.${name}`, parameters, more);
const sight = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await on('create', { of: 'values', sightingType: 'seen', ...parameters }, more);
const unknown = '00000000-0000-4000-8000-000000000000';

describe('reporting', () => {
	it('that a value was seen, by whom and when', async () => {
		const run = await sight({
			values: 'one.bad-net.com',
			details: { source: 'cytomic-orion', time: '2026-11-20T08:00:00Z' },
		});
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([
			expect.objectContaining({
				type: 'seen',
				value: 'one.bad-net.com',
				attribute_id: '1',
				event_id: '1',
				source: 'cytomic-orion',
				date_sighting: '2026-11-20T08:00:00.000Z',
			}),
		]);
	});
	it.each([['falsePositive'], ['expiration']])('%s of an attribute, by id or UUID', async (sightingType) => {
		const uuid = misp.store.uuidOf(
			misp.store.event(2)?.attributes[0] ??
				misp.store.addAttribute(misp.store.addEvent({ info: '' }), { type: 'text', value: '' }),
		);
		for (const attribute of ['2', uuid]) {
			const run = await sight({ of: 'attribute', attribute: chosen(attribute), sightingType });
			expect(run.json[0]).toMatchObject({ type: sightingType, attribute_id: '2' });
		}
	});
	it('which of several values MISP knows', async () => {
		const run = await sight(
			{ values: ['one.bad-net.com', 'never.heard-of.com', 'two.bad-net.com'] },
			{ onError: 'continueErrorOutput' },
		);
		expect(column(run, 'value')).toEqual(['one.bad-net.com', 'two.bad-net.com']);
		expect(run.errorItems[0]?.json).toMatchObject({
			error: 'No attribute that this key may see has the value "never.heard-of.com"',
			details: { value: 'never.heard-of.com' },
		});
	});
	it.each<[string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		['an unknown value', { values: 'never.heard-of.com' }, {}, /No attribute that this key may see has the value/],
		['an unknown attribute', { of: 'attribute', attribute: chosen(unknown) }, {}, /No attribute fits this sighting/],
		['an empty list', { values: '={{ [] }}' }, {}, /No value was given/],
		['a time that is none', { values: 'one.bad-net.com', details: { time: 'soon' } }, {}, /not a time/],
		['a read-only key', { values: 'one.bad-net.com' }, { key: 'readOnly' }, /lacks a permission for this: sighting/],
	])('nothing for %s', async (_, parameters, more, message) => {
		expect((await sight(parameters, more)).error?.message).toMatch(message);
	});
});

describe('reading', () => {
	beforeEach(async () => {
		await sight({ values: 'one.bad-net.com', details: { source: 'honeypot' } });
		await sight({
			values: 'one.bad-net.com',
			sightingType: 'falsePositive',
			details: { time: '2026-01-02T00:00:00Z' },
		});
		await sight({ values: 'two.bad-net.com' });
	});
	const found = async (parameters: Parameters<typeof operate>[2]) => {
		const run = await on('getMany', { returnAll: true, of: 'all', ...parameters });
		expect(run.error).toBeUndefined();
		return run;
	};

	it.each<[string, Parameters<typeof operate>[2], number]>([
		['all', {}, 3],
		['of an attribute by id', { of: 'attribute', attribute: chosen('1') }, 2],
		['of an event by id', { of: 'event', event: chosen('2') }, 1],
		['by source', { sightingFilters: { source: 'honeypot' } }, 1],
		['by type', { sightingFilters: { types: ['falsePositive', 'expiration'] } }, 1],
		['of the last days', { sightingFilters: { since: '7d' } }, 2],
		['since a day', { sightingFilters: { since: '2026-01-01' } }, 3],
		['as many as wanted', { returnAll: false, limit: 2 }, 2],
	])('%s', async (_, parameters, count) => {
		expect((await found(parameters)).json).toHaveLength(count);
	});
	it('of an attribute or event by UUID', async () => {
		const event = misp.store.event(1);
		const attribute = event?.attributes[0];
		expect((await found({ of: 'event', event: chosen(event?.uuid ?? '') })).json).toHaveLength(2);
		expect(
			(await found({ of: 'attribute', attribute: chosen(attribute ? misp.store.uuidOf(attribute) : '') })).json,
		).toHaveLength(2);
	});
	it('flat, or as MISP has them', async () => {
		expect((await found({})).json[0]).toMatchObject({ type: 'seen', value: 'one.bad-net.com', org: 'ORGNAME' });
		expect((await found({ simple: false })).json[0]).toMatchObject({ type: '0', Organisation: { name: 'ORGNAME' } });
	});
	it('nothing where a filter would be ignored', async () => {
		expect(
			(await on('getMany', { returnAll: true, of: 'all', sightingFilters: { since: 'lately' } })).error?.message,
		).toMatch(/not a time/);
		expect((await on('getMany', { returnAll: true, of: 'event', event: chosen(unknown) })).error?.message).toMatch(
			/MISP has no event/,
		);
	});
	it('deletes one, once', async () => {
		const { uuid } = (await found({})).json[0] ?? {};
		expect((await on('delete', { sighting: chosen(String(uuid)) })).json[0]).toEqual({ sighting: uuid, deleted: true });
		expect((await found({})).json).toHaveLength(2);
		expect((await on('delete', { sighting: chosen(String(uuid)) })).error?.message).toMatch(/no such sighting/);
		expect((await on('delete', { sighting: chosen('2') }, { key: 'readOnly' })).error?.message).toMatch(
			/lacks a permission/,
		);
	});
	it('shows the latest in a list to choose from', async () => {
		const list = await listOptions({
			type: 'misp',
			method: 'searchSightings',
			filter: 'honeypot',
			credentials: credentialOf(misp),
		});
		expect(list.results).toEqual([
			{ name: expect.stringMatching(/^one\.bad-net\.com honeypot /), value: expect.any(String) },
		]);
	});
});
