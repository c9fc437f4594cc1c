import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { asRecord, pick } from '../../json';
import type { Misp } from '../../transport/connect';
import { tagNamed } from '../../tagging/ensureTag';

/** A tag as items carry it; `count` and `attribute_count` say how many events and attributes carry it. */
export const compactTag = (tag: IDataObject): IDataObject =>
	pick(tag, [
		'id',
		'name',
		'colour',
		'exportable',
		'hide_tag',
		'local_only',
		'numerical_value',
		'is_galaxy',
		'count',
		'attribute_count',
	]);

/** What a tag can be given, when it is created and later. */
export const tagProperties: INodeProperties[] = [
	{ displayName: 'Colour', name: 'colour', type: 'color', default: '#006299', description: 'Colour as #RRGGBB' },
	{
		displayName: 'Exportable',
		name: 'exportable',
		type: 'boolean',
		default: true,
		description: 'Whether the tag goes along when events are exported or synchronised',
	},
	{
		displayName: 'Hidden',
		name: 'hide_tag',
		type: 'boolean',
		default: false,
		description: 'Whether MISP leaves the tag out where tags are chosen',
	},
	{
		displayName: 'Local Only',
		name: 'local_only',
		type: 'boolean',
		default: false,
		description: 'Whether it can be attached as a local tag only',
	},
	{
		displayName: 'Numerical Value',
		name: 'numerical_value',
		type: 'number',
		default: 0,
		description: 'What decaying models count the tag as',
	},
];

/** A tag by its name, or by its id (GET /tags/view/{id}). @throws Problem where MISP has none such */
export async function findTag(misp: Misp, wanted: string): Promise<IDataObject> {
	if (wanted === '') throw new Problem('No tag was chosen', 'Choose a tag from the list or enter its name.', 'empty');
	const named = await tagNamed(misp, wanted);
	if (named) return named;
	if (/^\d+$/.test(wanted)) return asRecord((await misp.get(`/tags/view/${wanted}`)).body);
	throw new Problem(`MISP has no tag "${wanted}"`, 'Check the spelling, upper and lower case included.', 'not_found');
}
