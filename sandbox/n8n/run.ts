import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, n8nEnvironment } from './environment';
import { type Execution, findPrintedJson, readExecution } from './execution';
import { ensureN8n, type N8nInstall } from './install';
import { PACKAGE_NAME, unpackInto } from './package';
import { plainLines, run } from './processes';
import { type N8nServer, startServer } from './server';
import { type Credential, type Workflow, withCredentials } from './workflow';

/** A real n8n with our package in it and a data folder of its own, which is gone after `remove()`. */
export interface N8n {
	readonly install: N8nInstall;
	readonly userFolder: string;
	/** `n8n import:credentials`. */
	importCredentials(credentials: readonly Credential[]): Promise<void>;
	/** `n8n import:workflow`; the imported credentials are picked in its nodes. Each workflow gets an id where it has none; the ids are returned. */
	importWorkflows(workflows: readonly Workflow[]): Promise<string[]>;
	/** `n8n execute`: runs a workflow from its Manual trigger and reads the printed result. */
	execute(workflowId: string): Promise<Execution>;
	/** `n8n start`, with its owner set up. */
	start(): Promise<N8nServer>;
	/** The hosts that n8n tried to connect to so far, each once. Only with `recordConnections`. */
	contacted(): Promise<string[]>;
	remove(): Promise<void>;
}

/** Sets up an n8n for one run. `tarball` is what `npm pack` made of this package; without one, n8n runs with its own nodes only. */
export async function createN8n(
	options: { tarball?: string; recordConnections?: true; variables?: Readonly<Record<string, string>> } = {},
): Promise<N8n> {
	const install = await ensureN8n();
	const userFolder = await mkdtemp(join(tmpdir(), 'misp-orion-n8n-'));
	if (options.tarball !== undefined) await unpackInto(userFolder, options.tarball);
	const encryptionKey = randomBytes(24).toString('hex');
	const connectionsFile = options.recordConnections && join(userFolder, 'connections.txt');
	const { variables } = options;
	const imported: Credential[] = [];
	let server: N8nServer | undefined;

	const command = async (args: readonly string[]) => {
		const [port, brokerPort] = await freePorts(2);
		if (port === undefined || brokerPort === undefined) throw new Error('Two free ports are needed');
		const env = n8nEnvironment({ userFolder, port, brokerPort, encryptionKey, connectionsFile, variables });
		return await run(install.node, [install.n8nBin, ...args], { env, cwd: userFolder });
	};

	const importFile = async (what: 'credentials' | 'workflow', content: unknown) => {
		const folder = join(userFolder, 'import');
		await mkdir(folder, { recursive: true });
		const file = join(folder, `${what}.json`);
		await writeFile(file, JSON.stringify(content), { mode: 0o600 });
		const finished = await command([`import:${what}`, `--input=${file}`]);
		await rm(file);
		// n8n may end with code 0 and a complaint, and with another code although it did its work: what it says decides.
		if (!/Successfully imported \d+/.test(finished.stdout)) {
			throw new Error(
				`n8n could not import the ${what}:\n${plainLines(`${finished.stdout}\n${finished.stderr}`).slice(-20).join('\n')}`,
			);
		}
	};

	return {
		install,
		userFolder,
		async importCredentials(credentials) {
			await importFile('credentials', credentials);
			imported.push(...credentials);
		},
		async importWorkflows(workflows) {
			const withIds = workflows.map((workflow) => ({
				...withCredentials(workflow, imported),
				id: workflow.id ?? randomBytes(8).toString('hex'),
			}));
			await importFile('workflow', withIds);
			return withIds.map(({ id }) => id);
		},
		async execute(workflowId) {
			const finished = await command(['execute', `--id=${workflowId}`]);
			// The process can die of SIGSEGV while it exits, after its work is done, so its exit code says nothing.
			const printed = findPrintedJson(finished.stdout);
			if (printed === undefined) {
				throw new Error(
					`n8n did not run the workflow:\n${plainLines(`${finished.stdout}\n${finished.stderr}`).slice(-20).join('\n')}`,
				);
			}
			return readExecution(printed);
		},
		async start() {
			const [port, brokerPort] = await freePorts(2);
			if (port === undefined || brokerPort === undefined) throw new Error('Two free ports are needed');
			server = await startServer(install, { userFolder, port, brokerPort, encryptionKey, connectionsFile, variables });
			try {
				if (options.tarball !== undefined) await server.expectNode(`${PACKAGE_NAME}.misp`);
			} catch (error) {
				// A package that cannot be loaded is left out by n8n with a line in its log.
				throw new Error(
					`n8n did not load the package: ${String(error)}. It printed:\n${plainLines(server.printed()).slice(-30).join('\n')}`,
				);
			}
			return server;
		},
		async contacted() {
			if (connectionsFile === undefined) throw new Error('Connections were not recorded');
			const hosts = await readFile(connectionsFile, 'utf8');
			return [...new Set(hosts.split('\n').filter((host) => host !== ''))];
		},
		async remove() {
			await server?.stop();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}
