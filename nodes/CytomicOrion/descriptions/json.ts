import { Problem } from '../../shared/problem';
import type { Row } from '../answers/row';
import { isRow } from '../answers/row';

/** What a JSON field holds: an expression gives it as it is, a person types it. @throws Problem where it is no JSON */
export function readJson(displayName: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const read = parse(value);
	if (read.ok) return read.value;
	throw new Problem(`"${displayName}" is not valid JSON: ${read.reason}`, 'Mend the JSON. Names and texts need double quotes.', 'bad_json');
}

/** One object; {} where nothing was entered. @throws Problem where it is anything else */
export function readObject(displayName: string, value: unknown): Row {
	const read = readJson(displayName, value) ?? {};
	if (isRow(read)) return read;
	throw new Problem(`"${displayName}" is not a JSON object`, 'Give {"name": "value"}.', 'bad_json');
}

/** A list; [] where nothing was entered. @throws Problem where it is anything else */
export function readList(displayName: string, value: unknown): unknown[] {
	const read = readJson(displayName, value) ?? [];
	if (Array.isArray(read)) return read;
	throw new Problem(`"${displayName}" is not a list`, 'Give a JSON list: [ … ].', 'bad_list');
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, reason: error instanceof Error ? error.message : String(error) };
	}
}
