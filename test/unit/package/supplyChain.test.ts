import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

interface Manifest {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	bundleDependencies?: string[];
	peerDependencies?: Record<string, string>;
	scripts: Record<string, string>;
}
interface Locked {
	resolved?: string;
	integrity?: string;
	link?: boolean;
	inBundle?: boolean;
}

const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { packages }: { packages: Record<string, Locked> } = JSON.parse(
	readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
);

test('the package brings no code of others into an n8n', () => {
	expect(manifest.dependencies ?? {}).toEqual({});
	expect(manifest.optionalDependencies ?? {}).toEqual({});
	expect(manifest.bundleDependencies ?? []).toEqual([]);
	expect(Object.keys(manifest.peerDependencies ?? {})).toEqual(['n8n-workflow']);
});

test('nothing runs when somebody installs it', () => {
	const atInstall = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
	expect(Object.keys(manifest.scripts).filter((script) => atInstall.includes(script))).toEqual([]);
});

/** Where npm looks for what the lock file names without an address. */
const registry = 'https://registry.npmjs.org/';

test('whatever it is built and tested with is locked by its hash, and comes from the registry over TLS', () => {
	const others = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && inBundle !== true);
	expect(others.length).toBeGreaterThan(100);
	const unsafe = others.filter(
		([, { resolved = registry, integrity = '', link }]) =>
			link === true || !resolved.startsWith(registry) || !integrity.startsWith('sha512-'),
	);
	expect(unsafe.map(([path]) => path)).toEqual([]);
});

test('the bill of materials of a release names the package, its licence, and nothing else', () => {
	const output = execFileSync('npm', ['run', '--silent', 'sbom'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	expect(JSON.parse(output)).toMatchObject({
		bomFormat: 'CycloneDX',
		metadata: {
			component: {
				version: manifest.version,
				purl: `pkg:npm/${manifest.name}@${manifest.version}`,
				licenses: [{ license: { id: 'MIT' } }],
			},
		},
		components: [],
	});
});

describe('Lint', () => {
	/** The rules broken by a text, were it this file. ESLint ends with 1 where it finds something. */
	function broken(file: string, input: string): string[] {
		const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
		const { stdout } = spawnSync(process.execPath, [eslint, '--stdin', '--stdin-filename', file, '--format', 'json'], {
			cwd: ROOT,
			encoding: 'utf8',
			input,
		});
		const [result]: Array<{ messages: Array<{ ruleId: string | null }> }> = JSON.parse(stdout);
		return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? '');
	}

	test('looks at what is built as n8n’s package scanner does: a planted violation is found', () => {
		const planted = [
			"const fs = require('fs');",
			'console.log(process.env);',
			'setTimeout(() => fs, 1);',
			"require('axios');",
		].join('\n');
		const rules = broken('dist/nodes/Misp/planted.js', planted);
		expect(rules).toEqual(
			expect.arrayContaining([
				'no-console',
				'@n8n/community-nodes/no-restricted-globals',
				'@n8n/community-nodes/no-restricted-imports',
			]),
		);
	});

	test('finds nothing in what is as it should be', () => {
		expect(broken('dist/nodes/Misp/sound.js', '"use strict";\nexports.one = 1;\n')).toEqual([]);
	});
});
