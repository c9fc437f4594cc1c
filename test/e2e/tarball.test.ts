import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../../sandbox/json';
import { buildIfStale, packPackage, PROJECT } from '../../sandbox/n8n/package';
import { runOrFail } from '../../sandbox/n8n/processes';

describe('the package as it would be published', () => {
	let folder: string;
	let files: string[];

	beforeAll(async () => {
		await buildIfStale();
		folder = await mkdtemp(join(tmpdir(), 'misp-orion-tarball-'));
		const { stdout } = await runOrFail('tar', 'tar', ['-tzf', await packPackage(folder)]);
		files = stdout
			.trim()
			.split('\n')
			.map((file) => file.replace(/^package\//, ''));
	});
	afterAll(async () => await rm(folder, { recursive: true, force: true }));

	it('holds dist, workflows, README, LICENSE, CHANGELOG and package.json, and nothing else', () => {
		const allowed = /^(dist\/.+|workflows\/[\w-]+\.json|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
		expect(files.filter((file) => !allowed.test(file))).toEqual([]);
		expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json']));
	});

	it('holds every node and credential that its package.json names', async () => {
		const manifest: unknown = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
		const n8n = isRecord(manifest) ? manifest['n8n'] : undefined;
		const named = isRecord(n8n) ? [n8n['nodes'], n8n['credentials']].flat() : [];
		expect(named.length).toBeGreaterThan(0);
		expect(files).toEqual(expect.arrayContaining(named));
	});

	it('holds nothing that only its makers need', () => {
		const unwanted =
			/\.(ts|map|tsbuildinfo)$|(^|\/)(test|sandbox|node_modules|docs)\/|dist\/package\.json|dist\/workflows\//;
		expect(files.filter((file) => unwanted.test(file))).toEqual([]);
	});
});
