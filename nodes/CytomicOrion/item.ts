import type { IDataObject } from 'n8n-workflow';

type Field = string | number | boolean | object | null;

const isField = (value: unknown): value is Field =>
	value === null ||
	typeof value === 'string' ||
	typeof value === 'number' ||
	typeof value === 'boolean' ||
	typeof value === 'object';

/** A record as an item's json, without the fields that have no value. A field named __proto__ is a field like any other. */
export const toItem = (record: object): IDataObject =>
	Object.fromEntries(
		Object.entries(record).filter((field): field is [string, Field] => isField(field[1])),
	) satisfies Record<string, Field>;
