import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { MispCall } from '../call';
import { asRecord } from '../json';
import type { Template } from '../transport/objectTemplates';
import { readRecord } from '../../shared/jsonField';

/** The values of an object's fields: mapped one by one as the template has them, or as JSON. */
export const objectFields: INodeProperties[] = [
	{
		displayName: 'Fields From',
		name: 'fieldsFrom',
		type: 'options',
		options: [
			{ name: 'JSON', value: 'json', description: 'Values by the names of the fields' },
			{
				name: 'Mapping',
				value: 'mapping',
				description: 'One by one, or those of the item that have the names of fields',
			},
		],
		default: 'mapping',
		description: 'How the values of the fields are given',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		displayOptions: { show: { fieldsFrom: ['mapping'] } },
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['template.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplateFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
	},
	{
		displayName: 'Fields (JSON)',
		name: 'fieldsJson',
		type: 'json',
		displayOptions: { show: { fieldsFrom: ['json'] } },
		required: true,
		default: '{}',
		description:
			'Values by the names of the fields, such as {"filename": "invoice.exe", "md5": "…"}. A field may have a list of values, or {"value", "comment", "to_ids"}.',
	},
];

/** What was filled in, by the relations of the template. */
export function readObjectFields({ item, json }: MispCall, template: Template): IDataObject {
	if (item.text('fieldsFrom') === 'json') return readRecord('Fields (JSON)', item.raw('fieldsJson'));
	const { mappingMode, value } = asRecord(item.raw('fields'));
	if (mappingMode !== 'autoMapInputData') return asRecord(value);
	return Object.fromEntries(template.fields.map(({ relation }) => [relation, json[relation]]));
}
