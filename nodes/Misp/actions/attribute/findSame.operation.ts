import { chunk } from '../../../shared/chunk';
import type { Result } from '../../../shared/operation';
import { allItems } from '../../call';
import { attributeFilters, readFilters } from '../../descriptions/searchFilters';
import { compactAttribute } from '../../item';
import { asText } from '../../json';
import { limits } from '../../limits';
import { isComposite } from '../../search/vocabulary';
import { search } from '../../transport/search';

/** POST /attributes/restSearch with the values of all items, some at a time. Without items nothing is asked: MISP would return everything. */
export const findSame = allItems({
	name: 'Find Same',
	action: 'Find attributes with the same values as the items',
	description: 'Find the attributes that hold a value of the input items, such as those of other events. One search serves many items.',
	fields: [
		{
			displayName: 'Value Field',
			name: 'valueField',
			type: 'string',
			required: true,
			default: 'value',
			description: 'Name of the field that holds the value. Both halves of composite values (domain|ip …) are looked for.',
		},
		attributeFilters,
	],
	async execute({ item, misp }, items) {
		const field = item.required('valueField', 'Value Field');
		const { filters, extra } = readFilters(item);
		const firstItem = new Map<string, number>();
		items.forEach(({ json }, index) => {
			for (const value of partsOf(asText(json[field]), asText(json.type))) if (!firstItem.has(value)) firstItem.set(value, index);
		});
		const results = new Map<string, Result>();
		for (const values of chunk([...firstItem.keys()], limits.valuesPerSearch)) {
			// By MISP's own name, since the values may hold a | and are halves already.
			const found = search(misp, {
				scope: 'attributes',
				filters: { ...filters, includeContext: true, includeEventTags: true },
				extra: { ...extraFields(extra), value: values },
			});
			for await (const { rows } of found) {
				for (const row of rows) {
					const json = compactAttribute(row);
					const from = partsOf(json.value, json.type).map((value) => firstItem.get(value)).find((index) => index !== undefined);
					results.set(json.uuid, { json, from: from ?? 0 });
				}
			}
		}
		return [...results.values()];
	},
});

/** MISP keeps composite values in two columns and compares a searched value with each. */
const partsOf = (value: string, type: string): string[] =>
	(isComposite(type) ? value.split('|') : [value]).map((part) => part.trim()).filter(isSearchable);

/** MISP reads a leading ! as "not" and % at an end as "any text"; no IOC has them there. */
const isSearchable = (part: string): boolean => part !== '' && !part.startsWith('!') && !/^%|%$/.test(part);

const extraFields = (extra: unknown): object => {
	const parsed: unknown = typeof extra === 'string' ? JSON.parse(extra) : extra;
	return typeof parsed === 'object' && parsed !== null ? parsed : {};
};
