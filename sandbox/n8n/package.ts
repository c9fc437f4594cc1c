import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { npmCommand, runOrFail } from './processes';
import { withProgress } from './progress';

export const PROJECT = resolve(__dirname, '..', '..');
export const PACKAGE_NAME = 'n8n-nodes-misp-cytomic-orion';

// What the build reads. Anything newer than the build makes it stale.
const SOURCES = ['nodes', 'credentials', 'icons', 'workflows', 'package.json', 'tsconfig.json', 'gulpfile.js'];

/** Builds the package unless dist/ is newer than everything it is made from. */
export async function buildIfStale(): Promise<void> {
	const built = await newestChange(join(PROJECT, 'dist'));
	const written = Math.max(
		...(await Promise.all(SOURCES.map(async (source) => await newestChange(join(PROJECT, source))))),
	);
	if (built > written) return;
	await withProgress('building the nodes', 'The nodes are built', async () => {
		const npm = npmCommand();
		await runOrFail('Building the nodes (npm run build)', npm.command, [...npm.args, 'run', 'build'], {
			cwd: PROJECT,
			shell: npm.shell,
		});
	});
}

/** `npm pack`: the file that would be published. Returns its path inside `into`. */
export async function packPackage(into: string): Promise<string> {
	await mkdir(into, { recursive: true });
	const npm = npmCommand();
	await runOrFail(
		'Packing the package (npm pack)',
		npm.command,
		[...npm.args, 'pack', '--silent', '--pack-destination', into],
		{
			cwd: PROJECT,
			shell: npm.shell,
		},
	);
	const tarball = (await readdir(into)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no .tgz file in ${into}`);
	return join(into, tarball);
}

/** Puts a packed package where n8n looks for community packages, under its real name. */
export async function unpackInto(userFolder: string, tarball: string): Promise<void> {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	await mkdir(modules, { recursive: true });
	const draft = await mkdtemp(join(modules, '.unpacking-'));
	await runOrFail('Unpacking the package (tar)', 'tar', ['-xzf', tarball, '-C', draft]);
	await rename(join(draft, 'package'), join(modules, PACKAGE_NAME));
	await rm(draft, { recursive: true, force: true });
}

/** Builds where needed, packs, and hands the packed file to `use`; the file is gone afterwards. */
export async function withPackedPackage<T>(use: (tarball: string) => Promise<T>): Promise<T> {
	await buildIfStale();
	const folder = await mkdtemp(join(tmpdir(), 'misp-orion-pack-'));
	try {
		return await use(await packPackage(folder));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Time of the newest change below a path, in ms since 1970; 0 when there is nothing. */
async function newestChange(path: string): Promise<number> {
	if (!existsSync(path)) return 0;
	const here = await stat(path);
	if (!here.isDirectory()) return here.mtimeMs;
	const children = await readdir(path);
	return Math.max(0, ...(await Promise.all(children.map(async (name) => await newestChange(join(path, name))))));
}
