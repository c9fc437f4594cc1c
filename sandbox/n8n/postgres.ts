import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOrFail } from './processes';
import { type Service, startService } from './service';

export interface Postgres {
	readonly port: number;
	readonly user: string;
	readonly password: string;
	readonly database: string;
	readonly service: Service;
	/** Ends it and deletes its data. */
	remove(): Promise<void>;
}

// Where Debian puts each version; not on the PATH, since several may be installed.
const DEBIAN = '/usr/lib/postgresql';
// PostgreSQL refuses to run as root; Debian's package makes this user for it.
const ACCOUNT = 'postgres';
const USER = 'n8n';

/** A PostgreSQL of its own on loopback, with an empty database. Nothing is written through to the disk: its data end with the test. */
export async function startPostgres(port: number): Promise<Postgres> {
	const bin = await programs();
	const folder = await mkdtemp(join(tmpdir(), 'misp-orion-postgres-'));
	const account = process.getuid?.() === 0 ? await accountOf(ACCOUNT) : undefined;
	const as = (program: string, args: readonly string[]) =>
		account
			? {
					command: 'setpriv',
					args: [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', join(bin, program), ...args],
				}
			: { command: join(bin, program), args };
	const password = randomBytes(16).toString('hex');
	const data = join(folder, 'data');
	try {
		const passwordFile = join(folder, 'password');
		await writeFile(passwordFile, password, { mode: 0o600 });
		for (const path of account ? [folder, passwordFile] : []) await chown(path, account?.uid ?? 0, account?.gid ?? 0);
		const init = as('initdb', [
			...['-D', data, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
			...['--encoding=UTF8', '--locale=C', '--no-sync'],
		]);
		await runOrFail('Making a database (initdb)', init.command, init.args, { cwd: folder });
		const serve = as('postgres', [
			...['-D', data, '-p', String(port)],
			...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
		]);
		const service = await startService({
			name: 'PostgreSQL',
			...serve,
			options: { cwd: folder },
			ready: (printed) => printed.includes('ready to accept connections'),
			// The "fast" way to end: open transactions are rolled back.
			stopSignal: 'SIGINT',
		});
		return {
			port,
			user: USER,
			password,
			database: 'postgres',
			service,
			async remove() {
				await service.stop();
				await rm(folder, { recursive: true, force: true });
			},
		};
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

async function programs(): Promise<string> {
	const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
	const bins = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN, version, 'bin'))
		.filter((bin) => existsSync(join(bin, 'initdb')));
	const [newest] = bins;
	if (newest === undefined)
		throw new Error(`There is no PostgreSQL in ${DEBIAN}. On Debian or Ubuntu: apt-get install postgresql`);
	return newest;
}

async function accountOf(name: string): Promise<{ uid: number; gid: number }> {
	const ask = async (what: string) => Number((await runOrFail(`Looking up ${name}`, 'id', [what, name])).stdout);
	return { uid: await ask('-u'), gid: await ask('-g') };
}
