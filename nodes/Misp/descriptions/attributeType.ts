import type { INodeProperties } from 'n8n-workflow';

/** The type of an attribute that is to be made. */
export const attributeType: INodeProperties = {
	displayName: 'Type Name or ID',
	name: 'type',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getAttributeTypes' },
	required: true,
	default: 'domain',
	description:
		'Type of the attribute. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
