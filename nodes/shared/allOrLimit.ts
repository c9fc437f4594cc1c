import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from './parameters';

export const allOrLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** The most results that the user wants. */
export const wantedLimit = (item: Parameters): number =>
	item.flag('returnAll') ? Number.POSITIVE_INFINITY : item.number('limit');

export const takeLimit = <Row>(item: Parameters, rows: readonly Row[]): Row[] => rows.slice(0, wantedLimit(item));
