import type { IDataObject } from 'n8n-workflow';
import type { OrionOptions, OrionSandbox } from '../../../sandbox/orion';
import { startOrion } from '../../../sandbox/orion';
import type { NodeOptions, NodeRun } from '../harness';
import { runNode } from '../harness';
import { expectAsInSchema } from '../schema';

/** An Orion for the tests of a file, as new for each test. */
export interface TestOrion {
	/** The stand-in, with its levers. */
	readonly server: OrionSandbox;
	/** Credentials for it, as a person would have saved them. The same object for all runs of a test. */
	readonly credentials: { cytomicOrionApi: Record<string, string | boolean> };
	/** Runs an operation of the node, `resource.operation`, and holds what comes out against its schema. */
	run(operation: string, parameters?: NodeOptions['parameters'], options?: RunOptions): Promise<NodeRun>;
	/** Requests to the API, without those of the sign-in. */
	requests(): OrionSandbox['requests'];
}

export type RunOptions = Partial<Pick<NodeOptions, 'input' | 'onError' | 'cancelAfterMs' | 'type'>>;

export function orionForTests(options: OrionOptions = {}): TestOrion {
	let server: OrionSandbox;
	let credentials: TestOrion['credentials'];
	beforeEach(async () => {
		server = await startOrion(options);
		credentials = { cytomicOrionApi: { apiUrl: server.apiUrl, tokenUrl: server.tokenUrl, ...server.credentials } };
	});
	afterEach(async () => await server.close());
	return {
		get server() {
			return server;
		},
		get credentials() {
			return credentials;
		},
		requests: () =>
			server.requests.filter(({ path }) => !path.includes('/oauth/') && !path.includes(`/md5/${'0'.repeat(32)}/info`)),
		async run(operation, parameters = {}, { input = [{}], ...rest } = {}) {
			const [resource, name] = operation.split('.');
			const run = await runNode({
				type: 'cytomicOrion',
				parameters: { resource, operation: name, ...parameters },
				credentials,
				input,
				...rest,
			});
			if (parameters.simple !== false) expectAsInSchema(`CytomicOrion/${resource}/${name}`, run.json);
			return run;
		},
	};
}

export const uploadTag = 'cytomic-orion:action="upload"';

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const eventUuid = (n: number): string => `eeeeeeee-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const md5 = (n: number): string => n.toString(16).padStart(32, '0');

/** A MISP attribute as the MISP node's compact form has it, of event 7, whose tag asks for the upload. */
export function attribute(facts: IDataObject = {}): IDataObject {
	return {
		uuid: uuid(1),
		type: 'domain',
		value: 'bad.feed-one.com',
		to_ids: true,
		comment: '',
		event_id: '7',
		event_uuid: eventUuid(7),
		event_info: 'Phishing wave',
		threat_level_id: '2',
		tags: [{ name: uploadTag, inherited: true }],
		...facts,
	};
}

/** So many attributes with hashes that differ, of one event each hundred. */
export const hashes = (count: number, perEvent = 100): IDataObject[] =>
	Array.from({ length: count }, (_, n) => {
		const event = Math.floor(n / perEvent) + 1;
		return attribute({
			uuid: uuid(n + 1),
			type: 'md5',
			value: md5(n + 1),
			event_id: String(event),
			event_uuid: eventUuid(event),
		});
	});

export const statuses = ({ json }: NodeRun): unknown[] => json.map(({ status }) => status);
