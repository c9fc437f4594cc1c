import { createInterface } from 'node:readline/promises';
import { CHAIN, ChainBroken, type ChainStep, runChain } from './demo/chain';
import { checkChain } from './demo/check';
import { HELP, type DemoOptions, readOptions, WrongSettings } from './demo/options';
import { expectAnswers, NoAnswer } from './demo/reach';
import { report } from './demo/report';
import { openServers } from './demo/servers';
import { ensureN8n } from './n8n/install';
import { withPackedPackage } from './n8n/package';
import { onInterrupt } from './n8n/processes';
import { withProgress } from './n8n/progress';
import { createN8n } from './n8n/run';
import type { N8nServer } from './n8n/server';
import type { Credential, Workflow } from './n8n/workflow';
import { MispTrouble } from './mispClient';
import { mispCredential, orionCredential } from './standIns';
import { workflowNamed } from './workflows';

/** What was started, to be stopped in reverse order. */
const started: Array<() => Promise<void>> = [];
async function stopAll(): Promise<void> {
	for (const stop of started.splice(0).reverse()) await stop();
}

/** Runs the demo and gives the exit code. */
async function main(options: DemoOptions): Promise<number> {
	if (!(await isAllowed(options))) {
		process.stderr.write('Nothing was done.\n');
		return 3;
	}
	await expectAnswers(options);
	await ensureN8n();
	const n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
	started.push(async () => await n8n.remove());
	const servers = await openServers(options);
	started.push(async () => await servers.close());

	const record = await withProgress('starting n8n', 'The chain has run', async (progress) => {
		const server = await n8n.start();
		const credentials = await acceptedCredentials(server, [
			mispCredential(servers.misp.access),
			orionCredential(servers.orion.access),
		]);
		const workflows = new Map<ChainStep, { id: string; workflow: Workflow }>();
		for (const name of CHAIN) {
			const workflow = await workflowNamed(name);
			workflows.set(name, { workflow, id: await server.createWorkflow(workflow, credentials) });
		}
		return await runChain(
			servers,
			async (name) => {
				const known = workflows.get(name);
				if (!known) throw new Error(`The workflow ${name} was not made`);
				return { workflow: known.workflow, execution: await server.runWorkflow(known.id) };
			},
			progress,
		);
	});

	const checks = checkChain(record, { ownMisp: !servers.misp.real });
	process.stdout.write(`\n${report(record, checks, servers)}`);
	return checks.every(({ ok }) => ok) ? 0 : 1;
}

/** The credentials in n8n, after its Test buttons said yes to all of them: nothing is written before. */
async function acceptedCredentials(
	server: N8nServer,
	credentials: ReadonlyArray<Omit<Credential, 'id'>>,
): Promise<Credential[]> {
	const created: Credential[] = [];
	for (const credential of credentials) {
		const { ok, message } = await server.testCredential(credential);
		if (!ok) throw new ChainBroken(`${credential.name} does not accept what the demo was given: ${message}`);
		created.push(await server.createCredential(credential));
	}
	return created;
}

/** Real servers are written to only after a yes. */
async function isAllowed({ yes, misp, orion }: DemoOptions): Promise<boolean> {
	if (yes || (!misp && !orion)) return true;
	const plans = [
		...(misp
			? [
					`MISP at ${misp.url}: fetch all its enabled feeds, add two small events, tag and publish events, and untag them`,
				]
			: []),
		...(orion
			? [`Orion at ${orion.apiUrl}: import the IOCs of all tagged events, delete those of one of the two small events`]
			: []),
	];
	process.stdout.write(`The demo will write to real servers:\n${plans.map((plan) => `  - ${plan}\n`).join('')}`);
	if (!process.stdin.isTTY) {
		process.stderr.write('There is nobody to ask here; add --yes if this is what you want.\n');
		return false;
	}
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('Go on? [y/N] ');
	terminal.close();
	return /^y(es)?$/i.test(answer.trim());
}

async function run(): Promise<number> {
	try {
		const options = readOptions(process.argv.slice(2), process.env);
		if (options.help) {
			process.stdout.write(HELP);
			return 0;
		}
		return await main(options);
	} catch (error) {
		const known = [WrongSettings, NoAnswer, ChainBroken, MispTrouble].some((kind) => error instanceof kind);
		process.stderr.write(
			`\n${error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
		);
		return error instanceof WrongSettings ? 2 : 1;
	} finally {
		await stopAll();
	}
}

onInterrupt(stopAll);
void run().then((code) => process.exit(code));
