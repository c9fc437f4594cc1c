import type { Received } from './answering';
import { startAnswering, type AnsweringServer } from './answering';
import { runNode, testCredential } from '../harness';

/** Whoever redirects stands at one origin; where he points to, at another. Nothing may arrive there. */
let elsewhere: AnsweringServer;
let here: AnsweringServer;
/** Which requests are redirected, and how; the others are answered as by a server in order. */
let redirected: { status: number; when: (request: Received) => boolean };

const uuid = '11111111-0000-4000-8000-000000000001';

/** What the one event in MISP is tagged for. */
let action = 'upload';
const tagged = () => ({
	id: '1',
	uuid,
	info: 'Botnet',
	published: true,
	Tag: [{ id: '1', name: `cytomic-orion:action="${action}"`, local: 1 }],
});
const attribute = { id: '1', uuid, event_id: '1', type: 'domain', value: 'evil-net.com', to_ids: true };

const answers = ({ path, body }: Received): object => {
	if (path.startsWith('/oauth/token')) return { access_token: 'token-of-the-day-0123456789', token_type: 'Bearer' };
	if (path.endsWith('/servers/getVersion')) return { version: '2.5.1', perm_sync: true };
	if (path.endsWith('/events/restSearch')) return { response: [{ Event: tagged() }] };
	// Nobody else wants what is deleted.
	if (body.includes('evil-net.com')) return { response: { Attribute: [] } };
	if (path.endsWith('/attributes/restSearch')) return { response: { Attribute: [{ ...attribute, Event: tagged() }] } };
	return { response: [] };
};

beforeEach(async () => {
	elsewhere = await startAnswering(() => ({ body: { version: '2.5.1', access_token: 'stolen-token-0123456789' } }));
	here = await startAnswering((request) =>
		redirected.when(request)
			? { status: redirected.status, headers: { location: `${elsewhere.url}${request.path}` }, body: '' }
			: { body: answers(request) },
	);
});
afterEach(async () => await Promise.all([here.close(), elsewhere.close()]));

const misp = () => ({
	mispInstanceApi: { url: here.url, apiKey: 'key-of-an-analyst-0123456789', serverVersion: '2.5.1' },
});
const orion = () => ({
	cytomicOrionApi: {
		apiUrl: `${here.url}/api/v1/applications/`,
		tokenUrl: `${here.url}/oauth/token`,
		clientId: 'client',
		clientSecret: 'client-secret-0123456789',
		username: 'application',
		password: 'password-0123456789',
	},
});

const mispNode = async (resource: string, operation: string, parameters: object = {}) =>
	await runNode({ type: 'misp', credentials: misp(), parameters: { resource, operation, ...parameters } });
const orionNode = async (resource: string, operation: string, parameters: object = {}, input: object[] = [{}]) =>
	await runNode({
		type: 'cytomicOrion',
		credentials: orion(),
		parameters: { resource, operation, ...parameters },
		input: input.map((json) => ({ ...json })),
	});
const syncNode = async (operation: 'upload' | 'delete') => {
	action = operation;
	return await runNode({ type: 'mispOrionSync', credentials: { ...misp(), ...orion() }, parameters: { operation } });
};

type When = (request: Received) => boolean;
const at =
	(path: RegExp): When =>
	(request) =>
		path.test(request.path);

const ways: ReadonlyArray<readonly [what: string, when: When, run: () => Promise<unknown>]> = [
	['a search in MISP', at(/restSearch/), async () => await mispNode('attribute', 'getMany')],
	['a look-up in MISP', at(/version/i), async () => await mispNode('server', 'getVersion')],
	[
		'a tag set in MISP',
		at(/tags/i),
		async () => await mispNode('tag', 'add', { uuids: uuid, tag: { __rl: true, mode: 'name', value: 'tlp:red' } }),
	],
	[
		'any request to MISP',
		at(/anything/),
		async () => await mispNode('request', 'send', { method: 'POST', path: '/anything', body: '{"a": 1}' }),
	],
	[
		'the Test button of the MISP credential',
		at(/./),
		async () => await testCredential('mispInstanceApi', { fields: { ...misp().mispInstanceApi, serverVersion: '' } }),
	],
	[
		'an import into Orion',
		at(/iocs/),
		async () => await orionNode('ioc', 'import', {}, [{ type: 'domain', value: 'evil-net.com' }]),
	],
	['a look-up in Orion', at(/forensics/), async () => await orionNode('computer', 'get', { muid: 'ABCD' })],
	[
		'any request to Orion',
		at(/anything/),
		async () => await orionNode('request', 'send', { method: 'POST', path: '/anything', body: '{"a": 1}' }),
	],
	['the search of the sync node', at(/restSearch/), async () => await syncNode('upload')],
	['what the sync node marks in MISP', at(/tags/i), async () => await syncNode('upload')],
	['what the sync node uploads', at(/iocs/), async () => await syncNode('upload')],
	['what the sync node erases', at(/eraser/), async () => await syncNode('delete')],
	['the sign-in at Orion', at(/oauth/), async () => await orionNode('indicator', 'getMany')],
	[
		'the Test button of the Orion credential, at the token server',
		at(/oauth/),
		async () => await testCredential('cytomicOrionApi', { fields: orion().cytomicOrionApi }),
	],
	[
		'the Test button of the Orion credential, at the API',
		at(/api/),
		async () => await testCredential('cytomicOrionApi', { fields: orion().cytomicOrionApi }),
	],
	[
		"the Test button of the Orion credential, at n8n's own request",
		({ path }) => path === '/api/v1/applications/',
		async () => await testCredential('cytomicOrionApi', { fields: orion().cytomicOrionApi }),
	],
];

describe.each([301, 302, 303, 307, 308])('A redirect with HTTP %i to another host is not followed:', (status) => {
	test.each(ways)('%s', async (_what, when, run) => {
		redirected = { status, when };
		await run();
		expect(here.received.filter(when).length).toBeGreaterThan(0);
		expect(elsewhere.received).toEqual([]);
	});
});

test('nor one to the same host, since a key belongs to one address: the message says where to', async () => {
	redirected = { status: 308, when: at(/version/i) };
	const run = await mispNode('server', 'getVersion');
	expect(run.error?.message).toContain(`redirect to ${elsewhere.url}/servers/getVersion`);
	expect(run.error?.description).toContain('Credentials are not sent to another address');
});

test('keys, secrets and tokens travel in headers and bodies, never in an address', async () => {
	redirected = { status: 301, when: () => false };
	for (const [, , run] of ways) await run();
	const addresses = here.received.map(({ path }) => decodeURIComponent(path)).join('\n');
	expect(addresses).not.toMatch(/key-of-an-analyst|client-secret|password-0123|token-of-the-day|application\b(?!s)/);
	const [signIn] = here.received.filter(({ path }) => path.startsWith('/oauth/token'));
	expect(signIn).toMatchObject({ method: 'POST', headers: { authorization: expect.stringMatching(/^Basic /) } });
});
