import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import { Problem } from '../../shared/problem';
import type { OrionCall } from '../call';
import type { CandidateFields } from '../ioc';
import { mispFields } from '../ioc';
import { iocTypeOptions } from './iocTypeOptions';

/** Where the IOCs are in the input. Fields are named, not mapped by expressions: those cost half a millisecond for each item. */
export const inputFields: INodeProperties[] = [
	{
		displayName: 'Input',
		name: 'input',
		type: 'options',
		options: [
			{
				name: 'File of MISP Attributes',
				value: 'file',
				description: 'A file as the MISP node returns it with Put Into: One File. For bulk.',
			},
			{
				name: 'MISP Attributes',
				value: 'misp',
				description: 'Items as the MISP node returns them, full or compact',
			},
			{
				name: 'Other Items',
				value: 'fields',
				description: 'Items with a value and a type in fields that you name',
			},
		],
		default: 'misp',
		description: 'What the input items are',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryField',
		type: 'string',
		required: true,
		default: 'data',
		displayOptions: { show: { input: ['file'] } },
		description: 'Name of the field that holds the file',
	},
	{
		displayName: 'Value Field',
		name: 'valueField',
		type: 'string',
		required: true,
		default: 'value',
		displayOptions: { show: { input: ['fields'] } },
		description: 'Name of the field that holds the value of the IOC, such as value or indicator.value',
	},
	{
		displayName: 'Type From',
		name: 'typeFrom',
		type: 'options',
		displayOptions: { show: { input: ['fields'] } },
		options: [
			{ name: 'A Field', value: 'field', description: 'Each item has its type' },
			{ name: 'Same for All Items', value: 'fixed', description: 'All items are of one type' },
		],
		default: 'field',
		description: 'Where the type of the IOC comes from',
	},
	{
		displayName: 'Type Field',
		name: 'typeField',
		type: 'string',
		required: true,
		default: 'type',
		displayOptions: { show: { input: ['fields'], typeFrom: ['field'] } },
		description: 'Name of the field that holds the type: a MISP attribute type, or hash, ip, domain or URL',
	},
	{
		displayName: 'Type',
		name: 'fixedType',
		type: 'options',
		displayOptions: { show: { input: ['fields'], typeFrom: ['fixed'] } },
		options: iocTypeOptions,
		default: 'hash',
		description: 'The type of all items',
	},
];

export function readInputFields(item: Parameters): CandidateFields {
	if (item.text('input') !== 'fields') return mispFields;
	const value = item.required('valueField', 'Value Field');
	return item.text('typeFrom') === 'fixed'
		? { value, type: { fixed: item.text('fixedType') } }
		: { value, type: { field: item.required('typeField', 'Type Field') } };
}

/** One row that may hold IOCs, and the input item it came with. */
export interface InputRow {
	json: IDataObject;
	from: number;
}

/** The rows of the input: its items, or the lines of their files. */
export async function readRows({ item, bytes }: OrionCall, items: readonly INodeExecutionData[]): Promise<InputRow[]> {
	if (item.text('input') !== 'file')
		return items.flatMap(({ json }, from) => (isPlaceholder(json) ? [] : [{ json, from }]));
	const field = item.required('binaryField', 'Input Data Field Name');
	const files = await Promise.all(items.map(async (_, from) => linesOf(await bytes(from, field), from)));
	return files.flat();
}

function linesOf(bytes: Uint8Array, from: number): InputRow[] {
	const lines = new TextDecoder().decode(bytes).split('\n');
	return lines.flatMap((line, index) => {
		if (line.trim() === '') return [];
		const json: unknown = jsonOf(line);
		if (typeof json === 'object' && json !== null && !Array.isArray(json)) return [{ json: { ...json }, from }];
		throw new Problem(
			`Line ${index + 1} of the file is not a JSON object`,
			'Take the file as the MISP node returns it, with "Put Into: One File".',
			'bad_file',
		);
	});
}

function jsonOf(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

/** n8n's "Always Output Data" stands for no data with an item without fields: that is no input. */
export const isPlaceholder = (json: IDataObject): boolean => Object.keys(json).length === 0;

export function wholeNumber(value: unknown, name: string, { min, max }: { min: number; max: number }): number {
	const number = Number(value);
	if (Number.isInteger(number) && number >= min && number <= max) return number;
	throw new Problem(`"${name}" is ${String(value)}`, `Enter a whole number from ${min} to ${max}.`, 'bad_number');
}
