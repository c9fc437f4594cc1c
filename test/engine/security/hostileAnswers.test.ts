import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { isTooDeep } from '../../../nodes/shared/nesting';
import type { EngineError } from '../harness';
import { runNode, runPoll } from '../harness';
import { startAnswering, type AnsweringServer } from './answering';
import { anItem, credentialsAt, everyOperation, uuid } from './operations';

/** Answers that no server in order gives. Text is sent as it is: some of them could not be made of values. */
const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

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
	[
		'rows of objects',
		JSON.stringify([
			...[{ a: { b: 1 } }, { toString: 'x', valueOf: null }].flatMap((value) => [wrapped(rowOf(value)), rowOf(value)]),
		]),
	],
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

/** What a program says that has not looked at what it was given. */
const astonished =
	/TypeError|RangeError|SyntaxError|Cannot (read|convert|set)|is not (a function|iterable|defined|a constructor)|Maximum call stack|Invalid (array|string) length|\[object Object\]|\bundefined\b|\bNaN\b/;

function expectSound({ error, json, errorItems = [] }: Sound): void {
	const said = [error?.message, error?.description, ...errorItems.map((item) => JSON.stringify(item.json))];
	expect(said.filter((words) => words !== undefined && astonished.test(words))).toEqual([]);
	if (error) expect(error.name).toMatch(/^Node(Operation|Api)Error$/);
	for (const one of json) {
		expect(typeof one).toBe('object');
		expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
		expect(one.polluted).toBeUndefined();
		expect(isTooDeep(one)).toBe(false);
	}
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
}

interface Sound {
	error?: EngineError;
	json: IDataObject[];
	errorItems?: Array<{ json: IDataObject }>;
}

/** Every kind of trigger, as it polls and as its test button does. */
const polls: ReadonlyArray<{ type: string; parameters: INodeParameters; mode: 'trigger' | 'manual' }> = [
	...['newEvent', 'eventPublished', 'eventChanged', 'attributeChanged', 'attributeRevoked', 'newSighting'].map(
		(event) => ({ type: 'mispTrigger', parameters: { event, options: { lookBack: '7d' } } }),
	),
	{ type: 'cytomicOrionTrigger', parameters: { options: { lookBackDays: 7 } } },
].flatMap(({ type, parameters }) =>
	[true, false].flatMap((simple) =>
		(['trigger', 'manual'] as const).map((mode) => ({ type, parameters: { ...parameters, simple }, mode })),
	),
);

describe.each(hostile)('Of an answer with %s', (_what, given) => {
	/** Each in turn; what is not sound is named. */
	async function unsound<One>(all: readonly One[], run: (one: One) => Promise<Sound>): Promise<unknown[]> {
		body = given;
		const failed: unknown[] = [];
		for (const one of all) {
			try {
				expectSound(await run(one));
			} catch (error) {
				failed.push({ one, error: String(error).slice(0, 600) });
			}
		}
		return failed;
	}

	test('every operation makes items or an error in plain words', async () => {
		const before = server.received.length;
		const failed = await unsound(
			everyOperation,
			async ({ type, parameters }) =>
				await runNode({
					type,
					credentials: credentialsAt(server.url),
					parameters,
					input: [anItem],
					cancelAfterMs: 1500,
				}),
		);
		expect(failed).toEqual([]);
		expect(server.received.length - before).toBeGreaterThan(60);
	}, 600_000);

	test('every trigger makes items or an error in plain words', async () => {
		const before = server.received.length;
		const failed = await unsound(polls, async ({ type, parameters, mode }) => {
			const { error, items } = await runPoll({ type, parameters, mode, credentials: credentialsAt(server.url) });
			return { ...(error && { error }), json: (items ?? []).map(({ json }) => json) };
		});
		expect(failed).toEqual([]);
		expect(server.received.length - before).toBeGreaterThanOrEqual(polls.length);
	}, 600_000);
});
