import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { Outcomes } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { attributeType } from '../../descriptions/attributeType';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { eventLocator } from '../../descriptions/eventLocator';
import { readRecords } from '../../../shared/jsonField';
import { asText } from '../../json';
import type { Added } from './adding';
import { addAttributes } from './adding';

/** POST /attributes/add/{event} */
export const create = eachItem({
	name: 'Create',
	action: 'Create attributes',
	description:
		'Add one attribute or a list of them to an event. Tells which ones were added, which were there already and which MISP refused, and why.',
	fields: [
		eventLocator,
		{
			displayName: 'Attributes From',
			name: 'from',
			type: 'options',
			options: [
				{
					name: 'Fields Below',
					value: 'fields',
					description: 'One attribute, or several of one type where Value is a list',
				},
				{ name: 'JSON', value: 'json', description: 'A list of attributes with the names of fields that MISP has' },
			],
			default: 'fields',
			description: 'How the attributes are given',
		},
		{ ...attributeType, displayOptions: { show: { from: ['fields'] } } },
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			displayOptions: { show: { from: ['fields'] } },
			required: true,
			default: '',
			placeholder: 'bad.example.com',
			description: 'The value. A list from an expression gives one attribute for each entry.',
		},
		{
			...detailFields('details', 'Additional Fields', [
				'category',
				'comment',
				'disableCorrelation',
				'distribution',
				'firstSeen',
				'lastSeen',
				'sharingGroup',
				'tags',
				'toIds',
				'uuid',
			]),
			displayOptions: { show: { from: ['fields'] } },
		},
		{
			displayName: 'Attributes',
			name: 'attributes',
			type: 'json',
			displayOptions: { show: { from: ['json'] } },
			required: true,
			default: '[\n  { "type": "domain", "value": "bad.example.com", "to_ids": true }\n]',
			description:
				'A list of attributes such as {"type", "value", "category", "to_ids", "comment", "Tag": [{"name": "…"}]}',
		},
	],
	async execute({ item, misp }) {
		const event = item.locator('event');
		const attributes = readAttributes(item);
		const added = await addAttributes(misp, event, attributes);
		return new Outcomes(attributes.map((attribute, index) => resultOf(attribute, added[index], added)));
	},
});

function readAttributes(item: MispCall['item']): IDataObject[] {
	const attributes =
		item.text('from') === 'json' ? readRecords('Attributes', item.raw('attributes')) : fromFields(item);
	if (attributes.length > 0) return attributes;
	throw new Problem('There is no attribute to add', 'Give at least one.', 'empty');
}

function fromFields(item: MispCall['item']): IDataObject[] {
	const value = item.raw('value');
	const values: unknown[] = Array.isArray(value) ? value : [value];
	const details = readDetails(item.options('details'));
	return values.map((one) => ({ ...details, type: item.text('type'), value: asText(one) }));
}

function resultOf(sent: IDataObject, outcome: Added | undefined, all: readonly Added[]): Result {
	const named = { type: asText(sent.type), value: asText(sent.value) };
	if (outcome?.status === 'created') {
		const { attribute, tagsLeftOut } = outcome;
		return { json: { status: 'created', ...attribute, ...(tagsLeftOut.length > 0 && { tags_left_out: tagsLeftOut }) } };
	}
	if (outcome?.status === 'exists') return { json: { status: 'exists', ...named } };
	const reason = outcome?.reason ?? '';
	const others = all.filter(({ status }) => status === 'created').length;
	const kept = others > 0 ? ` ${others} others of this request were added, and stay.` : '';
	return {
		json: { status: 'refused', ...named, reason },
		problem: new Problem(
			`MISP refused ${named.type} "${named.value.slice(0, 100)}": ${reason}`,
			`Correct the field that is named.${kept}`,
			'refused',
		),
	};
}
