import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOrFail } from '../../sandbox/n8n/processes';

/** Puts a server behind TLS with a certificate that nobody signed, as many internal MISPs are. */
export async function startTlsFront(behind: string): Promise<{ url: string; close: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'misp-orion-tls-'));
	const key = join(folder, 'key.pem');
	const cert = join(folder, 'cert.pem');
	await runOrFail('Making a certificate (openssl)', 'openssl', [
		'req',
		'-x509',
		'-newkey',
		'rsa:2048',
		'-nodes',
		'-days',
		'1',
		'-subj',
		'/CN=127.0.0.1',
		'-addext',
		'subjectAltName=IP:127.0.0.1',
		'-keyout',
		key,
		'-out',
		cert,
	]);
	const target = new URL(behind);
	const server = createServer({ key: await readFile(key), cert: await readFile(cert) }, (incoming, outgoing) => {
		const forwarded = request(
			{
				host: target.hostname,
				port: target.port,
				path: incoming.url,
				method: incoming.method,
				headers: incoming.headers,
			},
			(answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			},
		);
		forwarded.once('error', () => outgoing.writeHead(502).end());
		incoming.pipe(forwarded);
	});
	await rm(folder, { recursive: true, force: true });
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The TLS server has no port');
	return {
		url: `https://127.0.0.1:${address.port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
