import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadBuiltPackage } from '../../../gulp/builtPackage';
import { slug } from '../../../gulp/nodesPage/node';
import { nodesPage } from '../../../gulp/nodesPage/page';

const root = join(__dirname, '..', '..', '..');
const file = join(root, 'docs', 'nodes.md');

describe('docs/nodes.md', () => {
	const page = readFileSync(file, 'utf8');
	const built = loadBuiltPackage(root);

	test('says what the nodes of this build have (npm run docs)', () => {
		expect(page).toBe(nodesPage(built));
	});

	test.each([...built.nodes.values()].map(({ description }) => [description.displayName, description] as const))(
		'names every operation of %s',
		(_, { properties }) => {
			const operations = properties.filter(({ name }) => name === 'operation').flatMap(({ options = [] }) => options);
			const missing = operations.filter(({ name }) => !page.includes(`<summary><b>${name}</b>`));
			expect(missing).toEqual([]);
		},
	);

	test('has a table of contents whose links lead somewhere', () => {
		const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slug(title));
		expect(new Set(anchors).size).toBe(anchors.length);
		const linked = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
		expect(linked.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
	});

	test('shows pictures that are there', () => {
		const pictures = [...page.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = '']) => path);
		expect(pictures.filter((path) => !existsSync(join(dirname(file), path)))).toEqual([]);
	});
});
