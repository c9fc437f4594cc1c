import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { onInterrupt } from './n8n/processes';
import { withProgress } from './n8n/progress';
import { withPackedPackage } from './n8n/package';
import { createN8n } from './n8n/run';
import { startConsole } from './console';
import { writeNotes } from './notes';
import { mispCredential, orionCredential, startStandIns } from './standIns';
import { workflowNamed, workflowNames } from './workflows';

const HELP = `npm run sandbox [-- --servers <folder>]

Starts a MISP, a Cytomic Orion and a feed server that stand in for the real ones, and a real n8n with
this package, its credentials and its workflows in place. Everything listens on this machine only, and
all data are gone when it stops. Stop it with Ctrl-C.

  --servers <folder>   only the servers, for an n8n of your own. Into that folder it writes what you need to
                       reach them: credentials.json for "n8n import:credentials", servers.env for the shell.
  --help               this text
`;

/** What was started, newest first: it is stopped in this order. */
const started: Array<() => Promise<void>> = [];
async function stopAll(): Promise<void> {
	for (const stop of started.splice(0).reverse()) await stop();
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { help: { type: 'boolean', short: 'h' }, servers: { type: 'string' } },
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	onInterrupt(async () => {
		process.stderr.write('\nStopping …\n');
		await stopAll();
	});
	if (values.servers === undefined) await everything();
	else await serversOnly(resolve(values.servers));
	process.stdout.write('Ctrl-C stops everything.\n');
}

async function serversOnly(folder: string): Promise<void> {
	const servers = await startServers();
	const notes = await writeNotes(folder, servers);
	started.push(async () => await notes.remove());
	process.stdout.write(`${addresses(servers)}\nHow to reach them is in ${notes.files.join(' and ')}.\n`);
}

async function everything(): Promise<void> {
	const n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
	started.push(async () => await n8n.remove());
	const servers = await startServers();
	const { misp, orion } = servers;

	const server = await withProgress('starting n8n', 'n8n is ready', async () => await n8n.start());
	const credentials = [
		await server.createCredential(mispCredential({ url: misp.url, key: misp.keys.admin })),
		await server.createCredential(orionCredential({ ...orion, ...orion.credentials })),
	];
	const names = await workflowNames();
	for (const name of names) await server.createWorkflow(await workflowNamed(name), credentials);

	process.stdout.write(`
n8n editor       ${server.url}
  e-mail         ${server.login.email}
  password       ${server.login.password}
  workflows      ${names.join(', ')}
${addresses(servers)}
Open the editor, log in, open "First test" and press Execute workflow. docs/getting-started.md goes on from there.
`);
}

type Servers = Awaited<ReturnType<typeof startServers>>;

async function startServers() {
	const standIns = await startStandIns();
	started.push(async () => await standIns.close());
	const console = await startConsole(standIns.orion);
	started.push(async () => await console.close());
	return { ...standIns, console };
}

const addresses = ({ misp, orion, console, feeds }: Servers): string => `
MISP             ${misp.url}
${Object.entries(misp.keys)
	.map(([role, key]) => `  ${`${role} key`.padEnd(14)} ${key}`)
	.join('\n')}
Cytomic Orion    ${orion.apiUrl}
  its console    ${console.url}
  token URL      ${orion.tokenUrl}
  client         ${orion.credentials.clientId} / ${orion.credentials.clientSecret}
  application    ${orion.credentials.username} / ${orion.credentials.password}
Feeds            ${feeds.url}
${feeds.feeds.map(({ name, format, url }) => `  ${format.padEnd(14)} ${name}: ${url}`).join('\n')}
`;

main().catch(async (error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	await stopAll();
	process.exit(1);
});
