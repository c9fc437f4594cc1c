import { deepestNesting } from './nesting';

/** Stands where a secret was. */
export const withheld = '[withheld]';

/** Keys and tokens are longer. What is shorter may be part of a value by chance, and a value must not be changed. */
const shortestKey = 16;

const isNested = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export interface Withholding {
	text(text: string): string;
	/** The value itself where nothing has to be taken out, else a copy. What is nested too deep to be saved is left as it is. */
	json(value: unknown): unknown;
}

/** How a secret may come back: as it is, as in a form or an address, and as in JSON inside of a text. */
const spellings = (secret: string): string[] => [
	secret,
	encodeURIComponent(secret),
	new URLSearchParams([['', secret]]).toString().slice(1),
	JSON.stringify(secret).slice(1, -1),
];

/**
 * Takes secrets out of what a server says. Servers in debug mode, proxies and firewalls quote the request that they refuse, with its headers;
 * n8n would save that with the execution, where everyone who may look at the workflow reads it.
 */
export function withholding(secrets: readonly unknown[], shortestSecret = shortestKey): Withholding {
	const known = secrets.filter((secret): secret is string => typeof secret === 'string');
	const all = known.map((secret) => secret.trim()).filter((secret) => secret.length >= shortestSecret);
	// The longest first: a spelling may begin with another one.
	const wanted = [...new Set(all.flatMap(spellings))].sort((a, b) => b.length - a.length);
	const shortest = wanted.at(-1)?.length ?? Number.POSITIVE_INFINITY;

	const text = (given: string): string =>
		given.length < shortest ? given : wanted.reduce((clean, secret) => clean.replaceAll(secret, withheld), given);

	// Every page of a search passes here, value by value: so nothing is made on the way, not even functions.
	const quotes = (given: string): boolean => {
		if (given.length < shortest) return false;
		for (const secret of wanted) if (given.includes(secret)) return true;
		return false;
	};

	const holds = (value: unknown, left: number): boolean => {
		if (typeof value === 'string') return quotes(value);
		if (!isNested(value) || left === 0) return false;
		if (Array.isArray(value)) {
			for (const one of value) if (holds(one, left - 1)) return true;
			return false;
		}
		for (const name in value) if (quotes(name) || holds(value[name], left - 1)) return true;
		return false;
	};

	const cleaned = (value: unknown, left: number): unknown => {
		if (typeof value === 'string') return text(value);
		if (!isNested(value) || left === 0) return value;
		if (Array.isArray(value)) return value.map((one) => cleaned(one, left - 1));
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [text(name), cleaned(one, left - 1)]));
	};

	return { text, json: (value) => (holds(value, deepestNesting) ? cleaned(value, deepestNesting) : value) };
}
