import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
	misp.store.addEvent({ info: 'Incident', distribution: 3 });
	misp.store.addEvent({ info: 'Another', distribution: 3 });
});
afterEach(async () => await misp.close());

const on = async (name: string, parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, `eventReport.${name}`, parameters, more);
const write = async (parameters: Parameters<typeof operate>[2] = {}, more?: Parameters<typeof operate>[3]) =>
	await on('create', { event: chosen('1'), name: 'Summary', content: '# What happened\n\nA lot', ...parameters }, more);

test('a report is added to an event given by id or UUID', async () => {
	for (const event of ['1', misp.store.event(1)?.uuid ?? '']) {
		const run = await write({ event: chosen(event) });
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({
			name: 'Summary',
			content: '# What happened\n\nA lot',
			event_id: '1',
			event_info: 'Incident',
			deleted: false,
		});
	}
});
test('reports are read, changed and deleted', async () => {
	const { id, uuid } = (await write()).json[0] ?? {};
	await write({ event: chosen('2'), name: 'Other' });
	expect((await on('get', { report: chosen(String(id)) })).json[0]).toMatchObject({ uuid, name: 'Summary' });
	expect(column(await on('getMany', { returnAll: true }), 'name')).toEqual(['Summary', 'Other']);
	expect(
		column(await on('getMany', { returnAll: true, event: chosen(misp.store.event(2)?.uuid ?? '') }), 'name'),
	).toEqual(['Other']);
	const changed = await on('update', { report: chosen(String(id)), changes: { content: 'Less than thought' } });
	expect(changed.json[0]).toMatchObject({ name: 'Summary', content: 'Less than thought' });
	expect((await on('delete', { report: chosen(String(id)) })).json[0]).toEqual({
		report: id,
		deleted: true,
		hard: false,
	});
	expect(column(await on('getMany', { returnAll: true }), 'name')).toEqual(['Other']);
	expect(column(await on('getMany', { returnAll: true, deleted: true }), 'name')).toEqual(['Summary']);
	await on('delete', { report: chosen(String(id)), hard: true });
	expect((await on('get', { report: chosen(String(id)) })).error?.message).toMatch(/no such|not found/i);
});
test.each<[string, string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
	['writing to an unknown event', 'create', { event: chosen('99'), name: 'x' }, {}, /no such event/],
	[
		'writing to an event with an unknown UUID',
		'create',
		{ event: chosen('00000000-0000-4000-8000-000000000000'), name: 'x' },
		{},
		/MISP has no event/,
	],
	[
		'writing with a read-only key',
		'create',
		{ event: chosen('1'), name: 'x' },
		{ key: 'readOnly' },
		/lacks a permission/,
	],
	['reading an unknown one', 'get', { report: chosen('99') }, {}, /no such/],
	['changing nothing', 'update', { report: chosen('1') }, {}, /nothing to change/],
	['changing an unknown one', 'update', { report: chosen('99'), changes: { name: 'x' } }, {}, /no such/],
	['deleting an unknown one', 'delete', { report: chosen('99') }, {}, /no such/],
])('refuses %s', async (_, name, parameters, more, message) => {
	expect((await on(name, parameters, more)).error?.message).toMatch(message);
});
test('reports can be chosen from a list', async () => {
	await write();
	const list = await listOptions({
		type: 'misp',
		method: 'searchEventReports',
		filter: 'summ',
		credentials: credentialOf(misp),
	});
	expect(list.results).toEqual([{ name: 'Summary (event 1)', value: expect.any(String) }]);
});
