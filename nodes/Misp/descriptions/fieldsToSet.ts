import type { INodeProperties } from 'n8n-workflow';

/** A collection of fields, in the order of their names. */
const collection = (displayName: string, description: string, options: INodeProperties[]): INodeProperties => ({
	displayName,
	name: 'fields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	description,
});

/** What a new entry can be given beyond what it must have. */
export const moreFields = (options: INodeProperties[], description: string): INodeProperties =>
	collection('Additional Fields', description, options);

/** What an entry that is there can be changed to. */
export const changedFields = (options: INodeProperties[]): INodeProperties =>
	collection('Fields', 'What is left out stays as it is', options);
