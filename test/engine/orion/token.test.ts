import { hashes, orionForTests } from './orion';

const orion = orionForTests();
const upload = async (count: number, batchSize = 10) =>
	await orion.run(
		'ioc.import',
		{ output: 'summary', options: { batchSize, concurrency: 4 } },
		{ input: hashes(count) },
	);

test('one sign-in serves a whole run, and the next one', async () => {
	await upload(200);
	await upload(200);
	expect(orion.server.tokens.issued).toBe(1);
});

test('a revoked token is renewed, and nothing of the run is lost', async () => {
	await upload(10);
	orion.server.revokeTokens();
	const run = await upload(200);
	expect(run.json).toMatchObject([{ imported: 200, failed: 0 }]);
	expect(orion.server.iocs.size).toBe(200);
});

test('tokens that end in the midst of a run are renewed', async () => {
	orion.server.tokens.expireAfter = { calls: 7 };
	const run = await upload(300);
	expect(run.json).toMatchObject([{ imported: 300, failed: 0 }]);
});

test('where each new token ends the older ones, four workers at once get through', async () => {
	orion.server.tokens.newTokenInvalidatesOld = true;
	orion.server.tokens.expireAfter = { calls: 9 };
	const run = await upload(400);
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([{ imported: 400, failed: 0 }]);
	expect(orion.server.iocs.size).toBe(400);
}, 60_000);

test('where each new token ends the older ones, two runs at once get through', async () => {
	orion.server.tokens.newTokenInvalidatesOld = true;
	await upload(10);
	orion.server.revokeTokens();
	const runs = await Promise.all([upload(200), upload(200)]);
	expect(runs.map(({ json }) => json[0]?.imported)).toEqual([200, 200]);
}, 60_000);

test('401 for ever ends in a clear message after a handful of requests', async () => {
	await upload(1);
	const before = orion.server.requests.length;
	orion.server.faults.add({
		path: /iocs/,
		answer: { status: 401, body: { success: false, error: 'Authorization has been denied.' } },
	});
	const run = await upload(200);
	expect(run.error).toMatchObject({
		message: 'Orion does not accept the access token, not even a new one',
		description: expect.stringContaining('Settings > Authorized applications'),
	});
	expect(orion.server.requests.length - before).toBeLessThan(60);
}, 60_000);

test('a password that was changed meanwhile is tried once, lest the application be locked out', async () => {
	await upload(1);
	orion.server.revokeTokens();
	orion.credentials.cytomicOrionApi.password = 'old';
	const before = orion.server.requests.filter(({ path }) => path.includes('/oauth/')).length;
	const run = await upload(100);
	expect(run.error?.message).toBe('Orion refused the sign-in. Orion says: The user name or password is incorrect');
	expect(run.error?.description).toContain('Check user name and password');
	expect(orion.server.requests.filter(({ path }) => path.includes('/oauth/')).length - before).toBe(1);
});

test('a token server that is away for a moment is waited for', async () => {
	orion.server.faults.add({ path: /oauth/, times: 2, answer: { status: 503, body: 'later' } });
	const run = await upload(10);
	expect(run.json).toMatchObject([{ imported: 10 }]);
});

test('neither password nor token shows in an error', async () => {
	await upload(1);
	const token = String(orion.credentials.cytomicOrionApi.accessToken);
	expect(token.length).toBeGreaterThan(20);
	orion.server.permissions.importIocs = false;
	const run = await upload(1);
	for (const secret of [token, orion.server.credentials.password, orion.server.credentials.clientSecret]) {
		expect(run.error?.saved).not.toContain(secret);
	}
});
