import { setTimeout as pause } from 'node:timers/promises';
import { type N8nSettings, n8nEnvironment } from './environment';
import type { Execution } from './execution';
import type { N8nInstall } from './install';
import { killTree, launch } from './processes';
import { type CredentialTest, N8nApi, OWNER } from './api';
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
	/** n8n's own settings of every node it has loaded, by node type. */
	nodeTypes(): Promise<string[]>;
	restart(): Promise<void>;
	stop(): Promise<void>;
	/** What n8n printed, for when something is wrong. */
	printed(): string;
}

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 250;

export async function startServer(install: N8nInstall, settings: N8nSettings): Promise<N8nServer> {
	const url = `http://127.0.0.1:${settings.port}`;
	const output: string[] = [];
	let child = boot();

	function boot() {
		const started = launch(install.node, [install.n8nBin, 'start'], {
			env: n8nEnvironment(settings),
			cwd: settings.userFolder,
		});
		for (const stream of [started.stdout, started.stderr])
			stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
		return started;
	}

	async function ready() {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(await answers(`${url}/healthz/readiness`))) {
			if (child.exitCode !== null || child.signalCode !== null)
				throw new Error(`n8n ended while it started:\n${output.join('').slice(-2_000)}`);
			if (Date.now() > deadline)
				throw new Error(`n8n did not start within ${START_TIMEOUT_MS / 1000} s:\n${output.join('').slice(-2_000)}`);
			await pause(POLL_MS);
		}
	}

	async function halt() {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((resolve) => child.once('close', resolve));
		child.kill('SIGTERM');
		const killer = setTimeout(() => killTree(child, 'SIGKILL'), STOP_TIMEOUT_MS);
		await ended;
		clearTimeout(killer);
	}

	try {
		await ready();
		const api = new N8nApi(url);
		await api.setUpOwner();
		return {
			url,
			login: { email: OWNER.email, password: OWNER.password },
			createCredential: async (credential) => await api.createCredential(credential),
			testCredential: async (credential) => await api.testCredential(credential),
			createWorkflow: async (workflow, credentials) => await api.createWorkflow(workflow, credentials),
			runWorkflow: async (id, timeoutMs) => await api.runWorkflow(id, timeoutMs),
			nodeTypes: async () => await api.nodeTypes(),
			async restart() {
				await halt();
				child = boot();
				await ready();
			},
			stop: halt,
			printed: () => output.join(''),
		};
	} catch (error) {
		await halt();
		throw error;
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		// Nobody listens there yet.
		return false;
	}
}
