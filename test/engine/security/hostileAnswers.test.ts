import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { registry as mispRegistry } from '../../../nodes/Misp/actions';
import { registry as orionRegistry } from '../../../nodes/CytomicOrion/actions';
import type { Registry } from '../../../nodes/shared/operation';
import type { NodeRun } from '../harness';
import { runNode } from '../harness';
import { startAnswering, type AnsweringServer } from './answering';

/** Answers that no server in order gives. Text is sent as it is: some of them could not be made of values. */
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const uuid = '11111111-0000-4000-8000-000000000001';

/** In place of every field that MISP's and Orion's rows have. */
const rowOf = (value: unknown): object =>
	Object.fromEntries(
		[
			...[
				'id',
				'uuid',
				'type',
				'category',
				'value',
				'comment',
				'to_ids',
				'timestamp',
				'event_id',
				'Tag',
				'Event',
				'info',
			],
			...['name', 'tags', 'deleted', 'first_seen', 'Sighting', 'warnings', 'decay_score', 'Orgc', 'date', 'settings'],
			...['muid', 'requestAccepted', 'fileName', 'classification', 'machineName', 'alertDateTime', 'hash', 'status'],
		].map((name) => [name, value]),
	);
const wrappers = [
	'Attribute',
	'Event',
	'Object',
	'Tag',
	'Feed',
	'Taxonomy',
	'Galaxy',
	'Warninglist',
	'User',
	'Organisation',
];
const wrapped = (row: unknown): object => Object.fromEntries(wrappers.map((name) => [name, row]));

const hostile: ReadonlyArray<readonly [what: string, body: string]> = [
	['lists within lists, 20,000 deep', nested('[', ']', 20_000)],
	['objects within objects, 10,000 deep', `${'{"Event":'.repeat(10_000)}{}${'}'.repeat(10_000)}`],
	[
		'rows with something deep in every field',
		`[${JSON.stringify(wrapped(rowOf('DEEP'))).replaceAll('"DEEP"', nested('[', ']', 250))}]`,
	],
	[
		'a field of a megabyte',
		JSON.stringify({ response: { Attribute: [{ id: '1', uuid, value: 'A'.repeat(1_000_000) }] } }),
	],
	['null', 'null'],
	['a number', '42'],
	['nothing', ''],
	['a list of anything but rows', '[null, 1, true, "x", [[]], {}]'],
	['rows of null', JSON.stringify([wrapped(null), rowOf(null)])],
	['rows of numbers', JSON.stringify([wrapped(7), rowOf(-1e308), { response: rowOf(1) }])],
	['rows of lists', JSON.stringify([wrapped([]), rowOf([[], {}])])],
	['rows of objects', JSON.stringify([wrapped(rowOf({ a: { b: 1 } })), rowOf({ toString: 'x', valueOf: null })])],
	[
		'names of JavaScript’s own',
		`[${JSON.stringify(wrapped({ id: '1', uuid, constructor: 'x', toString: 1, hasOwnProperty: 0, length: -1 }))},
			{"__proto__": {"polluted": true, "muid": "x"}, "constructor": {"prototype": {"polluted": true}}}]`,
	],
	[
		'the name __proto__ at the top',
		'{"__proto__": {"polluted": true, "Attribute": [{"value": "x"}]}, "response": {"__proto__": []}}',
	],
];

let server: AnsweringServer;
let body = '';
beforeAll(async () => {
	server = await startAnswering(({ path }) =>
		path.startsWith('/oauth/')
			? { body: { access_token: 'token-of-the-day-0123456789' } }
			: { body, headers: { 'x-result-count': '-1', 'x-skipped-elements-count': 'NaN', 'x-rate-limit-reset': 'x' } },
	);
});
afterAll(async () => await server.close());

const credentials = () => ({
	mispInstanceApi: { url: server.url, apiKey: 'key-of-an-analyst-0123456789', serverVersion: '2.5.1' },
	cytomicOrionApi: {
		apiUrl: `${server.url}/api/v1/applications/`,
		tokenUrl: `${server.url}/oauth/token`,
		clientId: 'client',
		clientSecret: 'client-secret-0123456789',
		username: 'application',
		password: 'password-0123456789',
		// Signed in already: the sign-in looks whether an API answers.
		accessToken: 'token-of-the-day-0123456789',
	},
});

/** Something sensible in each field that has to be filled in, so that the request is made. */
function filledIn({ name, type, options, modes = [], default: initial }: INodeProperties): IDataObject {
	if (name === 'confirm') return { confirm: true };
	if (type === 'resourceLocator') {
		const mode = modes.find((one) => ['id', 'uuid', 'name'].includes(one.name));
		const isUuid = mode?.name === 'uuid' || /^[0-9a-f]{8}-/.test(mode?.placeholder ?? '');
		return { [name]: { __rl: true, mode: mode?.name ?? 'list', value: isUuid ? uuid : '1' } };
	}
	if (type === 'string' && initial === '')
		return { [name]: /uuid/i.test(name) ? uuid : /path/i.test(name) ? '/x' : '1' };
	if (type === 'options' && initial === '' && options?.[0] && 'value' in options[0])
		return { [name]: options[0].value };
	return {};
}

interface Asked {
	type: string;
	resource: string;
	operation: string;
	parameters: IDataObject;
}

const operationsOf = <Call>(type: string, registry: Registry<Call>): Asked[] =>
	Object.entries(registry).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([operation, { fields }]) => ({
			type,
			resource,
			operation,
			parameters: Object.assign({}, ...fields.map(filledIn)),
		})),
	);

const asked = [...operationsOf('misp', mispRegistry), ...operationsOf('cytomicOrion', orionRegistry)];

/** What a program says that has not looked at what it was given. */
const astonished =
	/TypeError|RangeError|SyntaxError|Cannot (read|convert|set)|is not (a function|iterable|defined|a constructor)|Maximum call stack|Invalid (array|string) length|\[object Object\]|\bundefined\b|\bNaN\b/;

function expectSound(run: Pick<NodeRun, 'status' | 'error' | 'json' | 'errorItems'>): void {
	const said = [run.error?.message, run.error?.description, ...run.errorItems.map(({ json }) => JSON.stringify(json))];
	expect(said.filter((words) => words !== undefined && astonished.test(words))).toEqual([]);
	if (run.error) expect(run.error.name).toMatch(/^Node(Operation|Api)Error$/);
	for (const json of run.json) {
		expect(typeof json).toBe('object');
		expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
		expect(json.polluted).toBeUndefined();
	}
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
}

const input: IDataObject[] = [
	{
		uuid,
		type: 'domain',
		value: 'evil-net.com',
		event_uuid: uuid,
		event_id: '1',
		muid: 'M1',
		md5: 'd41d8cd98f00b204e9800998ecf8427e',
	},
];

describe.each(hostile)('Of an answer with %s', (_what, given) => {
	test('every operation makes items or an error in plain words', async () => {
		body = given;
		const before = server.received.length;
		const failed: unknown[] = [];
		for (const { type, resource, operation, parameters } of asked) {
			try {
				expectSound(
					await runNode({
						type,
						credentials: credentials(),
						parameters: { ...parameters, resource, operation },
						input,
						cancelAfterMs: 1500,
					}),
				);
			} catch (error) {
				// n8n gives its own check of a parameter a few milliseconds, which a busy machine overruns before the node is run.
				if (String(error).includes('Regular expression execution timed out')) continue;
				failed.push({ resource, operation, error: String(error).slice(0, 600) });
			}
		}
		expect(failed).toEqual([]);
		expect(server.received.length - before).toBeGreaterThan(60);
	}, 600_000);
});
