import { createServer, type Server } from 'node:http';
import { freePorts } from '../../sandbox/n8n/environment';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import {
	mispCredential,
	type OrionAccess,
	orionCredential,
	type StandIns,
	startStandIns,
} from '../../sandbox/standIns';
import { startTlsFront } from './tlsFront';

const LOGIN_PAGE = '<!DOCTYPE html><html><head><title>Log in</title></head><body><form></form></body></html>';

describe("the Test buttons of the credentials in n8n's editor", () => {
	let standIns: StandIns;
	let n8n: N8n;
	let server: N8nServer;
	let website: Server;
	let websiteUrl: string;
	let nobodyUrl: string;
	let orionAccess: OrionAccess;
	const tls: Array<Awaited<ReturnType<typeof startTlsFront>>> = [];

	beforeAll(async () => {
		standIns = await startStandIns();
		orionAccess = { ...standIns.orion, ...standIns.orion.credentials };
		tls.push(await startTlsFront(standIns.misp.url), await startTlsFront(new URL(standIns.orion.tokenUrl).origin));
		const [websitePort, nobodyPort] = await freePorts(2);
		websiteUrl = `http://127.0.0.1:${websitePort}`;
		nobodyUrl = `http://127.0.0.1:${nobodyPort}`;
		website = createServer((_, answer) =>
			answer.writeHead(200, { 'Content-Type': 'text/html' }).end(LOGIN_PAGE),
		).listen(websitePort, '127.0.0.1');
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		server = await n8n.start();
	});
	afterAll(async () => {
		await n8n?.remove();
		await Promise.all(tls.map(async ({ close }) => await close()));
		await new Promise((resolve) => (website ? website.close(resolve) : resolve(undefined)));
		await standIns?.close();
	});

	describe('MISP', () => {
		const test = async (changes: { url?: string; key?: string; allowUnauthorizedCerts?: boolean }) =>
			await server.testCredential(mispCredential({ url: standIns.misp.url, key: standIns.misp.keys.user, ...changes }));

		it.each(['admin', 'publisher', 'user', 'readOnly'] as const)("is green with the %s's key", async (role) => {
			expect(await test({ key: standIns.misp.keys[role] })).toMatchObject({ ok: true });
		});
		it('is green when the URL ends in a slash', async () => {
			expect(await test({ url: `${standIns.misp.url}/` })).toMatchObject({ ok: true });
		});
		it('names the key when the key is wrong', async () => {
			expect(await test({ key: 'x'.repeat(40) })).toEqual({ ok: false, message: expect.stringMatching(/key/i) });
		});
		it('says that nobody answers at a wrong address', async () => {
			expect(await test({ url: nobodyUrl })).toEqual({
				ok: false,
				message: expect.stringMatching(/does not accept connections.*URL/i),
			});
		});
		it('says that a web page is not an API', async () => {
			expect(await test({ url: websiteUrl })).toEqual({ ok: false, message: expect.stringMatching(/page|not MISP/i) });
		});
		it('says that a certificate is not trusted, and what to do', async () => {
			expect(await test({ url: tls[0]?.url })).toEqual({ ok: false, message: expect.stringMatching(/certificate/i) });
		});
		it('is green with that certificate when it is told to ignore it', async () => {
			expect(await test({ url: tls[0]?.url, allowUnauthorizedCerts: true })).toMatchObject({ ok: true });
		});
	});

	describe('Cytomic Orion', () => {
		const test = async (changes: Partial<OrionAccess>) =>
			await server.testCredential(orionCredential({ ...orionAccess, ...changes }));

		it('is green with the right application', async () => {
			expect(await test({})).toMatchObject({ ok: true });
		});
		it('is green with the short form of the API URL', async () => {
			expect(await test({ apiUrl: orionAccess.apiUrl.replace(/\/api\/v1\/applications\/$/, '') })).toMatchObject({
				ok: true,
			});
		});
		it('names user name and password when they are wrong', async () => {
			expect(await test({ password: 'wrong' })).toEqual({
				ok: false,
				message: expect.stringMatching(/user name and password/i),
			});
		});
		it('names the client when it is unknown', async () => {
			expect(await test({ clientSecret: 'wrong' })).toEqual({ ok: false, message: expect.stringMatching(/client/i) });
		});
		it('says that nobody answers at a wrong token URL', async () => {
			expect(await test({ tokenUrl: `${nobodyUrl}/oauth/token` })).toEqual({
				ok: false,
				message: expect.stringMatching(/does not accept connections.*Token URL/i),
			});
		});
		it('says that nobody answers at a wrong API URL', async () => {
			expect(await test({ apiUrl: `${nobodyUrl}/api/v1/applications/` })).toEqual({
				ok: false,
				message: expect.stringMatching(/does not accept connections.*API URL/i),
			});
		});
		it('says that a web page is not a token server', async () => {
			expect(await test({ tokenUrl: websiteUrl })).toEqual({
				ok: false,
				message: expect.stringMatching(/Token URL.*web page/i),
			});
		});
		it('says that a web page is not the API', async () => {
			expect(await test({ apiUrl: websiteUrl })).toEqual({
				ok: false,
				message: expect.stringMatching(/API URL.*web page/i),
			});
		});
		it('says that a certificate is not trusted', async () => {
			expect(await test({ tokenUrl: `${tls[1]?.url}${new URL(orionAccess.tokenUrl).pathname}` })).toEqual({
				ok: false,
				message: expect.stringMatching(/certificate/i),
			});
		});
	});
});
