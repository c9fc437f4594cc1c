import type { IDataObject, OnError } from 'n8n-workflow';
import type { Given, Received } from './answering';
import { startAnswering, type AnsweringServer } from './answering';
import type { NodeRun } from '../harness';
import { runNode, testCredential } from '../harness';

/** A server in debug mode: whatever goes wrong, it quotes the request with its headers and its body. */
let server: AnsweringServer;
/** What it answers; the requests that a credential makes on its own behalf are in order unless this says otherwise. */
let answer: (quote: string, request: Received) => Given | undefined;

const key = 'k3y0fAnAnalystWith40CharactersLikeMISPs1';
const token = 'orion-access-token-of-the-day-0123456789abcdef';
const secret = 'pub1ished-client-secret/with+odd=chars';
const password = 'pass word&of=the "application"';
const basic = Buffer.from(`client:${secret}`).toString('base64');

const inOrder = ({ path }: Received): Given => ({
	body: path.startsWith('/oauth/') ? { access_token: token } : { version: '2.5.1', fileName: '' },
});

beforeEach(async () => {
	server = await startAnswering(
		(request) =>
			answer(`${request.method} ${request.path} ${JSON.stringify(request.headers)} ${request.body}`, request) ??
			inOrder(request),
	);
});
afterEach(async () => await server.close());

const misp = () => ({ mispInstanceApi: { url: server.url, apiKey: key, serverVersion: '2.5.1' } });
const orion = () => ({
	cytomicOrionApi: {
		apiUrl: `${server.url}/api/v1/applications/`,
		tokenUrl: `${server.url}/oauth/token`,
		clientId: 'client',
		clientSecret: secret,
		username: 'application',
		password,
	},
});

const mispRun = async (parameters: object, onError?: OnError, input?: IDataObject[]) =>
	await runNode({
		type: 'misp',
		credentials: misp(),
		parameters: { ...parameters },
		...(onError && { onError }),
		...(input && { input }),
	});
const orionRun = async (parameters: object, onError?: OnError, input?: IDataObject[]) =>
	await runNode({
		type: 'cytomicOrion',
		credentials: orion(),
		parameters: { ...parameters },
		...(onError && { onError }),
		...(input && { input }),
	});

const syncRun = async (parameters: object, onError?: OnError) =>
	await runNode({
		type: 'mispOrionSync',
		credentials: { ...misp(), ...orion() },
		parameters: { ...parameters },
		...(onError && { onError }),
	});

/** Everything that n8n would save of a run, and what each secret may look like in it. */
const secrets = [key, token, secret, password, basic].flatMap((one) => [
	one,
	encodeURIComponent(one),
	new URLSearchParams([['', one]]).toString().slice(1),
	JSON.stringify(one).slice(1, -1),
]);
function expectNoSecret(run: NodeRun | { status: string; message: string }): void {
	const saved = JSON.stringify(run);
	// What n8n saves is JSON inside of JSON where an error carries an answer.
	for (const text of [saved, saved.replaceAll('\\\\', '\\'), saved.replaceAll('\\"', '"')])
		for (const one of secrets) expect(text).not.toContain(one);
}

const uuid = '11111111-0000-4000-8000-000000000001';

describe('An answer of MISP that quotes the key', () => {
	const quoting: ReadonlyArray<readonly [string, (quote: string) => Given]> = [
		['as a refusal', (quote) => ({ status: 403, body: { name: quote, message: quote, url: '/x' } })],
		['as errors of fields', (quote) => ({ status: 403, body: { errors: { value: [quote], [quote]: 'x' } } })],
		['as a fault of the server', (quote) => ({ status: 500, body: { name: 'Fatal', message: quote, trace: [quote] } })],
		['as a refusal within a success', (quote) => ({ body: { saved: false, errors: quote } })],
		['as text', (quote) => ({ status: 400, body: quote })],
		[
			'on a web page',
			(quote) => ({ status: 403, headers: { 'content-type': 'text/html' }, body: `<html><pre>${quote}</pre></html>` }),
		],
		['in the address of a redirect', () => ({ status: 302, headers: { location: `/login/${key}?key=${key}` } })],
		['in data', (quote) => ({ body: { Event: { id: '1', uuid, info: quote, date: key }, quote, [key]: quote } })],
		['in a list', (quote) => ({ body: { response: { Attribute: [{ id: '1', uuid, value: quote, comment: key }] } } })],
		[
			'in a header',
			(quote) => ({ status: 429, headers: { 'x-quote': encodeURIComponent(quote), 'retry-after': '9999' } }),
		],
	];
	const operations: IDataObject[] = [
		{ resource: 'request', operation: 'send', path: '/events/view/1' },
		{ resource: 'event', operation: 'get', event: { __rl: true, mode: 'id', value: '1' }, simple: false },
		{ resource: 'attribute', operation: 'getMany', simple: false },
		{ resource: 'attribute', operation: 'export' },
		{ resource: 'tag', operation: 'add', uuids: uuid, tag: { __rl: true, mode: 'name', value: 'tlp:red' } },
		{ resource: 'sighting', operation: 'create', of: 'value', values: 'evil.com' },
	];

	test.each(quoting)('%s: the key is in nothing that n8n saves', async (_where, given) => {
		answer = (quote) => given(quote);
		// What may pass by itself is tried again for some seconds: one operation is enough to see that.
		const isPassing = (given('').status ?? 200) >= 500;
		for (const parameters of operations.slice(0, isPassing ? 1 : undefined)) {
			expectNoSecret(await mispRun(parameters));
			if (!isPassing) expectNoSecret(await mispRun(parameters, 'continueErrorOutput'));
		}
		expect(server.received.some(({ headers }) => headers.authorization === key)).toBe(true);
		expectNoSecret(await testCredential('mispInstanceApi', { fields: { url: server.url, apiKey: key } }));
	});
});

describe('An answer of Orion that quotes the token', () => {
	const quoting: ReadonlyArray<readonly [string, (quote: string) => Given]> = [
		['as a refusal', (quote) => ({ status: 400, body: { success: false, error: quote, message: quote } })],
		['as a refusal within a success', (quote) => ({ body: { success: false, error: { message: quote } } })],
		['as a missing permission', (quote) => ({ status: 403, body: { message: quote } })],
		['as text', (quote) => ({ status: 400, body: quote })],
		[
			'with what became of a computer',
			(quote) => ({ body: [{ muid: 'M1', requestAccepted: false, errorMessage: quote }] }),
		],
		['in data', (quote) => ({ body: [{ hash: 'x', value: quote, fileName: token, [token]: quote }] })],
	];
	const operations: Array<[IDataObject, IDataObject[]?]> = [
		[{ resource: 'request', operation: 'send', path: '/anything' }],
		[{ resource: 'ioc', operation: 'import' }, [{ type: 'domain', value: 'evil-net.com', uuid }]],
		[{ resource: 'ioc', operation: 'delete' }, [{ type: 'domain', value: 'evil-net.com', uuid }]],
		[{ resource: 'computer', operation: 'isolate', muids: 'M1', confirm: true }],
		[{ resource: 'indicator', operation: 'getMany', simple: false }],
		[{ resource: 'file', operation: 'get', md5: 'd41d8cd98f00b204e9800998ecf8427e', simple: false }],
	];

	test.each(quoting)('%s: the token is in nothing that n8n saves', async (_where, given) => {
		answer = (quote, { path }) =>
			path.startsWith('/oauth/') || path.includes('0'.repeat(32)) ? undefined : given(quote);
		for (const [parameters, input] of operations) {
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				expectNoSecret(await orionRun(parameters, onError, input));
			}
		}
		expect(server.received.some(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
	});
});

describe('The sync node, where MISP or Orion quote the key or the token', () => {
	const attribute = { id: '1', uuid, event_id: '1', type: 'domain', value: 'evil-net.com', to_ids: true };
	const event = (action: string) => ({
		id: '1',
		uuid,
		info: 'Botnet',
		published: true,
		Tag: [{ id: '1', name: `cytomic-orion:${action}`, local: 1 }],
	});
	/** A MISP in order, with one event of one IOC that is tagged for this; nobody else wants the IOC. */
	const tagged = (action: string, { path, body }: Received): Given | undefined => {
		if (path.endsWith('/events/restSearch')) return { body: { response: [{ Event: event(action) }] } };
		if (!path.endsWith('/attributes/restSearch')) return undefined;
		const found = body.includes('evil-net.com') ? [] : [{ ...attribute, Event: event(action) }];
		return { body: { response: { Attribute: found } } };
	};
	const work: ReadonlyArray<readonly [operation: string, action: string]> = [
		['upload', 'action="upload"'],
		['delete', 'action="delete"'],
		['reconcile', 'state="uploaded"'],
	];

	test.each<[string, RegExp, (quote: string) => Given]>([
		['MISP in what it finds', /restSearch/, (quote) => ({ body: { response: [{ Event: { id: quote, info: key } }] } })],
		['MISP in a refusal of the search', /restSearch/, (quote) => ({ status: 403, body: { message: quote } })],
		['MISP in a refusal of the mark', /tags\//, (quote) => ({ status: 403, body: { message: quote, errors: quote } })],
		['Orion in a refusal', /iocs\//, (quote) => ({ status: 400, body: { success: false, message: quote } })],
		['Orion in a success', /iocs\//, (quote) => ({ body: { success: true, message: quote, [token]: token } })],
		['Orion in a missing permission', /iocs\//, (quote) => ({ status: 403, body: { message: quote } })],
	])('%s: they are in nothing that n8n saves', async (_where, path, given) => {
		let quoted = 0;
		for (const [operation, action] of work) {
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				answer = (quote, request) => {
					if (!path.test(request.path)) return tagged(action, request);
					quoted += 1;
					return given(quote);
				};
				expectNoSecret(await syncRun({ operation }, onError));
			}
		}
		expect(quoted).toBeGreaterThan(2);
	});
});

describe('A token server that quotes the sign-in', () => {
	test.each<[string, (quote: string) => Given]>([
		['as a refusal', (quote) => ({ status: 400, body: { error: 'invalid_grant', error_description: quote } })],
		['as a wrong client', (quote) => ({ status: 401, body: { error: 'invalid_client', error_description: quote } })],
		['in place of an error code', (quote) => ({ status: 401, body: { error: quote } })],
		['as text', (quote) => ({ status: 403, body: quote })],
		[
			'and what the secret is',
			() => ({ status: 400, body: { error: 'x', error_description: `${password} ${secret}` } }),
		],
	])('%s: neither password nor client secret is in what n8n saves or shows', async (_where, given) => {
		answer = (quote, { path }) => (path.startsWith('/oauth/') ? given(quote) : undefined);
		expectNoSecret(await orionRun({ resource: 'indicator', operation: 'getMany' }));
		expectNoSecret(await orionRun({ resource: 'indicator', operation: 'getMany' }, 'continueErrorOutput'));
		expectNoSecret(await testCredential('cytomicOrionApi', { fields: orion().cytomicOrionApi }));
		expect(server.received.some(({ body }) => body.includes('grant_type=password'))).toBe(true);
	});
});
