import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTROL_TAGS, MispClient } from '../../sandbox/mispClient';
import type { Execution } from '../../sandbox/n8n/execution';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import type { Credential } from '../../sandbox/n8n/workflow';
import { mispCredential, orionCredential, type StandIns, startStandIns } from '../../sandbox/standIns';
import { workflowNamed } from '../../sandbox/workflows';
import { makeCertificates } from '../engine/security/certificates';
import { type QuotingFront, startQuotingFront } from './quotingFront';

/** Every value of a credential that must be nowhere but in n8n's encrypted record of it, by what it is. */
interface Secrets {
	[name: string]: string;
}

const WRONG_KEY = 'wr0ngKeyThatSomebodyPastedByMistake12345';
/** In the title of an event, to see that the search looks where n8n keeps items. */
const MARK = 'Mark of an item that n8n saved';

describe('What n8n keeps of runs with our nodes, good and failed', () => {
	let standIns: StandIns;
	let misp: QuotingFront;
	let orion: QuotingFront;
	let elsewhere: QuotingFront;
	let n8n: N8n;
	let server: N8nServer;
	let good: Credential[];
	let wrong: Credential[];
	const { client, authority } = makeCertificates();
	const failures: string[] = [];

	const orionAccess = () => ({
		...standIns.orion.credentials,
		apiUrl: `${orion.url}${new URL(standIns.orion.apiUrl).pathname}`,
		tokenUrl: `${orion.url}${new URL(standIns.orion.tokenUrl).pathname}`,
	});
	const mispAccess = (key: string): Omit<Credential, 'id'> => {
		const credential = mispCredential({ url: misp.url, key });
		const certificate = { ca: authority, clientCertificate: client.cert, clientKey: client.key };
		return { ...credential, data: { ...credential.data, ...certificate } };
	};

	beforeAll(async () => {
		standIns = await startStandIns();
		misp = await startQuotingFront(standIns.misp.url);
		orion = await startQuotingFront(standIns.orion.url);
		elsewhere = await startQuotingFront(standIns.misp.url);
		for (let event = 0; event < 4; event++) {
			standIns.misp.store.addEvent({
				info: `${MARK} ${event}`,
				published: true,
				tags: [{ name: CONTROL_TAGS.upload, local: true }],
				attributes: Array.from({ length: 5 }, (_, n) => ({
					type: 'domain',
					value: `host-${event}-${n}.secrets-test.com`,
					to_ids: true,
				})),
			});
		}
		n8n = await withPackedPackage(
			async (tarball) =>
				await createN8n({ tarball, variables: { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console,file' } }),
		);
		server = await n8n.start();
		good = [
			await server.createCredential(mispAccess(standIns.misp.keys.admin)),
			await server.createCredential(orionCredential(orionAccess())),
		];
		wrong = [
			await server.createCredential(mispAccess(WRONG_KEY)),
			await server.createCredential(orionCredential({ ...orionAccess(), password: 'wr0ng-password-of-the-app' })),
		];
	});
	afterAll(async () => {
		await n8n?.remove();
		await Promise.all([misp, orion, elsewhere].map(async (front) => await front?.close()));
		await standIns?.close();
	});
	afterEach(() => {
		misp.instead = () => undefined;
		orion.instead = () => undefined;
	});

	const run = async (name: string, credentials: Credential[] = good): Promise<Execution> =>
		await server.runWorkflow(await server.createWorkflow(await workflowNamed(name), credentials));

	/** Runs what has to fail, so that n8n saves an error. */
	async function fail(name: string, credentials: Credential[] = good): Promise<void> {
		const { error } = await run(name, credentials);
		expect(error?.message).toBeTruthy();
		failures.push(`${error?.message} ${error?.description}`);
	}

	async function tagAgain(tag: string): Promise<void> {
		const analyst = new MispClient({ url: standIns.misp.url, key: standIns.misp.keys.admin });
		for (const { info, uuid } of await analyst.events()) if (info.startsWith(MARK)) await analyst.tag(uuid, tag);
	}

	it('an upload and a deletion go through', async () => {
		expect((await run('upload-iocs')).error).toBeUndefined();
		expect(standIns.orion.iocs.size).toBe(20);
		await tagAgain(CONTROL_TAGS.delete);
		expect((await run('delete-iocs')).error).toBeUndefined();
		expect(standIns.orion.iocs.size).toBe(0);
	});

	it('a token that ended is renewed', async () => {
		standIns.orion.revokeTokens();
		await tagAgain(CONTROL_TAGS.upload);
		expect((await run('upload-iocs')).error).toBeUndefined();
		expect(standIns.orion.iocs.size).toBe(20);
		await tagAgain(CONTROL_TAGS.upload);
	});

	it('a wrong key, and a wrong password, fail', async () => {
		await fail(
			'upload-iocs',
			[wrong[0], good[1]].flatMap((one) => one ?? []),
		);
		await fail(
			'first-test',
			[good[0], wrong[1]].flatMap((one) => one ?? []),
		);
	});

	it.each<[string, 'misp' | 'orion', (path: string) => boolean, number, (quote: string) => unknown]>([
		['a refusal of MISP', 'misp', () => true, 403, (quote) => ({ name: quote, message: quote, url: '/' })],
		['a fault of MISP', 'misp', (path) => /restSearch/.test(path), 500, (quote) => ({ message: quote })],
		[
			'a refusal of an import',
			'orion',
			(path) => /iocs/.test(path),
			400,
			(quote) => ({ success: false, error: quote }),
		],
		['a 200 that says no', 'orion', (path) => /iocs/.test(path), 200, (quote) => ({ success: false, message: quote })],
		['a token that never is right', 'orion', (path) => /iocs/.test(path), 401, (quote) => ({ message: quote })],
		[
			'a refused sign-in',
			'orion',
			(path) => /oauth/.test(path),
			400,
			(quote) => ({ error: 'x', error_description: quote }),
		],
	])('%s that quotes the request fails', async (what, whose, where, status, body) => {
		if (what === 'a refused sign-in') standIns.orion.revokeTokens();
		const front = whose === 'misp' ? misp : orion;
		const before = front.passed.length;
		front.instead = ({ path }, quote) => (where(path) ? { status, body: body(quote) } : undefined);
		await fail('upload-iocs');
		expect(front.passed.slice(before).some(({ path }) => where(path))).toBe(true);
	});

	it('the Test buttons fail where the servers quote, and follow no redirect to another host', async () => {
		const press = async (credential: Omit<Credential, 'id'>) => {
			const { ok, message } = await server.testCredential(credential);
			failures.push(message);
			return ok;
		};
		misp.instead = (_passed, quote) => ({ status: 403, body: { message: quote } });
		orion.instead = (_passed, quote) => ({ status: 400, body: { error: 'x', error_description: quote } });
		expect(await press(mispAccess(standIns.misp.keys.admin))).toBe(false);
		expect(await press(orionCredential(orionAccess()))).toBe(false);

		const away = { status: 307, headers: { location: `${elsewhere.url}/servers/getVersion` }, body: '' };
		misp.instead = () => away;
		orion.instead = ({ path }) => (path.startsWith(new URL(standIns.orion.apiUrl).pathname) ? away : undefined);
		expect(await press(mispAccess(standIns.misp.keys.admin))).toBe(false);
		expect(await press(orionCredential(orionAccess()))).toBe(false);
		orion.instead = ({ path }) =>
			/forensics/.test(path) ? { status: 200, body: {} } : /oauth/.test(path) ? undefined : away;
		await press(orionCredential(orionAccess()));
		orion.instead = () => away;
		expect(await press(orionCredential(orionAccess()))).toBe(false);
		expect(elsewhere.passed).toEqual([]);
	});

	describe('of all that', () => {
		let secrets: Secrets;
		/** Where what was kept is, and what is in it. */
		const kept = new Map<string, Buffer>();

		beforeAll(async () => {
			const { clientId, clientSecret, password } = standIns.orion.credentials;
			const tokens = new Set(
				orion.passed
					.map(({ headers }) => headers.authorization ?? '')
					.filter((header) => header.startsWith('Bearer '))
					.map((header) => header.slice('Bearer '.length)),
			);
			expect(tokens.size).toBeGreaterThan(1);
			secrets = {
				'the API key': standIns.misp.keys.admin,
				'the wrong API key': WRONG_KEY,
				'the client secret': clientSecret,
				'the client secret as Basic': Buffer.from(`${clientId}:${clientSecret}`).toString('base64'),
				'the password': password,
				'the wrong password': 'wr0ng-password-of-the-app',
				// The first line of a key is the same for many; the third is this one's.
				'the key of the client certificate': client.key.split('\n')[3] ?? '',
				...Object.fromEntries([...tokens].map((token, n) => [`access token ${n + 1}`, token])),
			};
			for (const text of await executions(server)) kept.set(`n8n's API, part ${kept.size + 1}`, Buffer.from(text));
			kept.set('what the nodes and Test buttons said', Buffer.from(failures.join('\n')));
			kept.set("n8n's log at level debug", Buffer.from(server.printed()));
			await server.stop();
			for (const file of await filesBelow(n8n.userFolder)) {
				if (!file.includes('node_modules')) kept.set(file.slice(n8n.userFolder.length + 1), await readFile(file));
			}
		});

		it('the search sees items and errors in the database, the log and the API', () => {
			const names = [...kept].filter(([, content]) => content.includes(MARK)).map(([name]) => name);
			expect(names).toContainEqual(expect.stringMatching(/database\.sqlite/));
			expect(names).toContainEqual(expect.stringMatching(/API/));
			const withheld = [...kept].filter(([, content]) => content.includes('[withheld]')).map(([name]) => name);
			expect(withheld).toContainEqual(expect.stringMatching(/database\.sqlite/));
			expect(withheld).toContain('what the nodes and Test buttons said');
			expect([...kept.keys()]).toContainEqual(expect.stringMatching(/n8n.*\.log$/));
			expect(kept.get("n8n's log at level debug")?.toString()).toMatch(/debug|Executing|Workflow execution/i);
		});

		it('nothing holds a key, a secret, a password, a token or the key of a certificate', () => {
			const found = [...kept].flatMap(([place, content]) =>
				Object.entries(secrets)
					.filter(([, secret]) => spellings(secret).some((spelling) => content.includes(spelling)))
					.map(([name]) => `${name} is in ${place}`),
			);
			expect(found).toEqual([]);
		});

		it('no address that was asked for holds one', () => {
			const addresses = [...misp.passed, ...orion.passed].map(({ path }) => path).join('\n');
			const found = Object.entries(secrets)
				.filter(([, secret]) => spellings(secret).some((spelling) => addresses.includes(spelling)))
				.map(([name]) => name);
			expect(found).toEqual([]);
		});
	});
});

/** How a secret could be written down: as it is, in JSON, in JSON inside of JSON, in an address, in a form. */
function spellings(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		encodeURIComponent(secret),
		new URLSearchParams([['', secret]]).toString().slice(1),
	];
}

/** Every execution as n8n's editor reads it, and the list of them. */
async function executions({ url, login }: N8nServer): Promise<string[]> {
	const headers = { 'Content-Type': 'application/json' };
	const entered = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers,
		body: JSON.stringify({ emailOrLdapLoginId: login.email, password: login.password }),
	});
	const cookie = entered.headers
		.getSetCookie()
		.map((one) => one.split(';')[0])
		.join('; ');
	const read = async (path: string): Promise<string> => {
		const answer = await fetch(url + path, { headers: { Cookie: cookie } });
		if (!answer.ok) throw new Error(`n8n answered ${path} with ${answer.status}`);
		return await answer.text();
	};
	const list = await read('/rest/executions?limit=100');
	const ids = [...list.matchAll(/"id":"(\d+)"/g)].map(([, id]) => id);
	expect(ids.length).toBeGreaterThan(8);
	return [list, ...(await Promise.all(ids.map(async (id) => await read(`/rest/executions/${id}`))))];
}

async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const inner = entries.map(async (entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : await filesBelow(path);
		return entry.isFile() ? [path] : [];
	});
	return (await Promise.all(inner)).flat();
}
