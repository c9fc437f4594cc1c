import { runNode } from '../harness';
import { startAnswering, type AnsweringServer } from './answering';
import { anItem, credentialsAt, everyOperation, uuid, type Asked } from './operations';

/** MISP and Orion in one, with an answer that lets an operation begin its work. */
let server: AnsweringServer;
beforeAll(async () => {
	server = await startAnswering(({ path }) =>
		path.startsWith('/oauth/')
			? { body: { access_token: 'token-of-the-day-0123456789' } }
			: { body: { Event: { id: '1', uuid }, Attribute: { id: '1', uuid }, response: [] } },
	);
});
afterAll(async () => await server.close());
beforeEach(() => void server.received.splice(0));

const destructive = everyOperation.filter((one) => one.destructive);

/** As an AI agent runs it: a node that is a tool has a type of its own. */
const asTool = async ({ type, parameters }: Asked, allowance: object = {}) =>
	await runNode({
		type: `${type}Tool`,
		credentials: credentialsAt(server.url),
		parameters: { ...parameters, ...allowance },
		input: [anItem],
		cancelAfterMs: 1500,
	});

test('what cannot be undone is known to be so', () => {
	expect(destructive.map(({ type, name }) => `${type} ${name}`)).toEqual(
		expect.arrayContaining([
			'misp event.delete',
			'misp attribute.delete',
			'misp request.send',
			'cytomicOrion ioc.delete',
			'cytomicOrion computer.isolate',
			'cytomicOrion computer.reboot',
			'cytomicOrion request.send',
			'mispOrionSync delete',
			'mispOrionSync reconcile',
		]),
	);
});

describe.each(destructive)('An AI agent that has $type $name as a tool', (operation) => {
	const words = `AI agents may not run "${operation.displayName}" here`;

	test.each([
		['without the allowance', {}],
		['with an allowance that it fills in itself', { allowAgents: '={{ true }}' }],
	])('is refused %s, and nothing is asked of any server', async (_how, allowance) => {
		const run = await asTool(operation, allowance);
		expect(run.error?.message).toBe(words);
		expect(run.error?.description).toContain('Allow AI Agents');
		expect(run.json).toEqual([]);
		expect(server.received).toEqual([]);
	});

	test('runs it with the allowance', async () => {
		const run = await asTool(operation, { allowAgents: true });
		expect(run.error?.message).not.toBe(words);
		expect(server.received.length).toBeGreaterThan(0);
	});
});
