import type { Fields } from '../../shared/fields';
import { isFields } from '../../shared/fields';
import { isComposite } from './vocabulary';

/** A value that items hold and attributes may, too. */
export interface Held {
	value: string;
	/** MISP's type where it is known; the value of a composite type is taken apart. */
	type: string;
}

/** MISP keeps composite values in two columns and compares a searched value with each. A port or a file name alone says nothing: half the internet has them. */
export const partsOf = ({ value, type }: Held): string[] =>
	halvesOf(value, type)
		.map((part) => part.trim())
		.filter(isSearchable);

function halvesOf(value: string, type: string): string[] {
	if (!isComposite(type)) return [value];
	const bar = value.indexOf('|');
	if (bar < 0) return [value];
	const [first, second] = [value.slice(0, bar), value.slice(bar + 1)];
	if (type.endsWith('|port')) return [first];
	return type.startsWith('filename|') || type === 'malware-sample' ? [second] : [first, second];
}

/** MISP reads a leading ! as "not" and % at an end as "any text"; no IOC has them there. */
const isSearchable = (part: string): boolean => part !== '' && !part.startsWith('!') && !/^%|%$/.test(part);

/** The values of items, and for each the items that hold it. MISP compares regardless of case, and so does this. */
export class ValuesOfItems {
	private readonly indexes = new Map<string, Set<number>>();
	private readonly spellings = new Set<string>();

	constructor(items: readonly Held[]) {
		items.forEach((held, index) => {
			for (const part of partsOf(held)) {
				this.spellings.add(part);
				const key = part.toLowerCase();
				const known = this.indexes.get(key);
				if (known) known.add(index);
				else this.indexes.set(key, new Set([index]));
			}
		});
	}

	/** What to search for, each spelling once. */
	get values(): string[] {
		return [...this.spellings];
	}

	/** Indexes of the items that hold a value of this attribute, in their order. */
	itemsWith(attribute: Held): number[] {
		const found = partsOf(attribute).flatMap((part) => [...(this.indexes.get(part.toLowerCase()) ?? [])]);
		return [...new Set(found)].sort((one, other) => one - other);
	}
}

/** The field of that name, or along a path such as `ioc.value`. Only an item's own data is read. */
export function fieldAt(json: Fields, path: string): unknown {
	if (Object.hasOwn(json, path)) return json[path];
	return path
		.split('.')
		.reduce<unknown>((value, name) => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined), json);
}
