import type { Fields } from '../../shared/fields';
import { isFields } from '../../shared/fields';

/** Careful reading of Orion's answers. The vendor's page and what Orion sends spell names in different case (`MUID`, `muid`): so case counts for nothing. */
export type Row = Fields;

export const isRow = isFields;

/** The rows of an answer: of a list, of the list inside of an envelope, or the one row that it is. */
export function rowsOf(body: unknown): Row[] {
	if (Array.isArray(body)) return body.filter(isRow);
	if (!isRow(body)) return [];
	const lists = Object.values(body).filter((value): value is unknown[] => Array.isArray(value));
	return lists.length === 1 ? rowsOf(lists[0]) : [body];
}

/** The field of that name in whatever case; `undefined` where it is missing or null. */
export function field(row: Row, name: string): unknown {
	const wanted = name.toLowerCase();
	const found = Object.keys(row).find((key) => key.toLowerCase() === wanted);
	return found === undefined ? undefined : (row[found] ?? undefined);
}

/** The first of these names that has a value. */
export const anyField = (row: Row, ...names: string[]): unknown =>
	names.map((name) => field(row, name)).find((value) => value !== undefined && value !== '');

export const asText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';

export const textIn = (row: Row, ...names: string[]): string => asText(anyField(row, ...names));

/** The fields that nobody asked for by name, under their own names with a small first letter (`PandaAlertId` → `pandaAlertId`). */
export function otherFields(row: Row, known: readonly string[]): Record<string, unknown> {
	const taken = new Set(known.map((name) => name.toLowerCase()));
	return Object.fromEntries(
		Object.entries(row)
			.filter(([name]) => !taken.has(name.toLowerCase()))
			.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
	);
}
