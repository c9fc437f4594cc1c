import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { testCredential } from '../harness';
import { orionForTests } from './orion';
import { selfSigned } from './selfSigned';

const orion = orionForTests();

const tested = async (changed: Record<string, string | boolean> = {}) =>
	await testCredential('cytomicOrionApi', { fields: { ...orion.credentials.cytomicOrionApi, ...changed } });

test('right: the connection is successful', async () => {
	expect(await tested()).toEqual({ status: 'OK', message: 'Connection successful!' });
});

test.each([
	['…/api/v1', '/api/v1'],
	['…/api/v1/', '/api/v1/'],
	['…/api/v1/applications', '/api/v1/applications'],
	['the host alone', ''],
])('the API URL may be written as %s', async (_, path) => {
	expect(await tested({ apiUrl: orion.server.url + path })).toMatchObject({ status: 'OK' });
});

test('spaces around what was pasted do no harm', async () => {
	const { username = '', clientId = '', tokenUrl = '', apiUrl = '' } = orion.credentials.cytomicOrionApi;
	expect(
		await tested({
			username: ` ${username} `,
			clientId: `${clientId} `,
			tokenUrl: ` ${tokenUrl}`,
			apiUrl: ` ${apiUrl} `,
		}),
	).toMatchObject({ status: 'OK' });
});

test('an application that may not look up files is still connected', async () => {
	orion.server.permissions.fileInformation = false;
	expect(await tested()).toMatchObject({ status: 'OK' });
});

test.each<[string, Record<string, string>, RegExp]>([
	[
		'wrong password',
		{ password: 'x' },
		/^Orion refused the sign-in\. Orion says: The user name or password is incorrect\. Check user name and password/,
	],
	['wrong user name', { username: 'x' }, /^Orion refused the sign-in/],
	[
		'wrong client ID',
		{ clientId: 'x' },
		/^Orion does not know this client ID and secret\. .*Copy both from Cytomic's API documentation/,
	],
	['wrong client secret', { clientSecret: 'x' }, /^Orion does not know this client ID and secret/],
	[
		'nothing at the API URL',
		{ apiUrl: 'http://127.0.0.1:9/api/v1' },
		/^Orion does not accept connections at 127\.0\.0\.1:9\. .*"API URL"/,
	],
	[
		'nothing at the Token URL',
		{ tokenUrl: 'http://127.0.0.1:9/oauth/token' },
		/^Orion's token server does not accept connections at 127\.0\.0\.1:9\. .*"Token URL"/,
	],
	[
		'a host name that does not exist',
		{ tokenUrl: 'http://auth.orion.invalid/token' },
		/auth\.orion\.invalid, is unknown.*"Token URL"/,
	],
])('%s', async (_, changed, message) => {
	const answer = await tested(changed);
	expect(answer.status).toBe('Error');
	expect(answer.message).toMatch(message);
});

test('a Token URL with the wrong path', async () => {
	expect(await tested({ tokenUrl: `${orion.server.url}/wrong` })).toEqual({
		status: 'Error',
		message:
			'There is no token server at the Token URL (HTTP 404). Enter https://auth.pandasecurity.com/oauth/token, or the address that Cytomic gave you.',
	});
});

describe('web pages', () => {
	let web: FastifyInstance;
	let url: string;
	beforeAll(async () => {
		web = Fastify();
		web.removeAllContentTypeParsers();
		web.addContentTypeParser('*', (_request, _payload, done) => done(null));
		web.all(
			'*',
			async (_request, reply) => await reply.type('text/html').send('<!doctype html><title>Welcome</title>'),
		);
		url = await web.listen({ host: '127.0.0.1', port: 0 });
	});
	afterAll(async () => await web.close());

	test('at the API URL', async () => {
		expect((await tested({ apiUrl: url })).message).toMatch(
			/^The API URL leads to a web page, not to the API\. Enter https:\/\/api\.orion/,
		);
	});

	test('at the Token URL', async () => {
		expect((await tested({ tokenUrl: url })).message).toMatch(
			/^The Token URL leads to a web page, not to a token server\./,
		);
	});
});

describe('certificates', () => {
	let secure: FastifyInstance;
	let url: string;
	const { key, cert } = selfSigned();
	beforeAll(async () => {
		secure = Fastify({ https: { key, cert } });
		secure.removeAllContentTypeParsers();
		secure.addContentTypeParser('*', (_request, _payload, done) => done(null));
		secure.post('/oauth/token', async () => ({ access_token: 'token' }));
		secure.get('/*', async () => ({ fileName: '' }));
		url = (await secure.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost');
	});
	afterAll(async () => await secure.close());
	const at = () => ({ apiUrl: `${url}/api/v1/applications/`, tokenUrl: `${url}/oauth/token` });

	test('one that nobody signed is refused, and the message says what to do', async () => {
		const answer = await tested(at());
		expect(answer.status).toBe('Error');
		expect(answer.message).toMatch(
			/certificate at localhost:\d+ is not signed by an authority that n8n trusts\. Paste the certificate of your own authority/,
		);
	});

	test('with that authority pasted, it is fine', async () => {
		expect(await tested({ ...at(), ca: cert })).toMatchObject({ status: 'OK' });
	});

	test('with Ignore SSL Issues, it passes for a test', async () => {
		expect(await tested({ ...at(), allowUnauthorizedCerts: true })).toMatchObject({ status: 'OK' });
	});
});

test('a token server whose tokens the API does not take', async () => {
	orion.server.faults.add({ path: /forensics/, answer: { status: 401, body: {} } });
	expect((await tested()).message).toMatch(
		/^Orion issued a token but does not accept it at the API URL\. Check that API URL and Token URL belong to the same Orion\./,
	);
});
