import type { IDataObject } from 'n8n-workflow';

/** Careful reading of MISP's answers: whatever comes, these give a value of the type asked for. */

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const asRecord = (value: unknown): IDataObject => (isRecord(value) ? value : {});

export const asRecords = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isRecord) : []);

export const asText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Only these fields, those that are there. */
export const pick = (record: IDataObject, fields: readonly string[]): IDataObject =>
	Object.fromEntries(fields.filter((field) => field in record).map((field) => [field, record[field]]));
