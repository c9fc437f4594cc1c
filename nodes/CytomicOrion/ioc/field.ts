/**
 * Reading fields of items that others made: full MISP attributes, our compact ones, rows of a list.
 * Only an item's own data is read, never what objects inherit, so that a field named "constructor" is just absent.
 */

function own(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
	return Reflect.get(value, key);
}

/**
 * The two spellings of an event's fields on an attribute: MISP nests them (`Event.info`), compact items are flat
 * (`event_info`). Either spelling finds either, so that one template serves both.
 */
const spellings: ReadonlyArray<readonly [flat: string, nested: string]> = [
	['event_id', 'Event.id'],
	['event_uuid', 'Event.uuid'],
	['event_info', 'Event.info'],
	['threat_level_id', 'Event.threat_level_id'],
];

const otherSpelling: ReadonlyMap<string, string> = new Map(
	spellings.flatMap(([flat, nested]) => [[flat, nested] as const, [nested, flat] as const]),
);

/** Where the field at a path may be: under the path as one name, along it, or along its other spelling. */
function routesTo(path: string): readonly string[][] {
	const other = otherSpelling.get(path);
	return [[path], ...(path.includes('.') ? [path.split('.')] : []), ...(other === undefined ? [] : [other.split('.')])];
}

/** Reads the field at a dotted path; `undefined` where there is none, and for `null`. */
export function fieldReader(path: string): (item: unknown) => unknown {
	const routes = routesTo(path);
	return (item) => {
		for (const route of routes) {
			const found = route.reduce(own, item);
			if (found !== undefined && found !== null) return found;
		}
		return undefined;
	};
}

/** Texts and numbers as text (MISP sends ids as either); anything else is no text. */
export function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}
