import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toList } from '../../shared/parameters';
import type { IndicatorFilters } from '../indicators/filters';

const text = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

export const indicatorFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		text('Case ID', 'caseId', 'ID of the investigation that the indicator belongs to'),
		text('Client ID', 'clientId', 'ID of the client whose computer it is'),
		text('Computer Name', 'machineName', 'Name of the computer'),
		text('Computer MUID', 'muid', "Orion's ID of the computer"),
		text('Hunting Rule', 'huntingRule', 'Name of the rule that raised the indicator'),
		{
			displayName: 'Include Details',
			name: 'includeDetails',
			type: 'boolean',
			default: true,
			description: 'Whether to include the event behind the indicator. Without it, there are no observables either.',
		},
		{
			displayName: 'Include Excluded',
			name: 'includeExcluded',
			type: 'boolean',
			default: false,
			description: 'Whether to include indicators that were excluded in Orion',
		},
		{
			displayName: 'Severity',
			name: 'severities',
			type: 'multiOptions',
			options: [
				{ name: 'Critical', value: 'Critical' },
				{ name: 'High', value: 'High' },
				{ name: 'Low', value: 'Low' },
				{ name: 'Normal', value: 'Normal' },
				{ name: 'Undefined', value: 'Undefined' },
			],
			default: [],
			description: 'Severities wanted; all where none is chosen',
		},
		{
			displayName: 'Status',
			name: 'statuses',
			type: 'multiOptions',
			options: [
				{ name: 'Closed', value: 'Closed' },
				{ name: 'In Progress', value: 'InProgress' },
				{ name: 'Pending', value: 'Pending' },
			],
			default: [],
			description: 'Statuses wanted; all where none is chosen',
		},
	],
};

export function readIndicatorFilters(filters: IDataObject): IndicatorFilters {
	const textOf = (name: string) => String(filters[name] ?? '').trim();
	return {
		statuses: toList(filters.statuses ?? []),
		severities: toList(filters.severities ?? []),
		huntingRule: textOf('huntingRule'),
		machineName: textOf('machineName'),
		muid: textOf('muid'),
		clientId: textOf('clientId'),
		caseId: textOf('caseId'),
		includeExcluded: filters.includeExcluded === true,
		includeDetails: filters.includeDetails !== false,
	};
}
