import { setTimeout as pause } from 'node:timers/promises';
import { type CredentialTest, N8nApi, OWNER } from './api';
import { type N8nSettings, n8nEnvironment } from './environment';
import type { Execution } from './execution';
import type { N8nInstall } from './install';
import { answers, startService } from './service';
import type { Credential, Workflow } from './workflow';

/** A running n8n. Its owner is set up; {@link N8nServer.login} logs into the editor. */
export interface N8nServer {
	readonly url: string;
	readonly login: { email: string; password: string };
	/** Makes a credential and returns it with the id n8n gave it. */
	createCredential(credential: Omit<Credential, 'id'>): Promise<Credential>;
	/** Presses the Test button of a credential. */
	testCredential(credential: Omit<Credential, 'id'>): Promise<CredentialTest>;
	/** Makes a workflow, with the given credentials picked in its nodes, and returns its id. */
	createWorkflow(workflow: Workflow, credentials: readonly Credential[]): Promise<string>;
	/** Runs a workflow from its Manual trigger and waits for its end. */
	runWorkflow(id: string, timeoutMs?: number): Promise<Execution>;
	/** Switches a workflow on: from then on its triggers start it. */
	activateWorkflow(id: string): Promise<void>;
	/** Calls the webhook of an active workflow, and waits for the end of the run where the webhook answers at the end. */
	callWebhook(path: string): Promise<WebhookAnswer>;
	/** Rejects where it has not loaded a node of this type. */
	expectNode(type: string): Promise<void>;
	restart(): Promise<void>;
	/** Starts it again after {@link N8nServer.kill}. */
	start(): Promise<void>;
	/** SIGKILL: no goodbye, nothing saved. */
	kill(): Promise<void>;
	stop(): Promise<void>;
	/** What n8n printed, for when something is wrong. */
	printed(): string;
}

/** `lost`: n8n went away before it answered. */
export type WebhookAnswer = { kind: 'ok' } | { kind: 'failed'; said: string } | { kind: 'lost' };

// n8n registers a webhook some seconds after the activation of its workflow, and answers with 404 until then.
const REGISTERED_TIMEOUT_MS = 60_000;
const POLL_MS = 250;

export async function startServer(install: N8nInstall, settings: N8nSettings): Promise<N8nServer> {
	const url = `http://127.0.0.1:${settings.port}`;
	const service = await startService({
		name: 'n8n',
		command: install.node,
		args: [install.n8nBin, 'start'],
		options: { env: n8nEnvironment(settings), cwd: settings.userFolder },
		ready: async () => await answers(`${url}/healthz/readiness`),
	});
	try {
		const api = new N8nApi(url);
		await api.setUpOwner();
		return {
			url,
			login: { email: OWNER.email, password: OWNER.password },
			createCredential: async (credential) => await api.createCredential(credential),
			testCredential: async (credential) => await api.testCredential(credential),
			createWorkflow: async (workflow, credentials) => await api.createWorkflow(workflow, credentials),
			runWorkflow: async (id, timeoutMs) => await api.runWorkflow(id, timeoutMs),
			activateWorkflow: async (id) => await api.activateWorkflow(id),
			callWebhook: async (path) => await callWebhook(`${url}/webhook/${path}`),
			expectNode: async (type) => await api.expectNode(type),
			async restart() {
				await service.stop();
				await service.start();
			},
			start: async () => await service.start(),
			kill: async () => await service.kill(),
			stop: async () => await service.stop(),
			printed: () => service.printed(),
		};
	} catch (error) {
		await service.stop();
		throw error;
	}
}

async function callWebhook(url: string): Promise<WebhookAnswer> {
	const deadline = Date.now() + REGISTERED_TIMEOUT_MS;
	for (;;) {
		let response: Response;
		let said: string;
		try {
			response = await fetch(url, { method: 'POST' });
			said = await response.text();
		} catch {
			return { kind: 'lost' };
		}
		if (response.ok) return { kind: 'ok' };
		if (response.status !== 404 || Date.now() > deadline) return { kind: 'failed', said: `${response.status} ${said}` };
		await pause(POLL_MS);
	}
}
