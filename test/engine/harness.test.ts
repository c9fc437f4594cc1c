import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowDefinition } from './harness';
import { chain, listOptions, runNode, runPoll, runWorkflow, testCredential } from './harness';

/** A node package of the smallest kind, to see what the engine does around a node. */
const SAMPLE = {
	'package.json': JSON.stringify({
		name: 'n8n-nodes-sample',
		version: '1.0.0',
		n8n: {
			n8nNodesApiVersion: 1,
			credentials: ['dist/SampleApi.credentials.js'],
			nodes: ['dist/Sample.node.js', 'dist/SampleTrigger.node.js'],
		},
	}),
	'dist/SampleApi.credentials.js': `
		exports.SampleApi = class {
			name = 'sampleApi';
			displayName = 'Sample API';
			properties = [
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Password', name: 'password', type: 'string', default: '' },
				{ displayName: 'Token', name: 'token', type: 'hidden', typeOptions: { expirable: true }, default: '' },
			];
			async preAuthentication(credentials) {
				const { token } = await this.helpers.httpRequest({
					method: 'POST', url: credentials.url + '/token', body: { password: credentials.password }, json: true,
				});
				return { token };
			}
			authenticate = async (credentials, request) => ({
				...request, headers: { ...request.headers, authorization: 'Bearer ' + credentials.token },
			});
			test = { request: { baseURL: '={{$credentials.url}}', url: '/data' } };
		};`,
	'dist/Sample.node.js': `
		const { NodeOperationError } = require(${JSON.stringify(require.resolve('n8n-workflow'))});
		exports.Sample = class {
			description = {
				displayName: 'Sample', name: 'sample', group: ['transform'], version: 1, description: '',
				defaults: { name: 'Sample' }, inputs: ['main'], outputs: ['main'],
				credentials: [{ name: 'sampleApi', required: true }],
				properties: [{ displayName: 'Fail On', name: 'failOn', type: 'string', default: '' }],
			};
			methods = { listSearch: { things: async (filter, page) => ({ results: [{ name: filter, value: page }] }) } };
			async execute() {
				const out = [];
				for (const [i, item] of this.getInputData().entries()) {
					if (item.json.id === this.getNodeParameter('failOn', i)) {
						const error = new NodeOperationError(this.getNode(), 'That one is refused', { itemIndex: i });
						if (!this.continueOnFail()) throw error;
						out.push({ json: { error: error.message }, pairedItem: { item: i } });
						continue;
					}
					const { url } = await this.getCredentials('sampleApi');
					const json = await this.helpers.httpRequestWithAuthentication.call(this, 'sampleApi', { url: url + '/data', json: true });
					out.push({ json: { ...item.json, ...json }, pairedItem: { item: i } });
				}
				return [out];
			}
		};`,
	'dist/SampleTrigger.node.js': `
		exports.SampleTrigger = class {
			description = {
				displayName: 'Sample Trigger', name: 'sampleTrigger', group: ['trigger'], version: 1, description: '',
				polling: true, defaults: { name: 'Sample Trigger' }, inputs: [], outputs: ['main'], properties: [],
			};
			async poll() {
				const state = this.getWorkflowStaticData('node');
				if (this.getMode() === 'manual') return [[{ json: { sample: true } }]];
				state.count = (state.count ?? 0) + 1;
				return state.count > 1 ? null : [[{ json: { count: state.count } }]];
			}
		};`,
};

let directory: string;
let server: FastifyInstance;
let url: string;
let issued: number;
let valid: string;
const packages: string[] = [];
const type = 'n8n-nodes-sample.sample';

beforeAll(async () => {
	directory = mkdtempSync(join(tmpdir(), 'sample-package-'));
	mkdirSync(join(directory, 'dist'));
	for (const [file, text] of Object.entries(SAMPLE)) writeFileSync(join(directory, file), text);
	packages.push(directory);

	server = Fastify();
	server.post('/token', async () => {
		issued += 1;
		valid = `token-${issued}`;
		return { token: valid };
	});
	server.get('/data', async (request, reply) =>
		request.headers.authorization === `Bearer ${valid}`
			? { answer: 42 }
			: await reply.code(401).send({ message: 'expired' }),
	);
	url = await server.listen({ host: '127.0.0.1', port: 0 });
});
beforeEach(() => {
	issued = 0;
	valid = '';
});
afterAll(async () => {
	await server.close();
	rmSync(directory, { recursive: true });
});

const saved = (token = '') => ({ sampleApi: { url, password: 'secret', token } });

describe('one node in the engine', () => {
	it('gives an item for an item, with a token fetched once', async () => {
		const credentials = saved();
		const run = await runNode({ type, packages, credentials, input: [{ id: 'a' }, { id: 'b' }] });
		expect(run.json).toEqual([
			{ id: 'a', answer: 42 },
			{ id: 'b', answer: 42 },
		]);
		expect(run.items[1]?.pairedItem).toEqual({ item: 1 });
		expect(issued).toBe(1);
		expect(credentials.sampleApi.token).toBe('token-1');
	});

	it('renews an expired token on 401, and the next execution uses the new one', async () => {
		const credentials = saved('token-of-yesterday');
		const first = await runNode({ type, packages, credentials });
		const second = await runNode({ type, packages, credentials });
		expect([first.json, second.json]).toEqual([[{ answer: 42 }], [{ answer: 42 }]]);
		expect(issued).toBe(1);
	});

	it('fails with the message of the node', async () => {
		const input = [{ id: 'good' }, { id: 'bad' }];
		const parameters = { failOn: 'bad' };
		const run = await runNode({ type, packages, credentials: saved(), input, parameters });
		expect(run).toMatchObject({
			status: 'error',
			error: { message: 'That one is refused', itemIndex: 1, node: 'Node' },
		});
	});

	it('sends refused items to the error output when told to', async () => {
		const run = await runNode({
			type,
			packages,
			credentials: saved(),
			input: [{ id: 'good' }, { id: 'bad' }],
			parameters: { failOn: 'bad' },
			onError: 'continueErrorOutput',
		});
		expect(run.json).toEqual([{ id: 'good', answer: 42 }]);
		expect(run.errorItems).toMatchObject([{ json: { id: 'bad', error: 'That one is refused' } }]);
	});
});

describe('what the editor and the scheduler ask of a node', () => {
	it('tests credentials', async () => {
		expect(await testCredential('sampleApi', { fields: saved().sampleApi, packages })).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(
			await testCredential('sampleApi', {
				fields: { ...saved().sampleApi, url: 'http://127.0.0.1:1' },
				packages,
			}),
		).toMatchObject({ status: 'Error' });
	});

	it('searches a list', async () => {
		const list = await listOptions({
			type,
			packages,
			method: 'things',
			filter: 'one',
			paginationToken: '2',
		});
		expect(list.results).toEqual([{ name: 'one', value: '2' }]);
	});

	it('polls a trigger from one state to the next', async () => {
		const trigger = { type: 'n8n-nodes-sample.sampleTrigger', packages };
		const first = await runPoll(trigger);
		expect(first).toMatchObject({ items: [{ json: { count: 1 } }], staticData: { count: 1 } });
		const second = await runPoll({ ...trigger, staticData: first.staticData });
		expect(second).toMatchObject({ items: null, staticData: { count: 2 } });
		const test = await runPoll({ ...trigger, mode: 'manual' });
		expect(test).toMatchObject({ items: [{ json: { sample: true } }], staticData: {} });
	});
});

const base = (name: string, node: string, typeVersion: number, parameters = {}) => ({
	name,
	type: `n8n-nodes-base.${node}`,
	typeVersion,
	parameters,
});

describe('whole workflows with n8n’s own nodes', () => {
	const loop: WorkflowDefinition = {
		nodes: [
			base('Every hour', 'scheduleTrigger', 1.2, { rule: { interval: [{ field: 'hours' }] } }),
			base('By hand', 'manualTrigger', 1),
			base('Events', 'set', 3.4, {
				mode: 'raw',
				jsonOutput: '={{ { "events": [{ "id": 1 }, { "id": 2 }, { "id": 3 }] } }}',
			}),
			base('One each', 'splitOut', 1, { fieldToSplitOut: 'events', options: {} }),
			base('New ones', 'removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				dedupeValue: '={{ $json.id }}',
				options: {},
			}),
			base('Slices', 'splitInBatches', 3, { batchSize: 2, options: {} }),
			base('Count', 'aggregate', 1, { aggregate: 'aggregateAllItemData', options: {} }),
			base('Work', 'noOp', 1),
		],
		connections: {
			...chain('Every hour', 'Events', 'One each', 'New ones', 'Slices'),
			...chain('By hand', 'Events'),
			Slices: {
				main: [[{ node: 'Count', type: 'main', index: 0 }], [{ node: 'Work', type: 'main', index: 0 }]],
			},
			...chain('Work', 'Slices'),
		},
	};

	it('loops over slices and ends', async () => {
		const run = await runWorkflow(loop, { packages });
		expect(run.error).toBeUndefined();
		expect(run.success).toBe(true);
		expect(run.runs('Work').map((items) => items.length)).toEqual([2, 1]);
		expect(run.node('Count')[0]?.json.data).toHaveLength(3);
		expect(run.executed[0]).toBe('Every hour');
	});

	it('starts by hand', async () => {
		const run = await runWorkflow(loop, { packages, startNode: 'By hand', mode: 'manual' });
		expect(run.executed.slice(0, 2)).toEqual(['By hand', 'Events']);
	});

	it('remembers what it has seen in earlier executions of the same workflow', async () => {
		const options = { workflowId: 'remembering', packages };
		const first = await runWorkflow(loop, options);
		const second = await runWorkflow(loop, {
			...options,
			edit: (workflow) => {
				const events = workflow.nodes.find(({ name }) => name === 'Events');
				if (events) events.parameters.jsonOutput = '{ "events": [{ "id": 3 }, { "id": 4 }] }';
			},
		});
		expect(first.node('New ones')).toHaveLength(3);
		expect(second.node('New ones').map(({ json }) => json)).toEqual([{ id: 4 }]);
	});

	it('branches, merges, calls a sub-workflow and stops with an error', async () => {
		const greater = {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'condition',
						leftValue: '={{ $json.id }}',
						rightValue: 1,
						operator: { type: 'number', operation: 'gt' },
					},
				],
				combinator: 'and',
			},
			options: {},
		};
		const subWorkflow: WorkflowDefinition = {
			nodes: [
				base('When called', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
				base('Mark', 'set', 3.4, { mode: 'raw', jsonOutput: '={{ { "marked": $json.id } }}' }),
			],
			connections: chain('When called', 'Mark'),
		};
		const run = await runWorkflow(
			{
				nodes: [
					base('By hand', 'manualTrigger', 1),
					base('Greater', 'if', 2.2, greater),
					base('Also', 'filter', 2.2, greater),
					base('Both', 'merge', 3.2, {}),
					base('Sub', 'executeWorkflow', 1.2, {
						workflowId: { __rl: true, mode: 'id', value: 'sub' },
						workflowInputs: { mappingMode: 'defineBelow', value: {} },
						options: {},
					}),
					base('Stop', 'stopAndError', 1, { errorMessage: 'Enough' }),
				],
				connections: {
					...chain('By hand', 'Greater'),
					Greater: {
						main: [[{ node: 'Also', type: 'main', index: 0 }], [{ node: 'Both', type: 'main', index: 1 }]],
					},
					...chain('Also', 'Both', 'Sub', 'Stop'),
				},
			},
			{
				packages,
				pinned: { 'By hand': [{ id: 1 }, { id: 2 }] },
				subWorkflows: { sub: subWorkflow },
			},
		);
		expect(run.node('Sub').map(({ json }) => json)).toEqual([{ marked: 2 }, { marked: 1 }]);
		expect(run).toMatchObject({ success: false, error: { message: 'Enough', node: 'Stop' } });
	});
});
