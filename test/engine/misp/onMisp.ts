import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { MispSandbox } from '../../../sandbox/misp';
import type { CredentialData, NodeOptions, NodeRun } from '../harness';
import { runNode } from '../harness';
import { expectAsInSchema } from '../schema';

export type Key = keyof MispSandbox['keys'];

/** Saved credentials of each key: n8n signs in with them once, as with those of a person. */
const saved = new WeakMap<MispSandbox, Map<Key, CredentialData>>();

/** The credential of one of the sandbox's users. */
export function credentialOf(misp: MispSandbox, key: Key = 'admin'): CredentialData {
	const ofServer = saved.get(misp) ?? new Map<Key, CredentialData>();
	saved.set(misp, ofServer);
	const credential = ofServer.get(key) ?? { mispInstanceApi: { url: misp.url, apiKey: misp.keys[key] } };
	ofServer.set(key, credential);
	return credential;
}

/** A resource locator as the editor stores it: what was typed, or with the mode `list` what was chosen. */
export const chosen = (value: string, mode = 'id') => ({ __rl: true, mode, value });

type More = Partial<NodeOptions> & { key?: Key };

/** Runs one operation of the MISP node, `operate(misp, 'attribute.getMany', {...})`, and holds what comes out against its schema. */
export async function operate(
	misp: MispSandbox,
	operation: `${string}.${string}`,
	parameters: INodeParameters = {},
	{ key = 'admin', ...more }: More = {},
): Promise<NodeRun> {
	const [resource = '', name = ''] = operation.split('.');
	const run = await runNode({
		type: 'misp',
		credentials: credentialOf(misp, key),
		...more,
		parameters: { resource, operation: name, ...parameters },
	});
	if (parameters.simple !== false) expectAsInSchema(`Misp/${resource}/${name}`, run.json);
	return run;
}

/** Runs operations of one resource on the sandbox's MISP, or `on` another. */
export const operating =
	(resource: string, sandbox: () => MispSandbox) =>
	async (
		operation: string,
		parameters: INodeParameters = {},
		{ on = sandbox(), ...more }: More & { on?: MispSandbox } = {},
	): Promise<NodeRun> =>
		await operate(on, `${resource}.${operation}`, parameters, more);

/** One field of every item. */
export const column = (run: NodeRun, field: string): unknown[] => run.json.map((json: IDataObject) => json[field]);

/** How often a path was asked for. */
export const calls = (misp: MispSandbox, path: string | RegExp): number =>
	misp.requests.filter((request) => (typeof path === 'string' ? request.path === path : path.test(request.path)))
		.length;
