import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
	misp.store.addEvent({ info: 'Samples', published: true });
});
afterEach(async () => await misp.close());

const md5 = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const on = async (name: string, parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, `object.${name}`, parameters, more);
const create = async (
	fields: object,
	more: Parameters<typeof operate>[2] = {},
	options?: Parameters<typeof operate>[3],
) =>
	await on(
		'create',
		{
			event: chosen('1'),
			template: chosen('file'),
			fieldsFrom: 'json',
			fieldsJson: JSON.stringify(fields),
			skipDuplicates: true,
			...more,
		},
		options,
	);

describe('creating objects', () => {
	it('makes one from a template by name, with category and detection of each field set', async () => {
		const run = await create(
			{ filename: 'invoice.exe', md5, 'size-in-bytes': 1234 },
			{ details: { comment: 'dropper' } },
		);
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({
			created: true,
			name: 'file',
			meta_category: 'file',
			event_id: '1',
			comment: 'dropper',
			fields: { filename: 'invoice.exe', md5, 'size-in-bytes': '1234' },
		});
		const sent = misp.requests.at(-1)?.body;
		expect(sent).toMatchObject({
			Attribute: expect.arrayContaining([
				expect.objectContaining({ object_relation: 'size-in-bytes', category: 'Other', to_ids: false }),
			]),
		});
	});
	it('takes the fields of the item that the template has', async () => {
		const run = await on(
			'create',
			{
				event: chosen('1'),
				template: chosen('file'),
				fieldsFrom: 'mapping',
				fields: { mappingMode: 'autoMapInputData', value: null },
				skipDuplicates: true,
			},
			{ input: [{ filename: 'a.exe', md5, somethingElse: 1 }] },
		);
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({ fields: { filename: 'a.exe', md5 } });
	});
	it('takes fields that are mapped one by one', async () => {
		const run = await on(
			'create',
			{
				event: chosen('1'),
				template: chosen('file'),
				fieldsFrom: 'mapping',
				fields: { mappingMode: 'defineBelow', value: { filename: '={{ $json.name }}' }, schema: [] },
				skipDuplicates: true,
			},
			{ input: [{ name: 'b.exe' }] },
		);
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({ fields: { filename: 'b.exe' } });
	});
	it('adds nothing twice, unless that is wanted', async () => {
		const first = await create({ filename: 'invoice.exe' });
		const second = await create({ filename: 'invoice.exe' });
		expect(second.json[0]).toMatchObject({ created: false, uuid: first.json[0]?.uuid });
		const third = await create({ filename: 'invoice.exe' }, { skipDuplicates: false });
		expect(third.json[0]).toMatchObject({ created: true });
	});
	it('takes the Cytomic Orion template, whose text fields are not for detection', async () => {
		const run = await create(
			{ fileName: 'x.exe', classificationName: 'Malware', fileSize: '12' },
			{ template: chosen('cytomic-orion-file') },
		);
		expect(run.error).toBeUndefined();
		expect(misp.store.event(1)?.attributes.filter(({ type }) => type === 'text')).toEqual([
			expect.objectContaining({ toIds: false, category: 'Other' }),
		]);
	});
	it.each<[string, object, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		['a field that the template lacks', { filname: 'x' }, {}, {}, /has no field "filname". Did you mean "filename"/],
		['no value at all', { filename: '' }, {}, {}, /No field has a value/],
		['a value that does not fit', { 'size-in-bytes': 'many' }, {}, {}, /size-in-bytes.*whole number/],
		['two values where one is to be', { md5: [md5, 'b'.repeat(32)] }, {}, {}, /takes one value, not 2/],
		[
			'an unknown template',
			{ a: 1 },
			{ template: chosen('no-such-template') },
			{},
			/MISP has no object template "no-such-template"/,
		],
		['an unknown event', { filename: 'x.exe' }, { event: chosen('99') }, {}, /no such event/],
		['a read-only key', { filename: 'x.exe' }, {}, { key: 'readOnly' }, /lacks a permission/],
		['a foreign event', { filename: 'x.exe' }, {}, { key: 'otherOrg' }, /no such event|another organisation/],
	])('refuses %s', async (_, fields, more, options, message) => {
		const run = await create(fields, more, options);
		expect(run.error?.message).toMatch(message);
		expect(run.error?.description).toBeTruthy();
		expect(misp.store.event(1)?.attributes).toEqual([]);
	});
});

describe('objects that are there', () => {
	let object = '';
	beforeEach(async () => {
		object = String((await create({ filename: 'invoice.exe', md5 })).json[0]?.uuid);
	});

	it('are read by id or UUID', async () => {
		for (const one of ['1', object]) {
			expect((await on('get', { object: chosen(one) })).json[0]).toMatchObject({
				uuid: object,
				fields: { filename: 'invoice.exe', md5 },
			});
		}
		expect((await on('get', { object: chosen(object), simple: false })).json[0]).toMatchObject({
			Attribute: expect.any(Array),
		});
	});
	it('are searched by template and value, all pages', async () => {
		await create({ filename: 'other.exe' });
		expect((await on('getMany', { returnAll: true })).json).toHaveLength(2);
		expect(
			column(await on('getMany', { returnAll: true, filters: { value: md5, objectName: 'file' } }), 'uuid'),
		).toEqual([object]);
		expect((await on('getMany', { returnAll: false, limit: 1, simple: false })).json).toHaveLength(1);
	});
	it('change their comment without touching the fields', async () => {
		const run = await on('update', { object: chosen(object), changes: { comment: 'seen twice' } });
		expect(run.json[0]).toMatchObject({ comment: 'seen twice', fields: { filename: 'invoice.exe', md5 } });
	});
	it('change one field and get another, and keep the rest', async () => {
		const run = await on('update', {
			object: chosen(object),
			fieldsJson: JSON.stringify({ filename: 'renamed.exe', 'size-in-bytes': 99 }),
		});
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({ fields: { filename: 'renamed.exe', md5, 'size-in-bytes': '99' } });
	});
	it('keep their fields where a new value is invalid', async () => {
		const changed = await on('update', { object: chosen(object), fieldsJson: '{"md5": "zz"}' });
		expect(changed.error?.message).toMatch(/Checksum/);
		const added = await on('update', { object: chosen(object), fieldsJson: '{"size-in-bytes": "many"}' });
		expect(added.error?.message).toMatch(/MISP left out size-in-bytes "many" without a word/);
		expect((await on('get', { object: chosen(object) })).json[0]).toMatchObject({
			fields: { filename: 'invoice.exe', md5 },
		});
	});
	it('are deleted with their attributes, for good where that is wanted', async () => {
		expect((await on('delete', { object: chosen(object) })).json[0]).toEqual({
			object,
			deleted: true,
			hard: false,
			event_id: '1',
		});
		expect(misp.store.event(1)?.attributes.every(({ deleted }) => deleted)).toBe(true);
		await on('delete', { object: chosen(object), hard: true });
		expect(misp.store.event(1)?.attributes).toEqual([]);
	});
	it('refer to others, and no longer', async () => {
		const target = String((await create({ filename: 'payload.exe' })).json[0]?.uuid);
		const added = await on('addReference', {
			object: chosen(object),
			target: chosen(target),
			relationship: 'drops',
			comment: 'at start',
		});
		expect(added.json[0]).toMatchObject({ object_uuid: object, referenced_uuid: target, relationship_type: 'drops' });
		const list = await listOptions({
			type: 'misp',
			method: 'searchObjectReferences',
			parameters: { resource: 'object', operation: 'removeReference', object: chosen(object) },
			credentials: credentialOf(misp),
		});
		expect(list.results).toEqual([{ name: expect.stringMatching(/^drops /), value: added.json[0]?.uuid }]);
		const removed = await on('removeReference', { reference: chosen(String(added.json[0]?.uuid)) });
		expect(removed.json[0]).toMatchObject({ removed: true });
	});
	it.each<[string, string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		['reading an unknown one', 'get', { object: chosen('99') }, {}, /no such object/],
		['changing nothing', 'update', { object: chosen('1') }, {}, /nothing to change/],
		['changing an unknown one', 'update', { object: chosen('99'), changes: { comment: 'x' } }, {}, /no such object/],
		[
			'changing with a read-only key',
			'update',
			{ object: chosen('1'), changes: { comment: 'x' } },
			{ key: 'readOnly' },
			/lacks a permission/,
		],
		['deleting an unknown one', 'delete', { object: chosen('99') }, {}, /no such object/],
		['deleting with a read-only key', 'delete', { object: chosen('1') }, { key: 'readOnly' }, /lacks a permission/],
		[
			'referring to nothing known',
			'addReference',
			{ object: chosen('1'), target: chosen('00000000-0000-4000-8000-000000000000'), relationship: 'drops' },
			{},
			/no such target/,
		],
		['removing an unknown reference', 'removeReference', { reference: chosen('99') }, {}, /no such object reference/],
	])('refuse %s', async (_, name, parameters, more, message) => {
		const run = await on(name, parameters, more);
		expect(run.error?.message).toMatch(message);
	});
	it('are chosen from a list by a value they hold', async () => {
		const list = await listOptions({
			type: 'misp',
			method: 'searchObjects',
			filter: 'invoice',
			credentials: credentialOf(misp),
		});
		expect(list.results).toEqual([{ name: expect.stringMatching(/^file: invoice\.exe.*\(event 1\)$/), value: object }]);
	});
});
