import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const NODES = join(ROOT, 'nodes');
const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

const [, drawing = '', text = ''] = /```\n(.*?)```(.*)/s.exec(page) ?? [];

/** In the text a path is whole, below the project or below nodes/. */
const inText = [...text.matchAll(/`([\w.]+\/[\w./]*)`/g)].map(([, path = '']) => path);
/** In the drawing it stands below one of the nodes. */
const inDrawing = [...drawing.matchAll(/(?<=[\s,]|^)([\w.]+(?:\/|\.ts))(?=[\s,]|$)/gm)].map(([, path = '']) => path);

test('the page names files, and the drawing folders', () => {
	expect(inText.length).toBeGreaterThan(15);
	expect(inDrawing).toEqual(expect.arrayContaining(['credentials/', 'Misp.node.ts', 'tagging/', 'work/', 'shared/']));
});

test.each([...new Set(inText)])('%s, which the text names, exists', (path) => {
	const places = path.startsWith('transport/')
		? ['Misp', 'CytomicOrion'].map((node) => join(NODES, node))
		: [ROOT, NODES];
	expect(places.filter((place) => existsSync(join(place, path)))).not.toEqual([]);
});

test.each([...new Set(inDrawing)])('%s, which the drawing names, exists', (path) => {
	const places = [ROOT, NODES, ...['Misp', 'CytomicOrion', 'MispOrionSync'].map((node) => join(NODES, node))];
	expect(places.filter((place) => existsSync(join(place, path)))).not.toEqual([]);
});
