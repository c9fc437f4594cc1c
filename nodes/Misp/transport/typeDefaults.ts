import { asRecord, asText } from '../json';
import type { Misp } from './connect';

/** What MISP takes for an attribute's category and for to_ids, where nothing is said. */
export interface TypeDefault {
	category: string;
	toIds: boolean;
	/** Categories that the type may have. */
	categories: string[];
}

const known = new WeakMap<Misp, Promise<Map<string, TypeDefault>>>();

/** GET /attributes/describeTypes, once for a connection: attribute type → its defaults on this server. */
export async function typeDefaults(misp: Misp): Promise<Map<string, TypeDefault>> {
	const defaults = known.get(misp) ?? load(misp);
	known.set(misp, defaults);
	return await defaults;
}

async function load(misp: Misp): Promise<Map<string, TypeDefault>> {
	const { body } = await misp.get('/attributes/describeTypes.json');
	const { sane_defaults: defaults, category_type_mappings: mappings } = asRecord(asRecord(body).result);
	const categories = Object.entries(asRecord(mappings));
	return new Map(
		Object.entries(asRecord(defaults)).map(([type, given]) => {
			const { default_category: category, to_ids: toIds } = asRecord(given);
			const fitting = categories
				.filter(([, types]) => Array.isArray(types) && types.map(asText).includes(type))
				.map(([name]) => name);
			return [type, { category: asText(category), toIds: Number(toIds) === 1, categories: fitting }];
		}),
	);
}
