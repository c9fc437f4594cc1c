import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { loadBuiltPackage } from '../../../gulp/builtPackage';

const ROOT = join(__dirname, '../../..');

interface Packed {
	files: Array<{ path: string }>;
}

/** Paths that `npm pack` would put into the package. */
function packedFiles(): string[] {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [packed]: Packed[] = JSON.parse(output);
	return (packed?.files ?? []).map(({ path }) => path);
}

const ALLOWED = [
	/^package\.json$/,
	/^(README|CHANGELOG)\.md$/,
	/^LICENSE$/,
	/^workflows\/[a-z0-9-]+\.json$/,
	/^dist\/(nodes|credentials)\/.+\.js$/,
	/^dist\/nodes\/\w+\/\w+\.node\.json$/,
	/^dist\/nodes\/.+\/__schema__\/.+\.json$/,
	/^dist\/icons\/\w+(\.dark)?\.svg$/,
];

it('packs what n8n needs and nothing else', () => {
	const files = packedFiles();
	expect(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))).toEqual([]);
	expect(files).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'README.md']));
});

it('packs every node and credential that package.json names', () => {
	const { nodes, credentials } = loadBuiltPackage(ROOT);
	const named = [...nodes.values(), ...credentials.values()].map(({ file }) => file);
	expect(packedFiles()).toEqual(expect.arrayContaining(named));
});
