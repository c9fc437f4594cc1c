import Fastify from 'fastify';
import type { Computer } from '../../../sandbox/orion';
import { orionForTests } from './orion';

const orion = orionForTests();
let computer: Computer;
beforeEach(() => {
	computer = orion.server.estate.seedComputer({
		machineName: 'PC-1',
		osQueryRows: [{ name: 'svchost.exe' }, { name: 'evil.exe' }],
	});
});

const start = async () => {
	const run = await orion.run('osquery.run', { query: 'SELECT name FROM processes', muids: computer.muid });
	return String(run.json[0]?.operationId);
};

test('a query starts on computers', async () => {
	const run = await orion.run('osquery.run', { query: 'SELECT 1', muids: [computer.muid], ttl: 0 });
	expect(run.json).toEqual([{ clientId: computer.clientId, operationId: expect.any(String), query: 'SELECT 1' }]);
	expect(orion.requests()).toMatchObject([
		{ path: '/api/v1/osQuery/machine', body: { query: 'SELECT 1', ttl: 0, MUIDs: [computer.muid] } },
	]);
});

test('a query starts on all computers of a client', async () => {
	const run = await orion.run('osquery.run', { query: 'SELECT 1', runOn: 'clients', clientIds: computer.clientId });
	expect(run.json).toMatchObject([{ clientId: computer.clientId }]);
});

test('a query that starts nowhere, or lives too long, is no success', async () => {
	expect((await orion.run('osquery.run', { query: 'SELECT 1', muids: 'X' })).error?.message).toBe(
		'Orion started the query on no computer',
	);
	expect((await orion.run('osquery.run', { query: 'SELECT 1', muids: 'X', ttl: 2000 })).error?.message).toBe(
		'"Minutes to Live" is 2000',
	);
	expect((await orion.run('osquery.run', { query: 'SELECT 1', muids: '={{ [] }}' })).error?.message).toBe(
		'"MUIDs" is empty',
	);
});

test('a start is not sent twice', async () => {
	orion.server.faults.add({ path: /osQuery/, drop: true });
	const run = await orion.run('osquery.run', { query: 'SELECT 1', muids: computer.muid });
	expect(run.error?.message).toBe('The connection to Orion broke off');
	expect(orion.requests()).toHaveLength(1);
});

describe.each(['state', 'info'] as const)('where %s gives the link', (osQueryLink) => {
	beforeEach(() => {
		orion.server.behaviour.osQueryLink = osQueryLink;
		orion.server.behaviour.osQueryPolls = 2;
	});

	test('an unfinished query says so, a finished one gives its rows', async () => {
		const operationIds = await start();
		const first = await orion.run('osquery.getStatus', { operationIds });
		expect(first.json).toEqual([
			{ operationId: operationIds, clientId: computer.clientId, status: 'InProgress', finished: false },
		]);
		const second = await orion.run('osquery.getStatus', { operationIds });
		expect(second.json).toMatchObject([
			{ operationId: operationIds, finished: true, name: 'svchost.exe', machineName: 'PC-1' },
			{ operationId: operationIds, finished: true, name: 'evil.exe' },
		]);
	});
});

describe('a finished query', () => {
	beforeEach(() => {
		orion.server.behaviour.osQueryPolls = 0;
	});

	test('comes as a file or as its link where wanted', async () => {
		const operationIds = await start();
		const file = await orion.run('osquery.getStatus', { operationIds, result: 'file' });
		expect(file.items[0]?.binary?.data).toMatchObject({
			mimeType: 'application/json',
			fileName: expect.stringMatching(/\.json$/),
		});
		const link = await orion.run('osquery.getStatus', { operationIds, result: 'link' });
		expect(link.json).toMatchObject([{ finished: true, url: expect.stringContaining('/osquery-results/') }]);
	});

	test('is read from another host without the token', async () => {
		const seen: Array<string | undefined> = [];
		const storage = Fastify();
		storage.get('/result.csv', async (request, reply) => {
			seen.push(request.headers.authorization);
			return await reply.type('text/csv').send('name\nevil.exe\n');
		});
		const url = await storage.listen({ host: '127.0.0.1', port: 0 });
		const operationIds = await start();
		orion.server.faults.add({
			path: /state/,
			answer: { status: 200, body: [{ operationId: operationIds, url: `${url}/result.csv?signature=1` }] },
		});
		const run = await orion.run('osquery.getStatus', { operationIds });
		await storage.close();
		expect(run.items).toMatchObject([
			{ json: { finished: true }, binary: { data: { mimeType: 'text/csv', fileName: 'result.csv' } } },
		]);
		expect(seen).toEqual([undefined]);
	});

	test('whose link has died says to ask again', async () => {
		const operationIds = await start();
		orion.server.faults.add({ path: /osquery-results/, answer: { status: 403, body: 'expired' } });
		const run = await orion.run('osquery.getStatus', { operationIds });
		expect(run.error).toMatchObject({
			message: 'The result of the query could not be read from its link (HTTP 403)',
			description: expect.stringContaining('five minutes'),
		});
	});

	test('is found though one of the two calls does not exist', async () => {
		const operationIds = await start();
		orion.server.faults.add({ path: /info/, answer: { status: 404, body: {} } });
		expect((await orion.run('osquery.getStatus', { operationIds })).json).toHaveLength(2);
	});

	test('that Orion does not know', async () => {
		const run = await orion.run('osquery.getStatus', { operationIds: 'X' });
		expect(run.error).toBeDefined();
	});
});
