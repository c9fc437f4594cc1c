import type { AnsweringServer } from './answering';
import { startAnswering } from './answering';
import { makeCertificates } from './certificates';
import { runNode, testCredential } from '../harness';

const { authority, server: own, client, stranger } = makeCertificates();

let server: AnsweringServer;
let demanding: AnsweringServer;

const answers = ({ path }: { path: string }) => ({
	body: path.includes('/oauth/') ? { access_token: 'token-of-the-day-0123456789' } : { version: '2.5.1', fileName: '' },
});

beforeAll(async () => {
	server = await startAnswering(answers, own);
	demanding = await startAnswering(answers, { ...own, ca: authority, requestCert: true, rejectUnauthorized: true });
});
afterAll(async () => await Promise.all([server.close(), demanding.close()]));

type Fields = Record<string, string | boolean>;

const mispFields = (at: AnsweringServer, more: Fields): Fields => ({
	url: at.url,
	apiKey: 'key-of-an-analyst-0123456789',
	...more,
});
const orionFields = (at: AnsweringServer, more: Fields): Fields => ({
	apiUrl: `${at.url}/api/v1/applications/`,
	tokenUrl: `${at.url}/oauth/token`,
	clientId: 'client',
	clientSecret: 'client-secret-0123456789',
	username: 'application',
	password: 'password-0123456789',
	...more,
});

/** Runs of each node, and what each shows of a certificate. */
const both = [
	{
		name: 'MISP',
		run: async (at: AnsweringServer, more: Fields = {}) =>
			await runNode({
				type: 'misp',
				parameters: { resource: 'server', operation: 'getVersion' },
				credentials: { mispInstanceApi: mispFields(at, more) },
			}),
		press: async (at: AnsweringServer, more: Fields = {}) =>
			await testCredential('mispInstanceApi', { fields: mispFields(at, more) }),
	},
	{
		name: 'Orion',
		run: async (at: AnsweringServer, more: Fields = {}) =>
			await runNode({
				type: 'cytomicOrion',
				parameters: { resource: 'request', operation: 'send', path: '/anything' },
				credentials: { cytomicOrionApi: orionFields(at, more) },
			}),
		press: async (at: AnsweringServer, more: Fields = {}) =>
			await testCredential('cytomicOrionApi', { fields: orionFields(at, more) }),
	},
];

const refusal = /certificate at localhost:\d+ is not signed by an authority that n8n trusts/;

describe.each(both)('The certificate of $name', ({ run, press }) => {
	test('that no known authority signed is refused, before anything of the credential is sent', async () => {
		const before = server.received.length;
		const { error } = await run(server);
		expect(error?.message).toMatch(refusal);
		expect(error?.description).toContain('Paste the certificate of your own authority into the credential');
		expect((await press(server)).message).toMatch(refusal);
		expect(server.received.length).toBe(before);
	});

	test("is accepted with the organisation's own authority in the credential", async () => {
		expect((await run(server, { ca: authority })).error).toBeUndefined();
		expect(await press(server, { ca: authority })).toMatchObject({ status: 'OK' });
	});

	test("is refused when it is another host's, though the authority is known", async () => {
		const other = { ...server, url: server.url.replace('localhost', '127.0.0.1') };
		const { error } = await run(other, { ca: authority });
		expect(error?.message).toMatch(/certificate is for another name than 127\.0\.0\.1/);
	});

	test('is not looked at where somebody switched that off', async () => {
		expect((await run(server, { allowUnauthorizedCerts: true })).error).toBeUndefined();
	});
});

describe('A MISP that asks for client certificates', () => {
	const [misp] = both;
	const of = ({ key, cert }: { key: string; cert: string }): Fields => ({
		ca: authority,
		clientCertificate: cert,
		clientKey: key,
	});

	test('lets in who has one in the credential', async () => {
		expect((await misp?.run(demanding, of(client)))?.error).toBeUndefined();
		expect(await misp?.press(demanding, of(client))).toMatchObject({ status: 'OK' });
	});

	test.each<[string, Fields]>([
		['no one without', { ca: authority }],
		['no one with a certificate of another authority', of(stranger)],
	])('lets in %s', async (_who, fields) => {
		const before = demanding.received.length;
		expect((await misp?.run(demanding, fields))?.error?.message).toBeTruthy();
		expect(demanding.received.length).toBe(before);
	});
});
