import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts, n8nEnvironment } from './n8n/environment';
import { ensureN8n } from './n8n/install';
import { launch, onInterrupt } from './n8n/processes';

/**
 * `npm run n8n -- <command>`: the n8n that demo and tests use, as a command of one's own. Its data are in N8N_USER_FOLDER, or else in
 * ~/misp-orion-sandbox; it tells nothing to the internet.
 */
async function main(): Promise<void> {
	const { node, n8nBin } = await ensureN8n();
	const userFolder = resolve(process.env['N8N_USER_FOLDER'] ?? join(homedir(), 'misp-orion-sandbox'));
	const [brokerPort = 0] = await freePorts(1);
	const env = n8nEnvironment({
		userFolder,
		port: Number(process.env['N8N_PORT'] ?? 5678),
		brokerPort,
		encryptionKey: '',
	});
	// n8n makes a key of its own and keeps it in its folder, as it does for everybody.
	Reflect.deleteProperty(env, 'N8N_ENCRYPTION_KEY');
	const child = launch(node, [n8nBin, ...process.argv.slice(2)], { env, stdio: 'inherit' });
	onInterrupt(async () => {
		child.kill('SIGTERM');
		await new Promise((ended) => child.once('close', ended));
	});
	child.once('close', (code) => process.exit(code ?? 1));
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
