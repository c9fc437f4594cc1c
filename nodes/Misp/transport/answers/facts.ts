import { isFields } from '../../../shared/fields';
import { readable } from './words';

/** One answer of a MISP server, as it came over HTTP. `body` is parsed JSON, or the raw string where it is not JSON. */
export interface MispAnswer {
	method: string;
	/** Path as it was asked, with or without the base path of the instance. */
	path: string;
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Why MISP did not do what was asked, in words for the analyst. */
export interface MispProblem {
	/** Stable name of the situation, for branching in code and workflows. */
	code: string;
	/** What happened. */
	message: string;
	/** What to change. */
	advice: string;
	/** `later`: the same request may succeed by itself after a pause. */
	retry: 'no' | 'later';
	/** MISP's own words, where it had any. Never HTML. */
	misp?: string;
	/** MISP's `errors` as they came, where there are some per entry: {"attribute_1": {"value": ["…"]}}. */
	errors?: Record<string, unknown>;
}

/** What the table of situations looks at: the answer, boiled down once. */
export interface Facts {
	method: string;
	/** Lower case, without query string and trailing slash. */
	path: string;
	status: number;
	/** MISP's own words: the flattened `errors` where there are any, else `message`, `name` or `result`. */
	words: string;
	/** Flattened `errors` of a validation, for example "value: Checksum has an invalid length". Empty where there were none. */
	errors: string;
	/** The body is a web page, not an API answer. */
	html: boolean;
	/** MISP says `saved: false`, which it also does inside a 200. */
	unsaved: boolean;
	/** Where a redirect points to, without its query string. */
	location: string;
	headers: Record<string, unknown>;
	body: unknown;
}

/** A response header by name, in whatever case and however often it came. */
function header(headers: Record<string, unknown>, name: string): string | undefined {
	for (const [key, value] of Object.entries(headers)) {
		if (key.toLowerCase() !== name) continue;
		const one: unknown = Array.isArray(value) ? value[0] : value;
		if (typeof one === 'string' || typeof one === 'number') return String(one);
	}
	return undefined;
}

const web = /^\s*<(?:!doctype html|html|head|body|div|script|center)\b/i;

// MISP labels some JSON answers text/html (users/initiatePasswordReset in 2.5.1), so the label counts only where the body is text.
function isWebPage(body: unknown, headers: Record<string, unknown>): boolean {
	if (typeof body !== 'string' || body.trim() === '') return false;
	return web.test(body) || /text\/html/i.test(header(headers, 'content-type') ?? '');
}

function text(value: unknown): string {
	return typeof value === 'string' ? readable(value) : '';
}

/** MISP's `errors` is a text, a list, or a map of field to texts, at any depth: "field: text; field: text". */
export function flattenErrors(errors: unknown, depth = 0): string {
	// objects/add puts its field errors as JSON inside the text: … (fileSize). {"value":["The value has to be …"]}
	if (typeof errors === 'string') return readable(errors).replace(/\{"(\w+)":\["(.*?)"\]\}/g, '$1: $2');
	if (typeof errors === 'number' || typeof errors === 'boolean') return String(errors);
	if (depth > 4) return '';
	if (Array.isArray(errors)) {
		return errors
			.map((one) => flattenErrors(one, depth + 1))
			.filter(Boolean)
			.join(', ');
	}
	if (!isFields(errors)) return '';
	return Object.entries(errors)
		.map(([field, why]) => {
			const inner = flattenErrors(why, depth + 1);
			if (inner === '') return '';
			const nested = isFields(why) && !/^\d+$/.test(field);
			return /^\d+$/.test(field) || nested ? inner : `${field}: ${inner}`;
		})
		.filter(Boolean)
		.join('; ');
}

export function factsOf(answer: MispAnswer): Facts {
	const body = isFields(answer.body) ? answer.body : {};
	const html = isWebPage(answer.body, answer.headers);
	const errors = flattenErrors(body.errors);
	const said = [errors, text(body.message), text(body.name), text(body.result)].find((one) => one !== '');
	return {
		method: answer.method.toUpperCase(),
		path: (answer.path.split('?')[0] ?? '').replace(/\/+$/, '').toLowerCase(),
		status: answer.status,
		words: said ?? '',
		errors,
		html,
		// shadow_attributes/delete misspells it: {"false": true, "errors": "Invalid Attribute."} (2.5.1).
		unsaved: body.saved === false || body.false === true,
		location: (header(answer.headers, 'location') ?? '').split('?')[0] ?? '',
		headers: answer.headers,
		body: answer.body,
	};
}
