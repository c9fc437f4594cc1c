import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

const nodes = join(__dirname, '../../nodes');
const known = new Map<string, Schema>();

/** What comes out of these is whatever the server sends. */
const free = new Set([
	'CytomicOrion/dataLake/query',
	'CytomicOrion/request/send',
	'CytomicOrion/osquery/getStatus',
	'Misp/request/send',
]);

/** What the editor is told of an operation's output. */
function schemaOf(operation: string): Schema {
	const [node = '', path] = operation.split(/\/(.*)/s);
	const schema: Schema =
		known.get(operation) ?? JSON.parse(readFileSync(join(nodes, node, '__schema__/v1.0.0', `${path}.json`), 'utf8'));
	known.set(operation, schema);
	return schema;
}

const typeOf = (value: unknown): string => {
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
};

/** Fields of an item that its schema lacks, or has with another type. Objects whose schema names no fields are free. */
function strangers(value: unknown, schema: Schema, at: string): string[] {
	if (value === null || value === undefined) return [];
	const types = [schema.type].flat();
	if (!types.includes(typeOf(value))) return [`${at} is a ${typeOf(value)}, not a ${types.join(' or ')}`];
	if (Array.isArray(value))
		return value.flatMap((one) => (schema.items ? strangers(one, schema.items, `${at}[]`) : []));
	const { properties = {} } = schema;
	if (typeof value !== 'object' || Object.keys(properties).length === 0) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const property = properties[name];
		return property ? strangers(inner, property, `${at}.${name}`) : [`${at}.${name} is not in the schema`];
	});
}

/** Holds the output of a run against the schema that the editor shows for it. `operation` is node, resource and name, such as Misp/event/get. */
export function expectAsInSchema(operation: string, items: readonly IDataObject[]): void {
	if (free.has(operation)) return;
	const sound = items.slice(0, 200).filter((json) => !('error' in json));
	expect(sound.flatMap((json) => strangers(json, schemaOf(operation), operation))).toEqual([]);
}
