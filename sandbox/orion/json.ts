import { isRecord } from '../json';

export type JsonObject = Record<string, unknown>;

/** A property by its name in whatever case, as the vendor's own pages mix `MUID`, `muid` and `Caseid`. */
export function property(object: unknown, name: string): unknown {
	if (!isRecord(object)) return undefined;
	if (name in object) return object[name];
	const wanted = name.toLowerCase();
	const found = Object.keys(object).find((key) => key.toLowerCase() === wanted);
	return found === undefined ? undefined : object[found];
}

/** A text property, or `undefined`. */
export function text(object: unknown, name: string): string | undefined {
	const value = property(object, name);
	return typeof value === 'string' ? value : undefined;
}

/** A list made of texts only, or `undefined`. */
export function texts(value: unknown): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const strings = value.filter((entry): entry is string => typeof entry === 'string');
	return strings.length === value.length ? strings : undefined;
}
