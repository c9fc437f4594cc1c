import type { INodeProperties } from 'n8n-workflow';

/** MISP keeps what is deleted, marked as such, unless it is told to erase it. */
export const hardDelete = (description: string): INodeProperties => ({
	displayName: 'Delete for Good',
	name: 'hard',
	type: 'boolean',
	default: false,
	description,
});
