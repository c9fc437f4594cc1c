import type { IDataObject } from 'n8n-workflow';

type Field = string | number | boolean | object | null;

const isField = (value: unknown): value is Field =>
	value === null ||
	typeof value === 'string' ||
	typeof value === 'number' ||
	typeof value === 'boolean' ||
	typeof value === 'object';

/** A record as an item's json, without the fields that have no value. */
export function toItem(record: object): IDataObject {
	const item: IDataObject = {};
	for (const [name, value] of Object.entries(record)) if (isField(value)) item[name] = value;
	return item;
}
