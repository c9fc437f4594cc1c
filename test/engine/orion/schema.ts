import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const folder = join(__dirname, '../../../nodes/CytomicOrion/__schema__/v1.0.0');
const known = new Map<string, Schema>();

/** What comes out of these is whatever Orion sends. */
const free = new Set(['dataLake/query', 'request/send', 'osquery/getStatus']);

/** What the editor is told of an operation's output. */
function schemaOf(path: string): Schema {
	const schema: Schema = known.get(path) ?? JSON.parse(readFileSync(join(folder, `${path}.json`), 'utf8'));
	known.set(path, schema);
	return schema;
}

const typeOf = (value: unknown): string => {
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
};

/** Fields of an item that its schema lacks, or has with another type. Objects whose schema names no fields are free. */
function strangers(value: unknown, schema: Schema, at: string): string[] {
	if (value === null || value === undefined) return [];
	if (typeOf(value) !== schema.type) return [`${at} is a ${typeOf(value)}, not a ${schema.type}`];
	if (Array.isArray(value)) return value.flatMap((one) => (schema.items ? strangers(one, schema.items, `${at}[]`) : []));
	const { properties = {} } = schema;
	if (typeof value !== 'object' || Object.keys(properties).length === 0) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const property = properties[name];
		return property ? strangers(inner, property, `${at}.${name}`) : [`${at}.${name} is not in the schema`];
	});
}

/** Holds the output of a run against the schema that the editor shows for it. */
export function expectAsInSchema(path: string, items: readonly IDataObject[]): void {
	if (free.has(path)) return;
	const sound = items.slice(0, 200).filter((json) => !('error' in json));
	expect(sound.flatMap((json) => strangers(json, schemaOf(path), path))).toEqual([]);
}
