import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';

export const searchText = (description: string): INodeProperties => ({
	displayName: 'Search Text',
	name: 'searchText',
	type: 'string',
	default: '',
	description: `${description}. Upper and lower case are alike; empty for all.`,
});

/** For what can be switched on and off. */
export const onlyEnabled: INodeProperties = {
	displayName: 'Only',
	name: 'only',
	type: 'options',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Disabled', value: 'disabled' },
		{ name: 'Enabled', value: 'enabled' },
	],
	default: 'all',
	description: 'Whether to return all, or only those that are switched on or off',
};

export const wantsState = (item: Parameters, enabled: unknown): boolean => {
	const only = item.text('only');
	return only === 'all' || (enabled === true) === (only === 'enabled');
};
