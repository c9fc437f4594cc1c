import type { INodeParameters } from 'n8n-workflow';
import type { NodeSpec } from './canvas';

/** Makers of nodes for the workflows that end in a table: one item per row, values with their types. */

type FieldType = 'string' | 'number' | 'boolean' | 'object' | 'array';

export interface Field {
	name: string;
	type: FieldType;
	/** An expression, or a text. */
	value: string;
}

export const field = (name: string, type: FieldType, value: string): Field => ({ name, type, value });

/** Expression of a text as one line: what others wrote must not look like a line of ours, nor turn around what stands beside it. */
export const oneLine = (text: string): string =>
	`${text}.replace(/[\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]+/g, ' ')`;

/** Edit Fields with typed values, once for all items (`once`) or for each; `keep` passes on what the items had. */
export function columns(name: string, fields: Field[], { once = false, keep = false } = {}): NodeSpec {
	return {
		name,
		type: 'n8n-nodes-base.set',
		version: 3.4,
		parameters: {
			assignments: {
				assignments: fields.map((one) => ({ id: `${name}-${one.name}`.toLowerCase().replace(/\W+/g, '-'), ...one })),
			},
			...(keep && { includeOtherFields: true }),
			options: {},
		},
		...(once && { executeOnce: true as const }),
	};
}

/** Passes on the items of which the condition, an expression, is true. */
export const onlyWhere = (name: string, condition: string, notes?: string): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.filter',
	version: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: name.toLowerCase().replace(/\W+/g, '-'),
					leftValue: condition,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
			combinator: 'and',
		},
		options: {},
	},
	...(notes !== undefined && { notes }),
});

export const splitOut = (name: string, from: string): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.splitOut',
	version: 1,
	parameters: { fieldToSplitOut: from, options: {} },
});

export const sort = (
	name: string,
	by: ReadonlyArray<readonly [fieldName: string, order: 'ascending' | 'descending']>,
): NodeSpec => {
	const sortField: INodeParameters[] = by.map(([fieldName, order]) => ({ fieldName, order }));
	return { name, type: 'n8n-nodes-base.sort', version: 1, parameters: { sortFieldsUi: { sortField }, options: {} } };
};
