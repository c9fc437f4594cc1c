import type { IDataObject } from 'n8n-workflow';

/** Careful reading of MISP's answers: whatever comes, these give a value of the type asked for. */

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const asRecord = (value: unknown): IDataObject => (isRecord(value) ? value : {});

export const asRecords = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isRecord) : []);

export const asText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** The number that is there, as one or as text; 0 where there is none. */
export const asNumber = (value: unknown): number => {
	const number = Number(asText(value));
	return Number.isFinite(number) ? number : 0;
};

/** Seconds since 1970 as a time such as 2026-11-24T12:00:00.000Z; '' where they are none. */
export function asTime(value: unknown): string {
	const at = new Date(asText(value) === '' ? Number.NaN : Number(asText(value)) * 1000);
	return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

/** Only these fields, those that are there. */
export const pick = (record: IDataObject, fields: readonly string[]): IDataObject =>
	Object.fromEntries(fields.filter((field) => field in record).map((field) => [field, record[field]]));
