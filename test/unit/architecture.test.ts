import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const nodes = resolve(__dirname, '../../nodes');

interface Import {
	/** File below nodes/, such as Misp/call.ts. */
	file: string;
	/** What it imports: a path below nodes/ without its ending, or the name of a package. */
	from: string;
}

const files = readdirSync(nodes, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const imports: Import[] = files.flatMap((file) => {
	const text = readFileSync(join(nodes, file), 'utf8');
	return [...text.matchAll(/^(?:import|export|\}).* from '([^']+)';$/gm)].map(([, from = '']) => ({
		file,
		from: from.startsWith('.') ? relative(nodes, resolve(nodes, dirname(file), from)) : from,
	}));
});

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const importsOf = (folder: string): Import[] => imports.filter(({ file }) => isBelow(file, folder));

/** What a file imports, itself or through others. */
function reach(file: string, seen = new Set<string>()): Set<string> {
	for (const { from } of imports.filter((one) => one.file === file)) {
		if (seen.has(from)) continue;
		seen.add(from);
		const next = [`${from}.ts`, `${from}/index.ts`].find((path) => files.includes(path));
		if (next !== undefined) reach(next, seen);
	}
	return seen;
}

test('the imports of the nodes are found', () => {
	expect(imports).toContainEqual({ file: 'Misp/Misp.node.ts', from: 'Misp/actions' });
	expect(imports).toContainEqual({ file: 'CytomicOrion/call.ts', from: 'n8n-workflow' });
	expect(imports.filter(({ from }) => from.startsWith('..'))).toEqual([]);
});

test('the MISP node and the Orion node do not know each other, so that either could be published alone', () => {
	expect(importsOf('Misp').filter(({ from }) => isBelow(from, 'CytomicOrion'))).toEqual([]);
	expect(importsOf('CytomicOrion').filter(({ from }) => isBelow(from, 'Misp'))).toEqual([]);
});

test('the sync node is made of both, and neither knows of it', () => {
	expect(importsOf('MispOrionSync').some(({ from }) => isBelow(from, 'Misp'))).toBe(true);
	expect(importsOf('MispOrionSync').some(({ from }) => isBelow(from, 'CytomicOrion'))).toBe(true);
	const back = [...importsOf('Misp'), ...importsOf('CytomicOrion')].filter(({ from }) =>
		isBelow(from, 'MispOrionSync'),
	);
	expect(back).toEqual([]);
});

test('what the nodes share knows neither of them', () => {
	expect(importsOf('shared').filter(({ from }) => !isBelow(from, 'shared') && from !== 'n8n-workflow')).toEqual([]);
});

test.each([
	'CytomicOrion/ioc',
	'CytomicOrion/answers',
	'CytomicOrion/indicators/memory.ts',
	'Misp/search',
	'Misp/item.ts',
	'Misp/transport/answers',
	'Misp/trigger/cursor.ts',
])('%s decides without n8n', (place) => {
	const inside = files.filter((file) => isBelow(file, place));
	expect(inside).not.toEqual([]);
	expect(inside.filter((file) => reach(file).has('n8n-workflow'))).toEqual([]);
});

test('the domain of IOCs knows nothing of the operations or of HTTP', () => {
	expect(
		importsOf('CytomicOrion/ioc').filter(({ from }) => !isBelow(from, 'CytomicOrion/ioc') && !isBelow(from, 'shared')),
	).toEqual([]);
});

test('only the transports and what opens them speak HTTP', () => {
	const speakers = imports
		.filter(({ from }) => ['shared/http', 'shared/probe'].includes(from))
		.map(({ file }) => dirname(file));
	expect([...new Set(speakers)].sort()).toEqual(['CytomicOrion', 'CytomicOrion/transport', 'Misp/transport', 'shared']);
});

test('transports do not know the operations that use them', () => {
	const back = imports.filter(({ file, from }) => /\/transport\//.test(file) && /\/actions(\/|$)/.test(from));
	expect(back).toEqual([]);
});
