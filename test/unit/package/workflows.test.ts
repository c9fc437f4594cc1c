import type { INodeTypeDescription } from 'n8n-workflow';
import type { BuiltPackage } from '../../../gulp/builtPackage';
import { workflowProblems } from '../../../gulp/workflows';

const show = (operation: string) => ({ show: { resource: ['event'], operation: [operation] } });

const misp: INodeTypeDescription = {
	displayName: 'MISP',
	name: 'misp',
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name: 'MISP' },
	inputs: ['main'],
	outputs: ['main'],
	credentials: [{ name: 'mispInstanceApi', required: true }],
	properties: [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [{ name: 'Event', value: 'event' }],
			default: 'event',
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Get', value: 'get' },
				{ name: 'Get Many', value: 'getMany' },
			],
			default: 'get',
		},
		{
			displayName: 'Event',
			name: 'event',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			modes: [
				{ displayName: 'List', name: 'list', type: 'list' },
				{ displayName: 'ID', name: 'id', type: 'string' },
			],
			displayOptions: show('get'),
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			default: 50,
			displayOptions: show('getMany'),
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			displayOptions: show('getMany'),
			options: [
				{ displayName: 'Published', name: 'published', type: 'boolean', default: true },
				{
					displayName: 'Tags',
					name: 'tags',
					type: 'fixedCollection',
					default: {},
					options: [
						{
							displayName: 'Tag',
							name: 'tag',
							values: [{ displayName: 'Name', name: 'name', type: 'string', default: '' }],
						},
					],
				},
			],
		},
	],
};

const built: BuiltPackage = {
	name: 'package',
	nodes: new Map([['package.misp', { file: 'dist/nodes/Misp/Misp.node.js', description: misp }]]),
	credentials: new Map([
		[
			'mispInstanceApi',
			{
				file: '',
				type: { name: 'mispInstanceApi', displayName: 'MISP Instance API', properties: [] },
			},
		],
	]),
	n8nNodes: new Map([
		['n8n-nodes-base.scheduleTrigger', [1, 1.1, 1.2]],
		['n8n-nodes-base.manualTrigger', [1]],
		['n8n-nodes-base.stickyNote', [1]],
		['n8n-nodes-base.noOp', [1]],
		['n8n-nodes-base.code', [1, 2]],
		['n8n-nodes-base.executeWorkflow', [1, 1.1, 1.2]],
	]),
};

const node = (name: string, type: string, typeVersion = 1, parameters: object = {}) => ({
	id: `id of ${name}`,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});
const to = (...names: string[]) => ({
	main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))],
});

const sound = () => ({
	name: 'Sound',
	nodes: [
		node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2),
		node('By hand', 'n8n-nodes-base.manualTrigger'),
		node('Note', 'n8n-nodes-base.stickyNote'),
		node('Events', 'package.misp', 1, {
			resource: 'event',
			operation: 'getMany',
			limit: 10,
			options: { published: false, tags: { tag: [{ name: 'upload' }] } },
		}),
		node('Event', 'package.misp', 1, {
			operation: 'get',
			event: { __rl: true, mode: 'id', value: "={{ $('Events').item.json.id }}" },
		}),
	],
	connections: { 'Every hour': to('Events'), 'By hand': to('Events'), Events: to('Event') },
	settings: { executionOrder: 'v1' },
});
type Sample = ReturnType<typeof sound>;

/** Problems of the sound workflow with one thing spoilt. */
function problemsWith(spoil: (workflow: Sample & Record<string, unknown>) => void): string[] {
	const workflow = sound();
	spoil(workflow);
	return workflowProblems(JSON.stringify(workflow), built);
}
const withEvents = (parameters: object) => problemsWith(({ nodes }) => Object.assign(nodes[3] ?? {}, { parameters }));
const withNode = (added: Sample['nodes'][number]) =>
	problemsWith((workflow) => {
		workflow.nodes.push(added);
		Object.assign(workflow.connections, { Event: to(added.name) });
	});

it('finds nothing wrong with a sound workflow', () => {
	expect(workflowProblems(JSON.stringify(sound()), built)).toEqual([]);
});

describe('a file that is no workflow', () => {
	it.each([
		['{', /is not JSON/],
		['[]', /not an object/],
		['{"name": "x"}', /no nodes/],
		['{"name": "x", "connections": {}, "nodes": [{"name": "y"}]}', /node number 1 lacks/],
	])('is refused: %s', (text, problem) => {
		expect(workflowProblems(text, built)).toEqual([expect.stringMatching(problem)]);
	});
});

describe('parameters of our own nodes', () => {
	const good = { resource: 'event', operation: 'getMany' };
	it.each([
		['an unknown resource', { resource: 'atribute' }, 'cannot be "atribute"'],
		['an unknown operation', { operation: 'fetchAll' }, 'cannot be "fetchAll"'],
		['an unknown parameter', { ...good, limmit: 5 }, 'has no parameter "limmit"'],
		[
			'a parameter of another operation',
			{ ...good, event: { __rl: true, mode: 'id', value: '1' } },
			'"event" does not belong to resource "event", operation "getMany"',
		],
		['an unknown option', { ...good, options: { publish: true } }, 'no parameter "options.publish"'],
		[
			'an unknown field of a list in an option',
			{ ...good, options: { tags: { tag: [{ nam: 'x' }] } } },
			'no parameter "options.tags.tag.nam"',
		],
		['a text for a number', { ...good, limit: '5' }, 'is a number, not "5"'],
		['an expression for the operation', { operation: '={{ $json.operation }}' }, '"operation" takes no expression'],
		['a bare text for a resource locator', { operation: 'get', event: '5' }, 'resource locator'],
		[
			'a mode that the resource locator lacks',
			{ operation: 'get', event: { __rl: true, mode: 'url', value: '5' } },
			'has no mode "url"',
		],
		['no value where one is required', { operation: 'get' }, 'Parameter "Event" is required.'],
	])('%s', (_what, parameters, problem) => {
		expect(withEvents(parameters)).toEqual([expect.stringMatching(new RegExp(`^node "Events".*`))]);
		expect(withEvents(parameters).join()).toContain(problem);
	});
});

describe('node types', () => {
	it.each([
		['of ours that does not exist', 'package.mips', 1, 'neither this package nor n8n-nodes-base has'],
		['of n8n that does not exist', 'n8n-nodes-base.nothing', 1, 'neither this package'],
		['of another package', 'n8n-nodes-other.thing', 1, 'neither this package'],
		['in a version that does not exist', 'n8n-nodes-base.noOp', 7, 'has version 7'],
		['that templates must not have', 'n8n-nodes-base.code', 2, 'needs n8n’s task runner'],
		['that call a workflow by id', 'n8n-nodes-base.executeWorkflow', 1.2, 'by id'],
	])('%s', (_what, type, typeVersion, problem) => {
		expect(withNode(node('Added', type, typeVersion)).join()).toContain(problem);
	});
});

describe('what a template must have', () => {
	it.each(['Every hour', 'By hand', 'Note'])('the node %s', (name) => {
		const problems = problemsWith((workflow) => {
			workflow.nodes = workflow.nodes.filter((one) => one.name !== name);
			workflow.connections = { ...workflow.connections };
			Reflect.deleteProperty(workflow.connections, name);
		});
		expect(problems).toEqual([expect.stringMatching(/^has no (Schedule|Manual|sticky)/)]);
	});

	it('the current execution order', () => {
		expect(problemsWith((workflow) => Object.assign(workflow, { settings: {} }))).toEqual([
			expect.stringContaining('executionOrder'),
		]);
	});
});

describe('what belongs to one n8n stays out', () => {
	it.each<[string, (workflow: Sample) => void, string]>([
		['pinned data', (it) => Object.assign(it, { pinData: { Events: [{}] } }), 'pinData'],
		['instance ids', (it) => Object.assign(it, { meta: { instanceId: 'a' } }), 'instanceId'],
		['being active', (it) => Object.assign(it, { active: true }), 'is active'],
		['webhook ids', (it) => Object.assign(it.nodes[0] ?? {}, { webhookId: 'a' }), 'webhookId'],
		[
			'credential ids',
			(it) =>
				Object.assign(it.nodes[3] ?? {}, {
					credentials: { mispInstanceApi: { id: '7', name: 'My MISP' } },
				}),
			'id of the credential "My MISP"',
		],
		[
			'credentials of other packages',
			(it) => Object.assign(it.nodes[3] ?? {}, { credentials: { mispApi: { name: 'MISP' } } }),
			'credential type "mispApi"',
		],
	])('%s', (_what, spoil, problem) => {
		expect(problemsWith(spoil)).toEqual([expect.stringContaining(problem)]);
	});
});

describe('connections and references', () => {
	it('name existing nodes', () => {
		const problems = problemsWith((workflow) =>
			Object.assign(workflow.connections, { Event: to('Gone'), Ghost: to('Event') }),
		);
		expect(problems).toEqual([
			'connects "Event" to "Gone", which is no node of it',
			'connects from "Ghost", which is no node of it',
		]);
	});

	it('leave no node loose', () => {
		expect(problemsWith((workflow) => workflow.nodes.push(node('Loose', 'n8n-nodes-base.noOp')))).toEqual([
			'node "Loose" is connected to nothing',
		]);
	});

	it('are not ambiguous', () => {
		const problems = problemsWith((workflow) => workflow.nodes.push({ ...sound().nodes[4]! }));
		expect(problems).toEqual(['has two nodes named "Event"', 'has two nodes with the id "id of Event"']);
	});

	it('in expressions name existing nodes', () => {
		const value = "={{ $('Evnts').item.json.id }}";
		const problems = problemsWith((workflow) =>
			Object.assign(workflow.nodes[4]?.parameters ?? {}, {
				event: { __rl: true, mode: 'id', value },
			}),
		);
		expect(problems).toEqual(['node "Event" refers to "Evnts", which is no node of it']);
	});
});
