import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
	misp.store.addEvent({
		info: 'Ours',
		distribution: 3,
		published: true,
		attributes: [{ type: 'domain', value: 'bad.phish-kit.com', to_ids: true }],
	});
});
afterEach(async () => await misp.close());

const on = async (name: string, parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, `proposal.${name}`, parameters, more);
const propose = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await on('create', { proposes: 'attribute', ...parameters }, { key: 'otherOrg', ...more });
const newDomain = async () =>
	await propose({ event: chosen('1'), type: 'domain', value: 'more.phish-kit.com', details: { comment: 'seen too' } });

describe('proposing', () => {
	it('a new attribute', async () => {
		const run = await newDomain();
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({
			proposes: 'attribute',
			event_id: '1',
			type: 'domain',
			value: 'more.phish-kit.com',
			comment: 'seen too',
		});
		expect(misp.store.event(1)?.attributes).toHaveLength(1);
	});
	it('a change', async () => {
		const run = await propose({ proposes: 'change', attribute: chosen('1'), changes: { toIds: false } });
		expect(run.json[0]).toMatchObject({
			proposes: 'change',
			attribute_id: '1',
			value: 'bad.phish-kit.com',
			to_ids: false,
		});
	});
	it('a deletion', async () => {
		const run = await propose({ proposes: 'deletion', attribute: chosen('1') });
		expect(run.json[0]).toMatchObject({ proposes: 'deletion', attribute_id: '1', value: 'bad.phish-kit.com' });
	});
	it.each<[string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		[
			'a value that does not fit',
			{ event: chosen('1'), type: 'md5', value: 'zz' },
			{},
			/MISP refused the values: value: Checksum/,
		],
		['an unknown event', { event: chosen('99'), type: 'domain', value: 'a.bad-net.com' }, {}, /no such event/],
		['no change', { proposes: 'change', attribute: chosen('1') }, {}, /no change to propose/],
		['an unknown attribute', { proposes: 'deletion', attribute: chosen('99') }, {}, /no such attribute/],
		[
			'a read-only key',
			{ event: chosen('1'), type: 'domain', value: 'a.bad-net.com' },
			{ key: 'readOnly' },
			/lacks a permission/,
		],
	])('refuses %s', async (_, parameters, more, message) => {
		expect((await propose(parameters, more)).error?.message).toMatch(message);
	});
});

describe('settling', () => {
	beforeEach(async () => {
		await newDomain();
	});
	it('lists what is open', async () => {
		const run = await on('getMany', { returnAll: true });
		expect(run.json).toEqual([
			expect.objectContaining({
				proposes: 'attribute',
				value: 'more.phish-kit.com',
				org: 'OtherOrg',
				event_uuid: misp.store.event(1)?.uuid,
			}),
		]);
		expect(column(await on('getMany', { returnAll: true, event: chosen('1'), simple: false }), 'value')).toEqual([
			'more.phish-kit.com',
		]);
	});
	it('reads all pages', async () => {
		for (let at = 0; at < 12; at++)
			await propose({ event: chosen('1'), type: 'domain', value: `p${at}.phish-kit.com` });
		expect((await on('getMany', { returnAll: true })).json).toHaveLength(13);
		expect((await on('getMany', { returnAll: false, limit: 5 })).json).toHaveLength(5);
	});
	it('accepts', async () => {
		const id = String((await on('getMany', { returnAll: true })).json[0]?.id);
		const run = await on('accept', { proposal: chosen(id) });
		expect(run.json[0]).toEqual({ proposal: id, accepted: true, message: 'Proposal accepted.' });
		expect(misp.store.event(1)?.attributes.map(({ value }) => value)).toContain('more.phish-kit.com');
		expect((await on('accept', { proposal: chosen(id) })).error?.message).toMatch(/no (open|such) proposal/);
	});
	it('discards', async () => {
		const id = String((await on('getMany', { returnAll: true })).json[0]?.id);
		expect((await on('discard', { proposal: chosen(id) })).json[0]).toMatchObject({ discarded: true });
		expect(misp.store.event(1)?.attributes).toHaveLength(1);
		expect((await on('discard', { proposal: chosen(id) })).error?.message).toMatch(/proposal/i);
	});
	it.each<[string, string, Parameters<typeof operate>[3], RegExp]>([
		['accepting an unknown one', 'accept', {}, /MISP has no open proposal 999/],
		['discarding an unknown one', 'discard', {}, /MISP has no open proposal 999/],
	])('refuses %s', async (_, name, more, message) => {
		expect((await on(name, { proposal: chosen('999') }, more)).error?.message).toMatch(message);
	});
	it('refuses what is others’ to settle', async () => {
		const id = String((await on('getMany', { returnAll: true })).json[0]?.id);
		expect((await on('accept', { proposal: chosen(id) }, { key: 'otherOrg' })).error?.message).toBe(
			'This proposal is on an event of another organisation.',
		);
		expect((await on('accept', { proposal: chosen(id) }, { key: 'readOnly' })).error?.message).toMatch(
			/lacks a permission/,
		);
	});
	it('shows them in a list to choose from', async () => {
		const list = await listOptions({
			type: 'misp',
			method: 'searchProposals',
			filter: 'MORE',
			credentials: credentialOf(misp),
		});
		expect(list.results).toEqual([
			{ name: expect.stringContaining('domain more.phish-kit.com (event 1)'), value: expect.any(String) },
		]);
	});
	it('says that an unknown event has none', async () => {
		expect((await on('getMany', { returnAll: true, event: chosen('99') })).error?.message).toMatch(/no such event/);
	});
});
