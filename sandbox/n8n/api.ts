import { setTimeout as pause } from 'node:timers/promises';
import { isRecord } from '../json';
import { type Execution, readExecution } from './execution';
import { type Credential, manualTriggerOf, type Workflow, withCredentials } from './workflow';

// The owner of a sandbox's n8n. It listens on loopback only and its data go with it, so this is no secret.
export const OWNER = {
	email: 'analyst@example.com',
	password: 'Sandbox-1234',
	firstName: 'MISP',
	lastName: 'Analyst',
} as const;

/** What the Test button of a credential shows. */
export interface CredentialTest {
	ok: boolean;
	message: string;
}

const RUN_TIMEOUT_MS = 300_000;
const POLL_MS = 150;
const FINAL_STATUSES: readonly unknown[] = ['success', 'error', 'crashed', 'canceled'];

/** The calls that n8n's own editor makes, and its public API for reading executions. */
export class N8nApi {
	private cookie = '';
	private apiKey = '';
	private readonly workflows = new Map<string, Workflow>();

	constructor(private readonly url: string) {}

	/** First call on a new n8n: makes the owner, logs him in and gives him an API key. */
	async setUpOwner(): Promise<void> {
		await this.call('POST', '/rest/owner/setup', OWNER);
		const scopes = await this.call('GET', '/rest/api-keys/scopes');
		const key = await this.call('POST', '/rest/api-keys', { label: 'sandbox', expiresAt: null, scopes });
		this.apiKey = field(key, 'rawApiKey');
	}

	async createCredential(credential: Omit<Credential, 'id'>): Promise<Credential> {
		const { name, type, data } = credential;
		const created = await this.call('POST', '/rest/credentials', { name, type, data });
		return { ...credential, id: field(created, 'id') };
	}

	/** n8n tests stored credentials only, so one is made for the test and removed again. */
	async testCredential(credential: Omit<Credential, 'id'>): Promise<CredentialTest> {
		const stored = await this.createCredential(credential);
		try {
			const result = await this.call('POST', '/rest/credentials/test', { credentials: stored });
			return { ok: field(result, 'status') === 'OK', message: field(result, 'message') };
		} finally {
			await this.call('DELETE', `/rest/credentials/${stored.id}`);
		}
	}

	async createWorkflow(workflow: Workflow, credentials: readonly Credential[]): Promise<string> {
		const { name, nodes, connections, settings } = withCredentials(workflow, credentials);
		const created = await this.call('POST', '/rest/workflows', {
			name,
			nodes,
			connections,
			settings: settings ?? {},
			active: false,
		});
		const id = field(created, 'id');
		this.workflows.set(id, workflow);
		return id;
	}

	async runWorkflow(id: string, timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		const workflow = this.workflows.get(id);
		if (!workflow) throw new Error(`No workflow ${id} was made here`);
		const started = await this.call('POST', `/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: manualTriggerOf(workflow) },
		});
		const executionId = field(started, 'executionId');
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const { status } = await this.readExecution(executionId, false);
			if (FINAL_STATUSES.includes(status)) break;
			if (Date.now() > deadline)
				throw new Error(`The workflow "${workflow.name}" still runs after ${timeoutMs / 1000} s`);
			await pause(POLL_MS);
		}
		return readExecution(await this.readExecution(executionId, true));
	}

	/** An active workflow is started by its triggers, after a restart of n8n too. */
	async activateWorkflow(id: string): Promise<void> {
		await this.request('POST', `/api/v1/workflows/${id}/activate`);
	}

	/** Rejects where n8n has not loaded a node of this type. Works without the editor too, whose list of node types is not there then. */
	async expectNode(type: string): Promise<void> {
		await this.call('POST', '/rest/node-types', { nodeInfos: [{ name: type, version: 1 }] });
	}

	private async readExecution(id: string, includeData: boolean): Promise<Record<string, unknown>> {
		const execution = await this.request('GET', `/api/v1/executions/${id}?includeData=${includeData}`);
		if (!isRecord(execution)) throw new Error(`n8n gave no execution ${id}`);
		return execution;
	}

	/** A call of the editor's API, which wraps its answers in `data`. */
	private async call(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await this.request(method, path, body);
		return isRecord(answer) ? answer['data'] : answer;
	}

	private async request(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				Accept: 'application/json',
				...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
				...(path.startsWith('/api/') ? { 'X-N8N-API-KEY': this.apiKey } : { Cookie: this.cookie }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${method} ${path} with ${response.status}: ${text.slice(0, 500)}`);
		const login = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (login !== undefined) this.cookie = login.split(';')[0] ?? '';
		return text === '' ? undefined : JSON.parse(text);
	}
}

function field(value: unknown, name: string): string {
	const found = isRecord(value) ? value[name] : undefined;
	if (typeof found !== 'string' && typeof found !== 'number')
		throw new Error(`n8n's answer lacks "${name}": ${JSON.stringify(value).slice(0, 300)}`);
	return String(found);
}
