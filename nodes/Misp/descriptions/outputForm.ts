import type { INodeProperties } from 'n8n-workflow';

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Thousands of items slow the editor and fill n8n's database with every run; a file does neither. */
export const putInto: INodeProperties = {
	displayName: 'Put Into',
	name: 'putInto',
	type: 'options',
	options: [
		{ name: 'Items', value: 'items', description: 'One item for each' },
		{
			name: 'One File',
			value: 'file',
			description:
				'One item with a file (field data, one JSON object per line), for bulk: such as all that the Cytomic Orion node is to upload',
		},
	],
	default: 'items',
	description: 'What the results go into',
};

export const pageSizeOption = (defaultSize: number): INodeProperties => ({
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 100, maxValue: 50_000 },
	default: defaultSize,
	description: 'How many rows to ask MISP for at a time',
});
