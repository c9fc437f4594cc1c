import { isFields } from '../../shared/fields';
import { nearest } from './nearest';
import { namesOf, parameterOf, type Kind, type Scope } from './parameters';
import { readDay, readTime } from './time';

type Checked = { ok: true; value: unknown } | { ok: false; problem: string };

const fine = (value: unknown): Checked => ({ ok: true, value });
const wrong = (problem: string): Checked => ({ ok: false, problem });

const forms = 'a text, a list of texts, or {"OR": […], "AND": […], "NOT": […]}';

function isText(value: unknown): value is string | number {
	return (typeof value === 'string' && value.trim() !== '') || (typeof value === 'number' && Number.isFinite(value));
}

function isTextList(value: unknown): boolean {
	return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function readTexts(name: string, value: unknown): Checked {
	if (isText(value) || isTextList(value)) return fine(value);
	if (isFields(value)) {
		const terms = Object.entries(value);
		const right = ([term, texts]: [string, unknown]): boolean =>
			/^(OR|AND|NOT)$/.test(term) && (isText(texts) || isTextList(texts));
		if (terms.length > 0 && terms.every(right)) return fine(value);
	}
	return wrong(`Extra “${name}”: give ${forms}. MISP ignores empty ones and would return everything.`);
}

function readFlag(name: string, value: unknown): Checked {
	const flag = new Map<unknown, number>([
		[true, 1],
		[1, 1],
		['1', 1],
		['true', 1],
		[false, 0],
		[0, 0],
		['0', 0],
		['false', 0],
	]).get(value);
	if (flag !== undefined) return fine(flag);
	// Both states at once: MISP takes [0, 1] for to_ids and published.
	if (Array.isArray(value) && value.length > 0 && value.every((one) => one === 0 || one === 1)) return fine(value);
	return wrong(`Extra “${name}”: give 1 or 0.`);
}

function readWindow(name: string, value: unknown): Checked {
	const bounds: unknown[] = Array.isArray(value) ? value : [value];
	if (bounds.length < 1 || bounds.length > 2) return wrong(`Extra “${name}”: give one time, or [from, to].`);
	const times = bounds.map((bound, index) => readTime(`Extra “${name}”`, bound, index === 1));
	const bad = times.find((time) => !time.ok);
	if (bad?.ok === false) return wrong(bad.problem);
	const read = times.flatMap((time) => (time.ok ? [time.time] : []));
	return fine(Array.isArray(value) && value.length === 2 ? read : read[0]);
}

function readIds(name: string, value: unknown): Checked {
	const ids: unknown[] = Array.isArray(value) ? value : [value];
	const numbers = ids.map((id) =>
		typeof id === 'number' || (typeof id === 'string' && /^\d+$/.test(id)) ? Number(id) : Number.NaN,
	);
	if (numbers.length === 0 || !numbers.every(Number.isSafeInteger))
		return wrong(`Extra “${name}”: give a whole number or a list of them.`);
	return fine(Array.isArray(value) ? numbers : numbers[0]);
}

const readers: Readonly<Record<Kind, (name: string, value: unknown) => Checked>> = {
	texts: readTexts,
	flag: readFlag,
	time: readWindow,
	ids: readIds,
	date: (name, value) => {
		const day = readDay(`Extra “${name}”`, value);
		return day.ok ? fine(day.time) : wrong(day.problem);
	},
	number: (name, value) =>
		isText(value) && Number.isFinite(Number(value)) ? fine(Number(value)) : wrong(`Extra “${name}”: give a number.`),
	deleted: (name, value) => (value === 'only' ? fine(1) : readFlag(name, value)),
	severity: (name, value) => {
		const read = readIds(name, value);
		const levels = read.ok && (Array.isArray(read.value) ? read.value : [read.value]);
		return levels && levels.every((level) => level >= 1 && level <= 4)
			? read
			: wrong(`Extra “${name}”: give 1 (High), 2 (Medium), 3 (Low), 4 (Undefined) or a list of them.`);
	},
	data: (name, value) =>
		value === undefined || value === null || value === ''
			? wrong(`Extra “${name}”: empty, so MISP would ignore it.`)
			: fine(value),
	node: (name) => wrong(`Extra “${name}”: the node sets this itself, so that pages come out whole. Leave it out.`),
};

function unknownName(scope: Scope, name: string): string {
	const names = namesOf(scope);
	// A singular of a plural, or the same name with other separators, is the usual slip.
	const meant = names.find((known) => known === `${name}s` || `${known}s` === name) ?? nearest(name, names);
	const hint = meant === undefined ? `MISP honours for ${scope}: ${names.join(', ')}.` : `Did you mean “${meant}”?`;
	return `Extra “${name.slice(0, 60)}”: MISP would ignore it in a search for ${scope} and return everything. ${hint}`;
}

/** Checks further search parameters given under MISP's own names, as an object or as JSON text. */
export function readExtra(
	scope: Scope,
	extra: unknown,
): { ok: true; body: Record<string, unknown> } | { ok: false; problems: string[] } {
	if (extra === undefined || extra === null || extra === '') return { ok: true, body: {} };
	const given = typeof extra === 'string' ? parsed(extra) : extra;
	if (!isFields(given)) {
		return { ok: false, problems: ['Extra: give a JSON object such as {"object_relation": "sha256"}.'] };
	}
	const body: Record<string, unknown> = {};
	const problems: string[] = [];
	for (const [name, value] of Object.entries(given)) {
		const parameter = parameterOf(scope, name);
		const read = parameter === undefined ? wrong(unknownName(scope, name)) : readers[parameter.kind](name, value);
		if (read.ok) body[name] = read.value;
		else problems.push(read.problem);
	}
	return problems.length === 0 ? { ok: true, body } : { ok: false, problems };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
