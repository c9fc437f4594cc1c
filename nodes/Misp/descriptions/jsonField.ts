import { Problem } from '../../shared/problem';
import { asRecords, isRecord } from '../json';

/** What a JSON field holds: an expression gives it as it is, a person types it. @throws Problem where it is no JSON */
export function readJson(field: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const read = parse(value);
	if (read.ok) return read.value;
	throw new Problem(`"${field}" is not valid JSON: ${read.reason}`, 'Mend the JSON. Names and texts need double quotes.', 'bad_json');
}

/** One object, or a list of them. @throws Problem where it is anything else */
export function readRecords(field: string, value: unknown) {
	const read = readJson(field, value);
	if (read === undefined) return [];
	const list: unknown[] = Array.isArray(read) ? read : [read];
	if (list.every(isRecord)) return asRecords(list);
	throw new Problem(`"${field}" is neither an object nor a list of objects`, 'Give [{…}, {…}].', 'bad_json');
}

/** One object. @throws Problem where it is anything else */
export function readRecord(field: string, value: unknown) {
	const read = readJson(field, value) ?? {};
	if (isRecord(read)) return read;
	throw new Problem(`"${field}" is not a JSON object`, 'Give {"name": "value"}.', 'bad_json');
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, reason: error instanceof Error ? error.message : String(error) };
	}
}
