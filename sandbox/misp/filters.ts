import { isRecord } from '../json';
import { parseMoment } from './time';

/** A value list as MISP reads it: any of, all of, none of. */
export interface Choice {
	readonly any: readonly string[];
	readonly all: readonly string[];
	readonly none: readonly string[];
}

export function asList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return value === undefined || value === null ? [] : [value];
}

/** True for what PHP takes as true in MISP's switches: 1, "1", true, "true". */
export function isOn(value: unknown): boolean {
	return value === true || value === 1 || value === '1' || value === 'true';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : String(value));

function split(values: readonly unknown[]): Choice {
	const words = values.map(text).filter((word) => word !== '');
	return {
		any: words.filter((word) => !word.startsWith('!')),
		all: [],
		none: words.filter((word) => word.startsWith('!')).map((word) => word.slice(1)),
	};
}

/**
 * A string (`&&` separates several, which then mean "any of", except those with `!`), a list, or `{OR, AND, NOT}`.
 * `undefined` when there is nothing to filter by: MISP ignores empty strings, empty lists, false and null.
 */
export function parseChoice(value: unknown): Choice | undefined {
	if (value === undefined || value === null || value === false || value === '') return undefined;
	const choice = isRecord(value)
		? {
				any: asList(value['OR']).map(text),
				all: asList(value['AND']).map(text),
				none: asList(value['NOT']).map(text),
			}
		: split(typeof value === 'string' ? value.split('&&') : asList(value));
	return choice.any.length + choice.all.length + choice.none.length === 0 ? undefined : choice;
}

/** SQL's LIKE with `%`; without one the texts must be equal. */
export function like(pattern: string, { ignoreCase = false } = {}): (value: string) => boolean {
	const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
	const fold = (value: string): string => (ignoreCase ? value.toLowerCase() : value);
	if (!wanted.includes('%')) return (value) => fold(value) === wanted;
	const expression = new RegExp(
		`^${wanted
			.split('%')
			.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
			.join('.*')}$`,
		's',
	);
	return (value) => expression.test(fold(value));
}

/** Any of many words, which costs no more than one where they are without `%`: a deletion asks for a thousand values at once. */
function anyOf(words: readonly string[], options?: { ignoreCase?: boolean }): (value: string) => boolean {
	const fold = (value: string): string => (options?.ignoreCase ? value.toLowerCase() : value);
	const plain = new Set(words.filter((word) => !word.includes('%')).map(fold));
	const patterns = words.filter((word) => word.includes('%')).map((word) => like(word, options));
	return (value) => plain.has(fold(value)) || patterns.some((matches) => matches(value));
}

/** Any of, all of, none of, on one text. */
export function chooses(choice: Choice, options?: { ignoreCase?: boolean }): (value: string) => boolean {
	const any = anyOf(choice.any, options);
	const all = choice.all.map((word) => like(word, options));
	const none = anyOf(choice.none, options);
	return (value) => (choice.any.length === 0 || any(value)) && all.every((matches) => matches(value)) && !none(value);
}

/** A test on a time in seconds: since a moment, or between two (in either order, both included). */
export function parseWindow(value: unknown, now: number): ((at: number) => boolean) | undefined {
	if (value === undefined || value === null || value === false || value === '') return undefined;
	const ends = asList(value).map((end) => parseMoment(end, now));
	const [first, second] = ends;
	// MISP compares with a nonsense date and finds nothing, without an error.
	if (!first || 'invalid' in first) return () => false;
	if (!second) return (at) => at >= first.at;
	if ('invalid' in second) return () => false;
	const from = Math.min(first.at, second.at);
	const to = Math.max(first.at, second.at);
	return (at) => at >= from && at <= to;
}

/** `true`, `1`, `"1"` → on; `0`, `"0"`, `"exclude"` → off; `false`, nothing and both values → no filter. */
export function parseSwitch(value: unknown): boolean | undefined {
	const values = asList(value);
	if (values.length !== 1) return undefined;
	const [only] = values;
	if (isOn(only)) return true;
	// JSON false never reaches the query: MISP drops it as "not set".
	return only === 0 || only === '0' || only === 'exclude' ? false : undefined;
}

/** Which attributes to show: those in use, the deleted, or both. */
export function parseDeleted(value: unknown): (deleted: boolean) => boolean {
	const wanted = new Set(asList(value).map((one) => one === 'only' || isOn(one)));
	if (wanted.size === 0) return (deleted) => !deleted;
	return (deleted) => wanted.has(deleted);
}

export interface OrderClause {
	readonly field: string;
	readonly descending: boolean;
}

/** One clause or a list of them; what MISP does not know (or two clauses in one string) is dropped in silence. */
export function parseOrder(value: unknown, model: string, fields: readonly string[]): OrderClause[] {
	return asList(value).flatMap((clause) => {
		const parts = /^(?:(\w+)\.)?(\w+)(?:\s+(asc|desc))?$/i.exec(text(clause).trim());
		const [, prefix, field, direction] = parts ?? [];
		if (field === undefined || !fields.includes(field) || (prefix !== undefined && prefix !== model)) return [];
		return [{ field, descending: direction?.toLowerCase() === 'desc' }];
	});
}

/** `limit` without `page` is page 1, `page` without `limit` is everything, and so are `limit: 0` and negative ones. */
export function parsePage(params: Record<string, unknown>): { limit: number; page: number } | undefined {
	const limit = Number.parseInt(text(params['limit'] ?? 0), 10);
	if (!Number.isInteger(limit) || limit === 0) return undefined;
	const page = Number.parseInt(text(params['page'] ?? 1), 10);
	return {
		limit: limit < 0 ? Infinity : limit,
		page: Number.isInteger(page) && page > 0 ? page : 1,
	};
}
