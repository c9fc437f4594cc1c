import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Pair {
	key: string;
	cert: string;
}

/** An authority of an organisation's own, a server and a client that it vouches for, and a client that somebody else does. All PEM. */
export interface Certificates {
	authority: string;
	server: Pair;
	client: Pair;
	stranger: Pair;
}

export function makeCertificates(): Certificates {
	const folder = mkdtempSync(join(tmpdir(), 'misp-orion-pki-'));
	const at = (name: string): string => join(folder, name);
	const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
	const read = (name: string): Pair => ({
		key: readFileSync(at(`${name}.key`), 'utf8'),
		cert: readFileSync(at(`${name}.crt`), 'utf8'),
	});

	const authority = (name: string): void =>
		openssl(
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${name}`],
			...['-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)],
		);
	const signed = (name: string, by: string): void => {
		writeFileSync(at(`${name}.ext`), 'subjectAltName=DNS:localhost\n');
		openssl(
			...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`],
			...['-keyout', at(`${name}.key`), '-out', at(`${name}.csr`)],
		);
		openssl(
			...[
				'x509',
				'-req',
				'-in',
				at(`${name}.csr`),
				'-days',
				'1',
				'-extfile',
				at(`${name}.ext`),
				'-out',
				at(`${name}.crt`),
			],
			...['-CA', at(`${by}.crt`), '-CAkey', at(`${by}.key`), '-CAcreateserial'],
		);
	};

	authority('house');
	authority('elsewhere');
	signed('localhost', 'house');
	signed('client', 'house');
	signed('stranger', 'elsewhere');
	const certificates = {
		authority: read('house').cert,
		server: read('localhost'),
		client: read('client'),
		stranger: read('stranger'),
	};
	rmSync(folder, { recursive: true });
	return certificates;
}
