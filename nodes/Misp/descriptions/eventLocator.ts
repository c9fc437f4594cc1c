import type { INodeProperties } from 'n8n-workflow';

export const eventLocator: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The event, chosen from a list or by its ID or UUID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchEvents', searchable: true },
		},
		{
			displayName: 'By ID or UUID',
			name: 'id',
			type: 'string',
			placeholder: '1234',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^(\\d+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$',
						errorMessage: 'An event ID is a number; a UUID looks like 5f6d3a0e-7c1b-4d8e-9a52-1b2c3d4e5f60',
					},
				},
			],
		},
	],
};
