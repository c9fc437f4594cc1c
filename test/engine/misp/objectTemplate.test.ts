import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const uuid = '0ad86572-ba38-4baf-9fed-1926e9ecc916';

test('one is read by name or UUID, with its fields', async () => {
	for (const template of ['cytomic-orion-file', uuid]) {
		const run = await operate(misp, 'objectTemplate.get', { template: chosen(template) });
		expect(run.json[0]).toMatchObject({
			uuid,
			name: 'cytomic-orion-file',
			meta_category: 'misc',
			fields: expect.arrayContaining([
				expect.objectContaining({
					relation: 'fileSize',
					type: 'size-in-bytes',
					categories: ['Other'],
					to_ids: false,
					multiple: false,
				}),
			]),
		});
	}
});
test('one is read by id', async () => {
	const all = await operate(misp, 'objectTemplate.getMany', { returnAll: true });
	const id = String(all.json.find(({ name }) => name === 'file')?.id);
	const run = await operate(misp, 'objectTemplate.get', { template: chosen(id) });
	expect(run.json[0]).toMatchObject({ name: 'file' });
});
test('an unknown one is named', async () => {
	const run = await operate(misp, 'objectTemplate.get', { template: chosen('nosuch') });
	expect(run.error).toMatchObject({
		message: 'MISP has no object template "nosuch"',
		description: expect.stringContaining('Update All'),
	});
});
test('many are found by a part of their name or description', async () => {
	const run = await operate(misp, 'objectTemplate.getMany', { returnAll: true, searchText: 'ORION' });
	expect(column(run, 'name')).toContain('cytomic-orion-file');
	expect((await operate(misp, 'objectTemplate.getMany', { returnAll: false, limit: 1 })).json).toHaveLength(1);
});
test('all are updated, and what changed is told', async () => {
	const run = await operate(misp, 'objectTemplate.updateAll');
	expect(run.json[0]).toMatchObject({ templates: expect.any(Number), added: [], updated: [] });
});
test('only a site admin updates them', async () => {
	const run = await operate(misp, 'objectTemplate.updateAll', {}, { key: 'user' });
	expect(run.error?.message).toMatch(/lacks a permission for this: site admin/);
});
test('they and their fields can be chosen from lists', async () => {
	const list = await listOptions({
		type: 'misp',
		method: 'searchObjectTemplates',
		filter: 'orion',
		credentials: credentialOf(misp),
	});
	expect(list.results).toEqual(
		expect.arrayContaining([expect.objectContaining({ name: 'cytomic-orion-file', value: uuid })]),
	);
	const fields = await listOptions({
		type: 'misp',
		method: 'getTemplateFields',
		kind: 'resourceMapping',
		credentials: credentialOf(misp),
		parameters: { resource: 'object', operation: 'create', template: chosen('cytomic-orion-file') },
	});
	expect(fields.results[0]).toEqual({ name: 'fileName (filename)', value: 'fileName' });
	expect(fields.results.map(({ value }) => value)).toEqual(expect.arrayContaining(['classificationName', 'fileSize']));
});
