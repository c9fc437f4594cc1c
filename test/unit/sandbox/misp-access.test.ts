import { startMisp, type MispSandbox } from '../../../sandbox/misp';
import { clientFor } from '../../../sandbox/misp/client';

let misp: MispSandbox;

beforeAll(async () => {
	misp = await startMisp();
	misp.store.addEvent({
		info: 'an event',
		attributes: [{ type: 'domain', value: 'evil.example.org' }],
	});
});
afterAll(() => misp.close());
afterEach(() => {
	misp.store.live = true;
	misp.store.limitSearches('Read Only', undefined);
});

const BAD_KEY =
	'Authentication failed. Please make sure you pass the API key of an API enabled user along in the Authorization header.';
const FORBIDDEN = 'You do not have permission to use this functionality.';

describe('a key', () => {
	test.each([
		['is missing', {}],
		['is unknown', { Authorization: 'x'.repeat(40) }],
		['comes with a Bearer prefix', { Authorization: 'Bearer <admin>' }],
	])('that %s is answered by 403 with the path asked for', async (_what, headers: Record<string, string>) => {
		const sent = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, value.replace('<admin>', misp.keys.admin)]),
		);
		const { status, data } = await clientFor(misp, 'none').get('/servers/getVersion', {
			headers: sent,
		});
		expect(status).toBe(403);
		expect(data).toEqual({ name: BAD_KEY, message: BAD_KEY, url: '/servers/getVersion' });
	});

	test('of a disabled user is answered by 403', async () => {
		const user = misp.store.addUser({ email: 'gone@admin.test', roleId: 3 });
		user.disabled = true;
		const { status, data } = await clientFor(misp, 'none').get('/servers/getVersion', {
			headers: { Authorization: user.key },
		});
		expect([status, data.message]).toEqual([403, 'Authentication failed. Your user account has been disabled.']);
	});

	test('that may only read is refused what writes', async () => {
		const client = clientFor(misp, 'readOnly');
		expect((await client.get('/servers/getVersion')).data).toMatchObject({
			version: '2.5.1',
			perm_sync: false,
			uuid: '-',
		});
		for (const path of [
			'/events/add',
			'/events/publish/1',
			'/tags/attachTagToObject',
			'/feeds/fetchFromFeed/1',
			'/attributes/delete/1',
			'/warninglists/toggleEnable',
		]) {
			const { status, data } = await client.post(path, { info: 'x' });
			expect([status, data.message, data.url]).toEqual([403, FORBIDDEN, path]);
		}
	});
});

describe('a request', () => {
	test('without Accept: application/json is sent to the login page', async () => {
		const { status, headers, data } = await clientFor(misp).get('/events/index', {
			headers: { Accept: '*/*' },
		});
		expect([status, headers['location'], headers['content-type'], data]).toEqual([
			302,
			`${misp.url}/users/login`,
			'text/html; charset=UTF-8',
			'',
		]);
	});

	test.each([
		['restSearch', 'post', '/events/restSearch'],
		['a path ending in .json', 'get', '/servers/getVersion.json'],
	])('for %s needs no Accept header', async (_what, method, path) => {
		const { status } = await clientFor(misp).request({
			method,
			url: path,
			data: method === 'post' ? { limit: 1 } : undefined,
			headers: { Accept: '*/*' },
		});
		expect(status).toBe(200);
	});

	test('in maintenance goes to the login page, except for site admins', async () => {
		misp.store.live = false;
		expect((await clientFor(misp, 'readOnly').get('/servers/getVersion')).status).toBe(302);
		expect((await clientFor(misp).get('/servers/getVersion')).status).toBe(200);
	});

	test('with broken JSON is answered by 405', async () => {
		const { status, data } = await clientFor(misp).post('/attributes/restSearch', '{"value": ');
		expect(status).toBe(405);
		expect(data.message).toMatch(
			/^Invalid JSON input\. .* This request has been blocked to avoid an unfiltered request\.$/,
		);
	});

	test.each(['/nonsense/index', '/events/doesNotExist'])('for %s is answered by 404 Not Found', async (path) => {
		const { status, data } = await clientFor(misp).get(path);
		expect([status, data]).toEqual([404, { name: 'Not Found', message: 'Not Found', url: path }]);
	});

	test('finds controllers however they are spelt', async () => {
		for (const path of ['/eventBlocklists/index', '/event_blocklists/index'])
			expect((await clientFor(misp).get(path)).status).toBe(200);
	});

	test("beyond the role's rate is answered by 429 without Retry-After, and only searches count", async () => {
		misp.store.limitSearches('Read Only', 2);
		const client = clientFor(misp, 'readOnly');
		const search = () => client.post('/events/restSearch', { limit: 1, metadata: 1 });
		const remaining = [await search(), await search()].map(({ headers }) => headers['x-rate-limit-remaining']);
		const refused = await search();
		expect(remaining).toEqual(['1', '0']);
		expect([
			refused.status,
			refused.data.message,
			refused.headers['x-rate-limit-limit'],
			refused.headers['retry-after'],
		]).toEqual([429, 'Rate limit exceeded.', '2', undefined]);
		expect(Number(refused.headers['x-rate-limit-reset'])).toBeGreaterThan(890);
		expect((await client.get('/events/index')).status).toBe(200);
	});
});

test('a MISP below a path answers below that path and nowhere else', async () => {
	const below = await startMisp({ basePath: '/misp' });
	expect(below.url).toMatch(/\/misp$/);
	expect((await clientFor(below).get('/servers/getVersion')).data.version).toBe('2.5.1');
	const outside = await clientFor(below).get(`${below.url.replace('/misp', '')}/servers/getVersion`);
	expect([outside.status, outside.headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
	await below.close();
});
