import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { batchSizeOption, concurrencyOption, readSending } from '../../CytomicOrion/descriptions/sending';

export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to work out everything and change nothing, in MISP or in Orion: the results say what would be done',
};

const listAsCsv: INodeProperties = {
	displayName: 'List as CSV',
	name: 'csv',
	type: 'boolean',
	default: false,
	description: 'Whether the summary also brings a CSV file of all IOCs that did not go through, with the reasons',
};

/** The options of an operation: those that all have, and its own. */
export const optionsWith = (own: readonly INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [batchSizeOption, concurrencyOption, listAsCsv, ...own].sort((one, other) =>
		one.displayName.localeCompare(other.displayName),
	),
});

export const readOptions = (options: IDataObject) => {
	const { batchSize, concurrency } = readSending(options);
	return { batchSize, concurrency, csv: options.csv === true };
};
