import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codexProblems } from '../../../gulp/codex';

const NODES = join(__dirname, '..', '..', '..', 'nodes');
const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node.json'));
const aliases = (file: string): string[] => {
	const { alias }: { alias: string[] } = JSON.parse(readFileSync(join(NODES, file), 'utf8'));
	return alias.map((word) => word.toLowerCase());
};

describe('what people type into the search of n8n', () => {
	it('every node has a codex file', () => {
		const nodes = readdirSync(NODES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node.ts'));
		expect(files.sort()).toEqual(nodes.map((file) => file.replace('.ts', '.json')).sort());
	});

	it.each(files)('%s is complete', (file) => {
		const text = readFileSync(join(NODES, file), 'utf8');
		const { node }: { node: string } = JSON.parse(text);
		expect(codexProblems(text, node)).toEqual([]);
	});

	it.each(files)('"threat intelligence" and "IOC" find %s', (file) => {
		expect(aliases(file)).toEqual(expect.arrayContaining(['threat intelligence', 'ioc']));
	});

	it.each(files.filter((file) => /Orion/.test(file)))('"EDR", "Panda" and "WatchGuard" find %s', (file) => {
		expect(aliases(file)).toEqual(expect.arrayContaining(['edr', 'panda', 'watchguard']));
	});
});
