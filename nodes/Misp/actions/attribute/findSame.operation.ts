import type { Result } from '../../../shared/operation';
import { allItems } from '../../call';
import { attributeFilters, readFilters } from '../../descriptions/searchFilters';
import { compactAttribute } from '../../item';
import { asText } from '../../json';
import { fieldAt, ValuesOfItems } from '../../search/sameValues';
import { searchSame } from '../../transport/sameValues';

/** POST /attributes/restSearch with the values of all items, some at a time. Without items nothing is asked: MISP would return everything. */
export const findSame = allItems({
	name: 'Find Same',
	action: 'Find attributes with the same values as the items',
	description:
		'Find the attributes that hold a value of the input items, such as those of other events. One search serves many items.',
	fields: [
		{
			displayName: 'Value Field',
			name: 'valueField',
			type: 'string',
			required: true,
			default: 'value',
			description:
				'Name of the field that holds the value, such as value or ioc.value. Both halves of composite values (domain|ip …) are looked for.',
		},
		attributeFilters,
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Each Attribute', value: 'attributes', description: 'Every attribute once' },
				{
					name: 'Each Item and Attribute',
					value: 'pairs',
					description:
						'One for every item and attribute that have a value in common: the attribute, with the item in the field "item"',
				},
			],
			default: 'attributes',
			description: 'What to return',
		},
	],
	async execute({ item, misp }, items) {
		const field = item.required('valueField', 'Value Field');
		const isPaired = item.text('output') === 'pairs';
		const { filters, extra } = readFilters(item);
		const wanted = new ValuesOfItems(
			items.map(({ json }) => ({ value: asText(fieldAt(json, field)), type: asText(json.type) })),
		);
		const results = new Map<string, Result[]>();
		const found = searchSame(misp, {
			values: wanted.values,
			filters: { ...filters, includeContext: true, includeEventTags: true },
			extra,
		});
		for await (const row of found) {
			const json = compactAttribute(row);
			const from = wanted.itemsWith(json);
			results.set(
				json.uuid,
				isPaired
					? from.map((index) => ({ json: { ...json, item: items[index]?.json ?? {} }, from: index }))
					: [{ json, from: from[0] ?? 0 }],
			);
		}
		return [...results.values()].flat();
	},
});
