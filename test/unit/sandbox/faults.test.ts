import axios from 'axios';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Faults, installFaults } from '../../../sandbox/faults';
import { installRequestLog, type LoggedRequest } from '../../../sandbox/requestLog';

let app: FastifyInstance;
let faults: Faults;
let requests: LoggedRequest[];
let handled = 0;
let http: ReturnType<typeof axios.create>;

async function serve(bodyBudget?: number): Promise<void> {
	app = Fastify({ forceCloseConnections: true });
	requests = installRequestLog(app, bodyBudget);
	faults = installFaults(app);
	app.get('/things', () => ({ things: ['a', 'b', 'c'], note: 'é'.repeat(200) }));
	app.post('/things', (request) => {
		handled += 1;
		return { received: request.body };
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	http = axios.create({ baseURL: url, validateStatus: () => true });
}

beforeEach(async () => {
	handled = 0;
	await serve();
});
afterEach(() => app.close());

describe('the faults of a sandbox server', () => {
	it('leave requests alone until one is added, and again when they are cleared', async () => {
		expect((await http.get('/things')).status).toBe(200);
		faults.add({ answer: { status: 503 } });
		expect((await http.get('/things')).status).toBe(503);
		faults.clear();
		expect((await http.get('/things')).status).toBe(200);
	});

	it('answer in place of the route, with headers, JSON or raw text', async () => {
		faults.add({
			path: '/things',
			method: 'get',
			answer: { status: 429, headers: { 'retry-after': '2' }, body: { slow: 'down' } },
		});
		faults.add({
			path: '/things',
			method: 'POST',
			answer: { status: 502, body: '<html>Bad gateway</html>' },
		});
		const limited = await http.get('/things');
		expect(limited).toMatchObject({ status: 429, data: { slow: 'down' } });
		expect(limited.headers['retry-after']).toBe('2');
		const gateway = await http.post('/things', { a: 1 });
		expect(gateway).toMatchObject({ status: 502, data: '<html>Bad gateway</html>' });
		expect(gateway.headers['content-type']).toContain('text/html');
		expect(handled).toBe(0);
	});

	it('strike as often as they are told, after letting some requests pass', async () => {
		faults.add({ after: 1, times: 2, answer: { status: 500, body: { no: true } } });
		const statuses: number[] = [];
		for (let i = 0; i < 5; i++) statuses.push((await http.get('/things')).status);
		expect(statuses).toEqual([200, 500, 500, 200, 200]);
	});

	it('refuse just the batch that contains a value', async () => {
		faults.add({
			method: 'POST',
			body: /"bad\.example"/,
			answer: { status: 400, body: { error: 'no' } },
		});
		expect((await http.post('/things', ['good.example'])).data).toEqual({
			received: ['good.example'],
		});
		expect((await http.post('/things', ['good.example', 'bad.example'])).status).toBe(400);
	});

	it('match the path by its end or by an expression over path and query', async () => {
		faults.add({ path: '/things', answer: { status: 500 } });
		expect((await http.get('/things?page=2')).status).toBe(500);
		faults.clear();
		faults.add({ path: /page=2$/g, answer: { status: 500 } });
		const statuses = [
			await http.get('/things?page=1'),
			await http.get('/things?page=2'),
			await http.get('/things?page=2'),
		];
		expect(statuses.map((answer) => answer.status)).toEqual([200, 500, 500]);
	});

	it('reach paths that do not exist', async () => {
		faults.add({ path: '/nowhere', answer: { status: 503 } });
		expect((await http.get('/nowhere')).status).toBe(503);
		expect((await http.post('/nowhere', { a: 1 })).status).toBe(503);
		expect((await http.get('/elsewhere')).status).toBe(404);
	});

	it('delay the real answer', async () => {
		faults.add({ latencyMs: 80 });
		const start = performance.now();
		expect((await http.get('/things')).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThanOrEqual(75);
	});

	it('drop the connection without an answer', async () => {
		faults.add({ drop: true, times: 1 });
		await expect(http.post('/things', { a: 1 })).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(handled).toBe(0);
		expect((await http.post('/things', { a: 1 })).status).toBe(200);
	});

	it('cut the answer in half after the work was done', async () => {
		faults.add({ truncate: true, times: 1 });
		await expect(http.post('/things', { a: 1 })).rejects.toMatchObject({
			message: expect.stringMatching(/aborted|hang up|stream/),
		});
		expect(handled).toBe(1);
		expect((await http.post('/things', { a: 1 })).data).toEqual({ received: { a: 1 } });
	});

	it.each([0, 0.5])('do the work and fall silent after %d of the answer', async (stall) => {
		faults.add({ stall, times: 1 });
		await expect(http.post('/things', { a: 1 }, { timeout: 100 })).rejects.toMatchObject({
			message: expect.stringMatching(/timeout|aborted/),
		});
		expect(handled).toBe(1);
		expect((await http.post('/things', { a: 1 })).data).toEqual({ received: { a: 1 } });
	});

	it('send the answer slowly, and whole', async () => {
		faults.add({ trickleMs: 8, times: 1 });
		const start = performance.now();
		expect((await http.get('/things')).data).toMatchObject({ things: ['a', 'b', 'c'] });
		expect(performance.now() - start).toBeGreaterThanOrEqual(70);
	});

	it('change the answer after the work was done', async () => {
		faults.add({
			times: 1,
			alter: ({ body, headers }) => ({ body: body.replace('"a"', '"z"'), headers: { ...headers, 'x-count': '7' } }),
		});
		const changed = await http.get('/things');
		expect(changed.data).toMatchObject({ things: ['z', 'b', 'c'] });
		expect(changed.headers['x-count']).toBe('7');
		expect((await http.get('/things')).data).toMatchObject({ things: ['a', 'b', 'c'] });
	});

	it('shut the port, so that connections are refused until it opens again', async () => {
		faults.add({ shutMs: Infinity, times: 1 });
		await expect(http.post('/things', { a: 1 })).rejects.toMatchObject({ code: 'ECONNRESET' });
		await expect(http.get('/things')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		await faults.open();
		expect((await http.get('/things')).status).toBe(200);
		expect(handled).toBe(0);
	});

	it('shut the port for a while, and a server that is shut can be closed', async () => {
		faults.add({ shutMs: 30 });
		await expect(http.get('/things')).rejects.toMatchObject({ code: 'ECONNRESET' });
		faults.clear();
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect((await http.get('/things')).status).toBe(200);
		faults.add({ shutMs: Infinity });
		await expect(http.get('/things')).rejects.toMatchObject({ code: 'ECONNRESET' });
	});

	it('let something else happen at the server before it answers', async () => {
		const seen: string[] = [];
		faults.add({ path: '/things', times: 1, meanwhile: () => void seen.push(`before ${handled}`) });
		await http.post('/things', { a: 1 });
		expect(seen).toEqual(['before 0']);
		expect(handled).toBe(1);
	});
});

describe('the request log of a sandbox server', () => {
	it('has every request in order, with what was sent and how it was answered', async () => {
		const answer = await http.get('/things?page=2', {
			responseType: 'text',
			transformResponse: (raw: string) => raw,
		});
		await http.post('/things', { a: 1 });
		await http.post('/nowhere', 'plain', { headers: { 'content-type': 'text/plain' } });
		expect(requests.map(({ method, path, body, status }) => ({ method, path, body, status }))).toEqual([
			{ method: 'GET', path: '/things?page=2', body: undefined, status: 200 },
			{ method: 'POST', path: '/things', body: { a: 1 }, status: 200 },
			{ method: 'POST', path: '/nowhere', body: 'plain', status: 404 },
		]);
		expect(requests[0]?.bytes).toBe(Buffer.byteLength(String(answer.data)));
	});

	it('tells requests that a fault refused or dropped, with their bodies', async () => {
		faults.add({ times: 1, answer: { status: 503, body: 'no' } });
		faults.add({ after: 0, times: 1, drop: true });
		await http.post('/things', [1]);
		await http.post('/things', [2]).catch(() => undefined);
		expect(requests).toMatchObject([
			{ body: [1], status: 503 },
			{ body: [2], status: 0 },
		]);
	});

	it('shows an empty list that was sent', async () => {
		await http.post('/things', []);
		expect(requests[0]?.body).toEqual([]);
	});

	it('can be emptied', async () => {
		await http.get('/things');
		requests.length = 0;
		await http.get('/things?again');
		expect(requests).toMatchObject([{ path: '/things?again' }]);
	});

	it('lets go of the oldest bodies when they grow big', async () => {
		await app.close();
		await serve(1_000);
		for (const letter of ['a', 'b', 'c']) await http.post('/things', { letter: letter.repeat(400) });
		expect(requests.map((request) => request.body !== undefined)).toEqual([false, true, true]);
	});
});
