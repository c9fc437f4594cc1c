import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { MispSandbox } from '../../../sandbox/misp';
import type { NodeOptions, NodeRun } from '../harness';
import { runNode } from '../harness';

export type Key = keyof MispSandbox['keys'];

/** The credential of one of the sandbox's users; `fields` change it, for what goes wrong. */
export const credentialOf = (misp: MispSandbox, key: Key = 'admin', fields: IDataObject = {}) => ({
	mispInstanceApi: { url: misp.url, apiKey: misp.keys[key], ...fields },
});

/** A resource locator as the editor stores it. */
export const chosen = (value: string, mode = 'id') => ({ __rl: true, mode, value });

/** Runs one operation of the MISP node: `operate(misp, 'attribute.getMany', {...})`. */
export async function operate(
	misp: MispSandbox,
	operation: `${string}.${string}`,
	parameters: INodeParameters = {},
	{ key = 'admin', ...more }: Partial<NodeOptions> & { key?: Key } = {},
): Promise<NodeRun> {
	const [resource = '', name = ''] = operation.split('.');
	const run = await runNode({
		type: 'misp',
		credentials: credentialOf(misp, key),
		...more,
		parameters: { resource, operation: name, ...parameters },
	});
	if (parameters.simple !== false && more.onError !== 'continueRegularOutput') for (const json of run.json) expectAsDescribed(resource, name, json);
	return run;
}

const schemas = join(__dirname, '../../../nodes/Misp/__schema__/v1.0.0');

/** The editor shows the fields of the output schema before the node has run: each field that comes out has to be in it, with its type. */
function expectAsDescribed(resource: string, operation: string, json: IDataObject): void {
	const file = join(schemas, resource, `${operation}.json`);
	if (!existsSync(file)) throw new Error(`${resource}.${operation} has no output schema`);
	const { properties = {} }: { properties?: Record<string, { type: string }> } = JSON.parse(readFileSync(file, 'utf8'));
	if (Object.keys(properties).length === 0) return;
	const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);
	const described = Object.fromEntries(Object.keys(json).map((field) => [field, properties[field]?.type]));
	expect(Object.fromEntries(Object.entries(json).map(([field, value]) => [field, typeOf(value)]))).toEqual(described);
}

/** One field of every item. */
export const column = (run: NodeRun, field: string): unknown[] => run.json.map((json) => json[field]);

/** How often a path was asked for. */
export const calls = (misp: MispSandbox, path: string | RegExp): number =>
	misp.requests.filter((request) => (typeof path === 'string' ? request.path === path : path.test(request.path))).length;
