import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { calls, chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
afterEach(async () => await misp.close());

const unknown = '00000000-0000-4000-8000-000000000000';

describe('reading events', () => {
	beforeEach(async () => {
		misp = await startMisp();
		for (const [info, published] of [
			['Phishing wave', true],
			['Botnet panel', false],
			['Phishing again', true],
		] as const) {
			misp.store.addEvent({
				info,
				published,
				threatLevel: 2,
				tags: ['tlp:green'],
				attributes: [{ type: 'domain', value: `${info.replace(' ', '-')}.bad-net.com` }],
			});
		}
	});

	it('gets one by id or UUID', async () => {
		const uuid = misp.store.event(1)?.uuid ?? '';
		for (const event of ['1', uuid]) {
			const run = await operate(misp, 'event.get', { event: chosen(event) });
			expect(run.json[0]).toMatchObject({
				id: '1',
				uuid,
				info: 'Phishing wave',
				severity: 'Medium',
				published: true,
				tags: [{ name: 'tlp:green' }],
			});
			expect(run.json[0]).not.toHaveProperty('Attribute');
		}
	});
	it('gets one whole', async () => {
		const run = await operate(misp, 'event.get', { event: chosen('1'), simple: false });
		expect(run.json[0]).toMatchObject({ Attribute: [{ value: 'Phishing-wave.bad-net.com' }] });
	});
	it.each([
		['unknown', 'admin', '4711'],
		['unknown by UUID', 'admin', unknown],
		['of another organisation', 'otherOrg', '1'],
	] as const)('says so where one is %s', async (_, key, event) => {
		const run = await operate(misp, 'event.get', { event: chosen(event) }, { key });
		expect(run.error?.message).toBe('There is no such event, or this key may not see it.');
	});
	it('gets many by filters', async () => {
		const run = await operate(misp, 'event.getMany', {
			returnAll: true,
			filters: { eventInfo: 'phishing', published: 'yes' },
		});
		expect(column(run, 'info')).toEqual(['Phishing wave', 'Phishing again']);
		expect(run.json[0]).toMatchObject({ attribute_count: 1, org: 'ORGNAME' });
	});
	it('gets many with their attributes when asked', async () => {
		const run = await operate(misp, 'event.getMany', {
			returnAll: false,
			limit: 1,
			simple: false,
			options: { attributes: true },
		});
		expect(run.json).toHaveLength(1);
		expect(run.json[0]).toMatchObject({ Attribute: [{ type: 'domain' }] });
	});
	it('shows the latest first in the drop-down, and those that match what is typed', async () => {
		const list = await listOptions({ type: 'misp', method: 'searchEvents', credentials: credentialOf(misp) });
		expect(list.results.map(({ name }) => name)).toEqual(['3: Phishing again', '2: Botnet panel', '1: Phishing wave']);
		const typed = await listOptions({
			type: 'misp',
			method: 'searchEvents',
			filter: 'botnet',
			credentials: credentialOf(misp),
		});
		expect(typed.results.map(({ value }) => value)).toEqual([misp.store.event(2)?.uuid]);
	});
});

describe.each([
	['with background workers', true],
	['without', false],
])('publishing %s', (_, backgroundJobs) => {
	beforeEach(async () => {
		misp = await startMisp({ backgroundJobs });
		misp.store.addEvent({ info: 'Draft' });
	});
	it('returns once the event is published', async () => {
		const run = await operate(misp, 'event.publish', { event: chosen('1') });
		expect(run.json[0]).toMatchObject({ id: '1', info: 'Draft', published: true, was_published: false });
		expect(misp.store.event(1)?.published).toBe(true);
	});
	it('leaves a published event as it is, unless it is to go out again', async () => {
		await operate(misp, 'event.publish', { event: chosen('1') });
		const again = await operate(misp, 'event.publish', { event: chosen('1') });
		expect(again.json[0]).toMatchObject({ published: true, was_published: true });
		expect(calls(misp, /\/events\/publish/)).toBe(1);
		await operate(misp, 'event.publish', { event: chosen('1'), options: { again: true, alert: true } });
		expect(calls(misp, /\/events\/alert/)).toBe(1);
	});
});

describe('publishing what may not be', () => {
	beforeEach(async () => {
		misp = await startMisp();
		misp.store.addEvent({ info: 'Ours', distribution: 3 });
		misp.store.addEvent({ info: 'Hidden', distribution: 0 });
	});
	it.each([
		['a role without the permission', 'user', '1', /lacks a permission for this: publish/],
		['a read-only key', 'readOnly', '1', /lacks a permission for this: publish/],
		[
			'another organisation',
			'otherOrg',
			'1',
			/may not publish or unpublish this event: it belongs to another organisation/,
		],
		['an event hidden from the key', 'otherOrg', '2', /MISP has no event 2, or hides it from this key/],
		['an unknown event', 'admin', unknown, /MISP has no event/],
	] as const)('%s', async (_, key, event, message) => {
		const run = await operate(misp, 'event.publish', { event: chosen(event) }, { key });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toBeTruthy();
		expect(misp.store.event(1)?.published).toBe(false);
	});
	it('a worker that does not run is reported when the waiting is over', async () => {
		await misp.close();
		misp = await startMisp({ publishDelayMs: 60_000 });
		misp.store.addEvent({ info: 'Stuck' });
		const run = await operate(
			misp,
			'event.publish',
			{ event: chosen('1'), options: { wait: 1 } },
			{ onError: 'continueErrorOutput' },
		);
		expect(run.errorItems[0]?.json.error).toContain('not published after 1 s');
	});
});

describe('creating events', () => {
	beforeEach(async () => {
		misp = await startMisp();
	});
	const create = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
		await operate(misp, 'event.create', parameters, more);

	it('makes one with attributes, objects and tags', async () => {
		const run = await create({
			info: 'Phishing wave',
			details: { severity: '1', analysis: '1', date: '2026-11-24', eventDistribution: '1', tags: 'tlp:green' },
			attributes: '[{"type": "domain", "value": "bad.phish-kit.com", "Tag": [{"name": "c2"}]}]',
			objects:
				'[{"name": "file", "meta-category": "file", "Attribute": [{"object_relation": "filename", "type": "filename", "value": "invoice.exe"}]}]',
		});
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({
			id: '1',
			info: 'Phishing wave',
			severity: 'High',
			date: '2026-11-24',
			attribute_count: 2,
			published: false,
			tags: [{ name: 'tlp:green' }],
			left_out: [],
		});
		expect(misp.store.event(1)).toMatchObject({ analysis: 1, distribution: 1 });
	});
	it('names what MISP left out without a word, and why', async () => {
		const run = await create({
			info: 'Half of it',
			attributes: JSON.stringify([
				{ type: 'domain', value: 'good.bad-net.com' },
				{ type: 'ip-dst', value: 'not-an-ip' },
				{ type: 'md5', value: 'ABCDEFABCDEFABCDEFABCDEFABCDEFAB' },
				{ type: 'domain', value: 'good.bad-net.com' },
			]),
			objects:
				'[{"name": "file", "meta-category": "file", "Attribute": [{"object_relation": "size-in-bytes", "type": "size-in-bytes", "value": "many"}]}]',
		});
		expect(run.json[0]).toMatchObject({ attribute_count: 2 });
		expect(run.json[0]?.left_out).toEqual([
			{ what: 'attribute', name: 'ip-dst', value: 'not-an-ip', reason: expect.stringContaining('IP address') },
			{ what: 'attribute', name: 'domain', value: 'good.bad-net.com', reason: 'The event has it already' },
			{ what: 'object attribute', name: 'size-in-bytes', value: 'many' },
		]);
		expect(run.hints.join()).toContain('left out 3 parts');
	});
	it.each<[string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		['a read-only key', { info: 'x' }, { key: 'readOnly' }, /lacks a permission for this: add or modify/],
		['a wrong date', { info: 'x', details: { date: '24/11/2026' } }, {}, /Expected date format/],
		['broken JSON', { info: 'x', attributes: '[{]' }, {}, /"Attributes" is not valid JSON/],
	])('refuses %s', async (_, parameters, more, message) => {
		expect((await create(parameters, more)).error?.message).toMatch(message);
		expect(misp.store.events.size).toBe(0);
	});
	it('says that the UUID is taken, or was deleted before', async () => {
		const { uuid } = misp.store.addEvent({ info: 'First' });
		expect((await create({ info: 'Second', details: { uuid } })).error?.message).toMatch(/exists already, as event 1/);
		await operate(misp, 'event.delete', { event: chosen('1') });
		expect((await create({ info: 'Third', details: { uuid } })).error?.message).toMatch(/was deleted before/);
	});
});

describe('changing events', () => {
	beforeEach(async () => {
		misp = await startMisp();
		misp.store.addEvent({ info: 'Ours', distribution: 3, published: true });
	});
	const on = async (
		name: string,
		parameters: Parameters<typeof operate>[2] = {},
		more?: Parameters<typeof operate>[3],
	) => await operate(misp, `event.${name}`, { event: chosen('1'), ...parameters }, more);

	it('changes only the fields given', async () => {
		const run = await on('update', { changes: { info: 'Ours, confirmed', severity: '2', tags: 'tlp:red' } });
		expect(run.json[0]).toMatchObject({
			id: '1',
			info: 'Ours, confirmed',
			severity: 'Medium',
			published: false,
			tags: [{ name: 'tlp:red' }],
		});
		expect(misp.store.event(1)?.distribution).toBe(3);
	});
	it('takes back the publishing, and leaves drafts as they are', async () => {
		expect((await on('unpublish')).json[0]).toMatchObject({ id: '1', published: false, was_published: true });
		expect(misp.store.event(1)?.published).toBe(false);
		expect((await on('unpublish')).json[0]).toMatchObject({ published: false, was_published: false });
		expect(calls(misp, /\/events\/unpublish/)).toBe(1);
	});
	it('deletes one, whose UUID MISP then blocks', async () => {
		const uuid = misp.store.event(1)?.uuid ?? '';
		const run = await on('delete', { event: chosen(uuid) });
		expect(run.json[0]).toEqual({ id: '1', uuid, info: 'Ours', deleted: true });
		expect(misp.store.isBlocked(uuid)).toBe(true);
	});
	it.each<[string, string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		['an update without a change', 'update', {}, {}, /nothing to change/],
		[
			'an update of others’ events',
			'update',
			{ changes: { info: 'x' } },
			{ key: 'otherOrg' },
			/belongs to another organisation/,
		],
		['an update of an unknown event', 'update', { event: chosen('99'), changes: { info: 'x' } }, {}, /no such event/],
		['an update by a read-only key', 'update', { changes: { info: 'x' } }, { key: 'readOnly' }, /lacks a permission/],
		['deleting an unknown event', 'delete', { event: chosen('99') }, {}, /MISP has no event 99/],
		['deleting others’ events', 'delete', {}, { key: 'otherOrg' }, /not deleted|another organisation/],
		['deleting with a read-only key', 'delete', {}, { key: 'readOnly' }, /lacks a permission/],
		['unpublishing without the permission', 'unpublish', {}, { key: 'user' }, /lacks a permission for this: publish/],
		['unpublishing an unknown event', 'unpublish', { event: chosen(unknown) }, {}, /MISP has no event/],
	])('refuses %s', async (_, name, parameters, more, message) => {
		const run = await on(name, parameters, more);
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toBeTruthy();
		expect(misp.store.event(1)).toMatchObject({ info: 'Ours', published: true });
	});
});

describe.each([
	['with background workers', true],
	['without', false],
])('importing free text %s', (_, backgroundJobs) => {
	beforeEach(async () => {
		misp = await startMisp({ backgroundJobs });
		misp.store.addEvent({ info: 'Report', distribution: 3 });
	});
	const importText = async (text: string, more?: Parameters<typeof operate>[3]) =>
		await operate(misp, 'event.importFreeText', { event: chosen('1'), text, warninglists: true }, more);

	it('adds the indicators in the text once', async () => {
		const text = 'From 45.155.204.9, see hxxp://evil[.]free-text.com/x';
		const run = await importText(text);
		expect(run.error).toBeUndefined();
		expect(column(run, 'value')).toEqual(expect.arrayContaining(['45.155.204.9', 'http://evil.free-text.com/x']));
		expect(run.json[0]).toMatchObject({ created: 'attribute', event_id: '1', to_ids: true });
		const again = await importText(text);
		expect(again.json).toEqual([]);
		expect(again.hints.join()).toContain('no indicator');
	});
	it('makes proposals in an event of another organisation', async () => {
		const run = await importText('evil.free-text.com', { key: 'otherOrg' });
		expect(run.json[0]).toMatchObject({ created: 'proposal', value: 'evil.free-text.com' });
	});
	it('a read-only key is told what it lacks', async () => {
		expect((await importText('evil.free-text.com', { key: 'readOnly' })).error?.message).toMatch(/lacks a permission/);
	});
});

test('events are exported to a file', async () => {
	misp = await startMisp();
	misp.store.addEvent({
		info: 'Ours',
		published: true,
		attributes: [{ type: 'domain', value: 'bad.phish-kit.com', to_ids: true }],
	});
	const run = await operate(misp, 'event.export', {
		format: 'json',
		binaryField: 'file',
		fileName: 'ours.json',
		filters: { eventIds: '1' },
	});
	expect(run.items[0]).toMatchObject({
		json: { format: 'json', fileName: 'ours.json' },
		binary: { file: { fileName: 'ours.json' } },
	});
	const content: unknown = JSON.parse(Buffer.from(run.items[0]?.binary?.file?.data ?? '', 'base64').toString());
	expect(content).toMatchObject({
		response: [{ Event: { info: 'Ours', Attribute: [{ value: 'bad.phish-kit.com' }] } }],
	});
});
