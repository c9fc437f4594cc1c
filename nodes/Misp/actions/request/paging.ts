import type { IDataObject } from 'n8n-workflow';
import { asRecords, asText, isRecord } from '../../json';

/** The rows of an answer, wherever MISP puts them: a list, {response: […]}, {response: {Attribute: […]}}, {Tag: […]}. */
export function rowsOf(body: unknown): IDataObject[] | undefined {
	const inner = isRecord(body) && 'response' in body ? body.response : body;
	if (Array.isArray(inner)) return asRecords(inner);
	if (!isRecord(inner)) return undefined;
	const [only, ...others] = Object.values(inner);
	return Array.isArray(only) && others.length === 0 ? asRecords(only) : undefined;
}

/** What tells a row from others: its id or UUID, or all of it. */
export function keyOf(row: IDataObject): string {
	const [only] = Object.values(row);
	const entry = row.id === undefined && row.uuid === undefined && isRecord(only) ? only : row;
	return asText(entry.uuid) || asText(entry.id) || JSON.stringify(row);
}

/** The path of a page, for calls that take named parameters: MISP ignores ?limit= on most lists (2.5.1). */
export const pagePath = (path: string, page: number, limit: number): string =>
	`${path.replace(/\/+$/, '')}/page:${page}/limit:${limit}`;
