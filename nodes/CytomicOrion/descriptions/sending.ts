import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toList } from '../../shared/parameters';
import { limits } from '../limits';
import { wholeNumber } from './input';

const { batchSize, concurrency } = limits;

export const batchSizeOption: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: batchSize,
	description: 'How many IOCs go in one request. What Orion allows at most is not documented by the vendor.',
};

export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 16 },
	default: concurrency,
	description: 'How many requests are under way at once',
};

/** Options that import and delete share. */
export const sendingOptions: INodeProperties[] = [
	batchSizeOption,
	concurrencyOption,
	{
		displayName: 'Control Tag',
		name: 'controlTag',
		type: 'string',
		default: '',
		placeholder: 'cytomic-orion:action="upload"',
		description:
			'Tag that asked for this in MISP. The results then list under "settled" the events and attributes that carry it and have nothing left to do. Without it, every event does whose IOCs are all done.',
	},
	{
		displayName: 'Events Read',
		name: 'eventsRead',
		type: 'string',
		default: '',
		placeholder: "={{ $('Next events').all().map(e => e.json.uuid) }}",
		description: 'UUIDs of the events that were searched: those without any IOC then come out as settled too',
	},
	{
		displayName: 'List Attributes Done',
		name: 'listAttributes',
		type: 'boolean',
		default: false,
		description:
			'Whether each event (Output: Per MISP Event) also lists the UUIDs of its attributes with nothing left to do',
	},
];

export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to work out everything and send nothing: the results say what would be done',
};

export const outputMode: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Per IOC', value: 'ioc', description: 'One item for every IOC, with its outcome' },
		{
			name: 'Per MISP Event',
			value: 'event',
			description: 'One item for every event, with counts, what is settled, and the IOCs that did not go through',
		},
		{ name: 'Summary', value: 'summary', description: 'One item with the totals' },
	],
	default: 'ioc',
	description: 'What to return',
};

export const readSending = (options: IDataObject) => ({
	batchSize: wholeNumber(options.batchSize ?? batchSize, 'Batch Size', { min: 1, max: 1000 }),
	concurrency: wholeNumber(options.concurrency ?? concurrency, 'Concurrency', { min: 1, max: 16 }),
	dryRun: options.dryRun === true,
});

/** What the options say of the results. */
export const readReporting = (options: IDataObject) => ({
	controlTag: String(options.controlTag ?? '').trim(),
	eventsRead: toList(options.eventsRead ?? ''),
	listAttributes: options.listAttributes === true,
});
