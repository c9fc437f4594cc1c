import type { Fields } from '../../shared/fields';
import { isFields } from '../../shared/fields';
import { Problem } from '../../shared/problem';
import type { Scope } from './parameters';

export type Row = Fields;

/** One answer of a search: its rows, and what MISP's headers say of it. */
export interface Page<R extends Row = Row> {
	rows: R[];
	/** X-Result-Count: on events the total; on attributes the rows read, plus one where the page came back full or empty (2.5.1). */
	resultCount?: number;
	/** X-Skipped-Elements-Count: rows that warninglists or decay took out after the page was cut (2.5.1). */
	skipped?: number;
}

const wrapper: Readonly<Record<Scope, string>> = {
	attributes: 'Attribute',
	events: 'Event',
	objects: 'Object',
	sightings: 'Sighting',
};

function count(headers: Record<string, unknown>, name: string): number | undefined {
	const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
	const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
	return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function list(scope: Scope, body: unknown): unknown[] | undefined {
	const inner = isFields(body) && 'response' in body ? body.response : body;
	if (Array.isArray(inner)) return inner;
	// {response: {Attribute: […]}} for attributes; the count format answers a bare number.
	if (typeof inner === 'number' || (typeof inner === 'string' && /^\s*\d+\s*$/.test(inner))) return [];
	const rows = isFields(inner) ? inner[wrapper[scope]] : undefined;
	return Array.isArray(rows) ? rows : undefined;
}

/** Reads a restSearch answer in JSON. Rows of events, objects and sightings come without their wrapper (`{Event: …}` → the event). */
export function readPage(scope: Scope, body: unknown, headers: Record<string, unknown>): Page {
	const found = list(scope, body);
	if (found === undefined) {
		throw new Problem(
			'MISP answered the search with something other than a list.',
			'Check that the URL in the credential leads to MISP itself.',
			'not_a_list',
		);
	}
	const rows = found.flatMap((row) => {
		if (!isFields(row)) return [];
		const inner = row[wrapper[scope]];
		return [isFields(inner) ? inner : row];
	});
	const resultCount = count(headers, 'x-result-count');
	const skipped = count(headers, 'x-skipped-elements-count');
	return { rows, ...(resultCount !== undefined && { resultCount }), ...(skipped !== undefined && { skipped }) };
}

/** X-Result-Count of an answer. */
export const readCount = (headers: Record<string, unknown>): number | undefined => count(headers, 'x-result-count');
