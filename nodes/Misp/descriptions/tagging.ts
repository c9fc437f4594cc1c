import type { INodeProperties } from 'n8n-workflow';

export const objectUuids: INodeProperties = {
	displayName: 'UUIDs',
	name: 'uuids',
	type: 'string',
	required: true,
	default: '',
	placeholder: '={{ $json.uuid }}',
	description:
		'UUIDs of the events and attributes: one, several parted by commas or line breaks, or a list from an expression',
};

export const tagName: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The tag, by its name',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTags', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'cytomic-orion:action="upload"',
		},
	],
};
