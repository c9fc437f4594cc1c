import { onInterrupt } from './n8n/processes';
import { withProgress } from './n8n/progress';
import { withPackedPackage } from './n8n/package';
import { createN8n } from './n8n/run';
import { mispCredential, orionCredential, startStandIns } from './standIns';
import { workflowNamed, workflowNames } from './workflows';

const HELP = `npm run sandbox

Starts a MISP, a Cytomic Orion and a feed server that stand in for the real ones, and a real n8n with
this package, its credentials and its workflows in place. Everything listens on this machine only, and
all data are gone when it stops. Stop it with Ctrl-C.
`;

/** What was started, newest first: it is stopped in this order. */
const started: Array<() => Promise<void>> = [];
async function stopAll(): Promise<void> {
	for (const stop of started.splice(0).reverse()) await stop();
}

async function main(): Promise<void> {
	if (process.argv.includes('--help') || process.argv.includes('-h')) {
		process.stdout.write(HELP);
		return;
	}
	onInterrupt(async () => {
		process.stderr.write('\nStopping …\n');
		await stopAll();
	});

	const n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
	started.push(async () => await n8n.remove());
	const standIns = await startStandIns();
	started.push(async () => await standIns.close());
	const { misp, orion, feeds } = standIns;

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

MISP             ${misp.url}
${Object.entries(misp.keys)
	.map(([role, key]) => `  ${`${role} key`.padEnd(14)} ${key}`)
	.join('\n')}
Cytomic Orion    ${orion.apiUrl}
  token URL      ${orion.tokenUrl}
  client         ${orion.credentials.clientId} / ${orion.credentials.clientSecret}
  application    ${orion.credentials.username} / ${orion.credentials.password}
Feeds            ${feeds.url}
${feeds.feeds.map(({ name, format, url }) => `  ${format.padEnd(14)} ${name}: ${url}`).join('\n')}

Open the editor, log in, open "fetch-feeds" and press Execute workflow; then the others in their order.
Ctrl-C stops everything.
`);
}

main().catch(async (error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	await stopAll();
	process.exit(1);
});
