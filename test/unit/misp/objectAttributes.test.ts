import { missingFields, objectAttributes } from '../../../nodes/Misp/actions/object/objectAttributes';
import type { Template, TemplateField } from '../../../nodes/Misp/transport/objectTemplates';
import type { TypeDefault } from '../../../nodes/Misp/transport/typeDefaults';

const field = (relation: string, type: string, more: Partial<TemplateField> = {}): TemplateField => ({
	relation,
	type,
	categories: [],
	multiple: false,
	description: '',
	priority: 0,
	...more,
});
const template: Template = {
	uuid: 'u',
	name: 'file',
	metaCategory: 'file',
	description: '',
	version: '1',
	required: ['filename'],
	requiredOneOf: ['md5', 'sha1'],
	fields: [
		field('filename', 'filename', { categories: ['Other'], multiple: true }),
		field('md5', 'md5'),
		field('sha1', 'sha1'),
		field('note', 'text', { categories: ['Other'], toIds: false }),
	],
};
const defaults = new Map<string, TypeDefault>([
	['filename', { category: 'Payload delivery', toIds: true, categories: ['Payload delivery', 'Artifacts dropped'] }],
	['md5', { category: 'Payload delivery', toIds: true, categories: ['Payload delivery'] }],
	['text', { category: 'Other', toIds: true, categories: ['Other', 'Internal reference'] }],
]);

test('each attribute has its own category and detection mark, whatever the template says wrongly', () => {
	expect(objectAttributes(template, defaults, { filename: ['a.exe', 'b.exe'], note: 'x' })).toEqual({
		ok: true,
		attributes: [
			{ object_relation: 'filename', type: 'filename', category: 'Payload delivery', to_ids: true, value: 'a.exe' },
			{ object_relation: 'filename', type: 'filename', category: 'Payload delivery', to_ids: true, value: 'b.exe' },
			{ object_relation: 'note', type: 'text', category: 'Other', to_ids: false, value: 'x' },
		],
	});
});
test('a value may bring more than itself, and blank ones are left out', () => {
	expect(
		objectAttributes(template, defaults, {
			md5: { value: 'h', comment: 'c', to_ids: false },
			sha1: '',
			note: null,
			filename: [],
		}),
	).toMatchObject({
		ok: true,
		attributes: [{ object_relation: 'md5', value: 'h', comment: 'c', to_ids: false }],
	});
});
test('all that is wrong is told at once', () => {
	expect(objectAttributes(template, defaults, { mdfive: 'x', md5: ['a', 'b'], filname: 'y' })).toEqual({
		ok: false,
		problems: [
			'The template file has no field "mdfive".',
			'The field "md5" takes one value, not 2.',
			'The template file has no field "filname". Did you mean "filename"?',
		],
	});
});
test('what the template asks for is told', () => {
	expect(missingFields(template, [{ object_relation: 'note' }])).toEqual([
		'The template file needs filename.',
		'The template file needs one of md5, sha1.',
	]);
	expect(missingFields(template, [{ object_relation: 'filename' }, { object_relation: 'sha1' }])).toEqual([]);
});
