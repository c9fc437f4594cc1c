import type { IDataObject } from 'n8n-workflow';
import { isFields } from './fields';
import { Problem } from './problem';

/** What a JSON field of a node holds: an expression gives it as it is, a person types it. @throws Problem where it is no JSON */
export function readJson(displayName: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const read = parse(value);
	if (read.ok) return read.value;
	throw new Problem(
		`"${displayName}" is not valid JSON: ${read.reason}`,
		'Mend the JSON. Names and texts need double quotes.',
		'bad_json',
	);
}

/** One object; {} where nothing was entered. @throws Problem where it is anything else */
export function readRecord(displayName: string, value: unknown): IDataObject {
	const read = readJson(displayName, value) ?? {};
	if (isRecord(read)) return read;
	throw new Problem(`"${displayName}" is not a JSON object`, 'Give {"name": "value"}.', 'bad_json');
}

/** One object, or a list of them; [] where nothing was entered. @throws Problem where it is anything else */
export function readRecords(displayName: string, value: unknown): IDataObject[] {
	const read = readJson(displayName, value) ?? [];
	const list: unknown[] = Array.isArray(read) ? read : [read];
	if (list.every(isRecord)) return list;
	throw new Problem(`"${displayName}" is neither an object nor a list of objects`, 'Give [{…}, {…}].', 'bad_json');
}

/** A list; [] where nothing was entered. @throws Problem where it is anything else */
export function readList(displayName: string, value: unknown): unknown[] {
	const read = readJson(displayName, value) ?? [];
	if (Array.isArray(read)) return read;
	throw new Problem(`"${displayName}" is not a list`, 'Give a JSON list: [ … ].', 'bad_list');
}

/** The body of a request; {} where nothing was entered. @throws Problem where it is a bare text or number */
export function readBody(displayName: string, value: unknown): object {
	const body = readJson(displayName, value) ?? {};
	if (typeof body === 'object' && body !== null) return body;
	throw new Problem(`"${displayName}" is neither an object nor a list`, 'Give {…} or […].', 'bad_json');
}

const isRecord = (value: unknown): value is IDataObject => isFields(value);

function parse(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, reason: error instanceof Error ? error.message : String(error) };
	}
}
