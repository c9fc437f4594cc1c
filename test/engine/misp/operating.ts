import type { MispSandbox } from '../../../sandbox/misp';
import type { CredentialData, NodeOptions, NodeRun } from '../harness';
import { runNode } from '../harness';

export interface Given {
	/** Another server than the test's own. */
	on?: MispSandbox;
	/** Whose key; the site admin's by default. */
	as?: keyof MispSandbox['keys'];
	input?: NodeOptions['input'];
	onError?: NodeOptions['onError'];
}

/** Saved credentials of each key: n8n signs in with them once, as with those of a person. */
const saved = new Map<string, CredentialData>();

export function credentialsFor(misp: MispSandbox, as: keyof MispSandbox['keys'] = 'admin'): CredentialData {
	const name = `${misp.url} ${as}`;
	const credentials = saved.get(name) ?? { mispInstanceApi: { url: misp.url, apiKey: misp.keys[as] } };
	saved.set(name, credentials);
	return credentials;
}

/** Runs operations of one resource on the sandbox's MISP, as a person would with a node each. */
export const operating =
	(resource: string, sandbox: () => MispSandbox) =>
	async (operation: string, parameters: NonNullable<NodeOptions['parameters']> = {}, { on = sandbox(), as, input, onError }: Given = {}): Promise<NodeRun> =>
		await runNode({
			type: 'misp',
			parameters: { resource, operation, ...parameters },
			credentials: credentialsFor(on, as),
			...(input && { input }),
			...(onError && { onError }),
		});

/** A choice in a resource locator, by what is typed. */
export const typed = (value: string) => ({ __rl: true, mode: 'id', value });

/** A choice in a resource locator, from its list. */
export const listed = (value: string) => ({ __rl: true, mode: 'list', value });
