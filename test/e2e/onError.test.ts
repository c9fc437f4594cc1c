import { setTimeout as pause } from 'node:timers/promises';
import { isRecord } from '../../sandbox/json';
import { itemsOf, readExecution } from '../../sandbox/n8n/execution';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import { startedByWebhook } from '../../sandbox/n8n/workflow';
import { mispCredential, type StandIns, startStandIns } from '../../sandbox/standIns';
import { workflowNamed } from '../../sandbox/workflows';

const ON_ERROR = 'mispOrionOnError';

/** n8n's public API, for what the other tests do not need of it. */
async function publicApi({ url, login }: N8nServer) {
	const session = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: login.email, password: login.password }),
	});
	const Cookie = session.headers.getSetCookie().join('; ');
	const json = async (path: string, init: RequestInit = {}) => {
		const response = await fetch(url + path, init);
		const body: unknown = await response.json();
		return { status: response.status, body: isRecord(body) ? body : {} };
	};
	const headers = { Cookie, 'Content-Type': 'application/json' };
	const scopes = await json('/rest/api-keys/scopes', { headers });
	const key = await json('/rest/api-keys', {
		method: 'POST',
		headers,
		body: JSON.stringify({ label: 'on-error', expiresAt: null, scopes: scopes.body.data }),
	});
	const made = isRecord(key.body.data) ? String(key.body.data.rawApiKey) : '';
	return async (path: string, body?: object) =>
		await json(`/api/v1${path}`, {
			headers: { 'X-N8N-API-KEY': made, 'Content-Type': 'application/json' },
			...(body && { method: 'POST', body: JSON.stringify(body) }),
		});
}

type Api = Awaited<ReturnType<typeof publicApi>>;

async function executionsOf(api: Api, workflowId: string): Promise<unknown[]> {
	const { body } = await api(`/executions?workflowId=${workflowId}&includeData=true`);
	return Array.isArray(body.data) ? body.data : [];
}

async function waitForExecutions(api: Api, workflowId: string): Promise<unknown[]> {
	for (let looks = 0; looks < 120; looks++) {
		const found = await executionsOf(api, workflowId);
		if (found.some((one) => isRecord(one) && one.finished === true)) return found;
		await pause(500);
	}
	throw new Error(`n8n ran no workflow ${workflowId}`);
}

describe('on-error, imported by the command line', () => {
	let standIns: StandIns;
	let n8n: N8n;
	let server: N8nServer;
	let api: Api;
	let failing = '';

	beforeAll(async () => {
		standIns = await startStandIns();
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		await n8n.importCredentials([
			{ id: 'mispCredential01', ...mispCredential({ url: standIns.misp.url, key: 'x'.repeat(40) }) },
		]);
		const workflows = [await workflowNamed('on-error'), startedByWebhook(await workflowNamed('fetch-feeds'), 'fail')];
		[, failing = ''] = await n8n.importWorkflows(workflows);
		server = await n8n.start();
		api = await publicApi(server);
	});
	afterAll(async () => {
		await n8n?.remove();
		await standIns?.close();
	});

	it('keeps its id, and the other workflow names it', async () => {
		expect((await api(`/workflows/${ON_ERROR}`)).status).toBe(200);
		expect((await api(`/workflows/${failing}`)).body).toMatchObject({ settings: { errorWorkflow: ON_ERROR } });
	});

	it('is called when a run of the clock fails, reports it in our words with a link, and calls nobody itself', async () => {
		await server.activateWorkflow(ON_ERROR);
		await server.activateWorkflow(failing);
		expect((await server.callWebhook('fail')).kind).toBe('failed');
		const [run] = await waitForExecutions(api, ON_ERROR);
		const report = itemsOf(readExecution(run), 'Connect your chat here')[0] ?? {};
		const [failed] = await executionsOf(api, failing);
		const id = isRecord(failed) ? String(failed.id) : '';
		expect(report).toMatchObject({
			workflow: 'Fetch feeds into MISP',
			node: 'Fetch feeds',
			error: expect.stringMatching(/does not accept this API key/),
			execution: id,
			link: `${server.url}/workflow/${failing}/executions/${id}`,
			text: expect.stringContaining('Fetch feeds into MISP failed at "Fetch feeds"'),
		});
		await pause(2_000);
		expect(await executionsOf(api, ON_ERROR)).toHaveLength(1);
	});

	it('that fails itself is not called for its own failure', async () => {
		const broken = await workflowNamed('on-error');
		for (const node of broken.nodes) {
			if (node.name === 'Of other workflows')
				Object.assign(node, {
					type: 'n8n-nodes-base.stopAndError',
					typeVersion: 1,
					parameters: { errorMessage: 'Oh' },
				});
		}
		const { id = '', ...rest } = broken;
		expect(id).toBe(ON_ERROR);
		const { name, nodes, connections, settings = {} } = rest;
		const made = await api('/workflows', { name, nodes, connections, settings });
		const brokenId = String(made.body.id);
		const other = startedByWebhook(await workflowNamed('fetch-feeds'), 'fail-again');
		const second = await api('/workflows', {
			name: other.name,
			nodes: other.nodes.map((node) => ({
				...node,
				...(node.credentials && { credentials: { mispInstanceApi: { id: 'mispCredential01', name: 'MISP' } } }),
			})),
			connections: other.connections,
			settings: { ...other.settings, errorWorkflow: brokenId },
		});
		expect([made.status, second.status]).toEqual([200, 200]);
		await server.activateWorkflow(brokenId);
		await server.activateWorkflow(String(second.body.id));
		expect((await server.callWebhook('fail-again')).kind).toBe('failed');
		for (let looks = 0; looks < 60 && (await executionsOf(api, brokenId)).length === 0; looks++) await pause(500);
		await pause(3_000);
		expect(await executionsOf(api, brokenId)).toHaveLength(1);
	});
});
