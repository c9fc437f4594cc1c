import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { workflowNames } from '../../../sandbox/workflows';

const ROOT = join(__dirname, '..', '..', '..');
const PICTURES = join(ROOT, 'docs', 'pictures');
/** Bytes. A page with a dozen of them should be there at once. */
const LARGEST = 90_000;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

const pictures = readdirSync(PICTURES, { recursive: true, encoding: 'utf8' }).filter((file) =>
	/\.(png|svg)$/.test(file),
);

const manifest: { n8n: { nodes: string[] } } = JSON.parse(read('package.json'));
/** `dist/nodes/Misp/MispTrigger.node.js` describes the node `mispTrigger`. */
const nodeNames = manifest.n8n.nodes.map((file) => {
	const name = basename(file, '.node.js');
	return name.charAt(0).toLowerCase() + name.slice(1);
});

const pages = [
	'README.md',
	...readdirSync(join(ROOT, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
];

describe('the pictures of the documentation (npm run pictures)', () => {
	it('show each workflow, in its section of docs/workflows.md', async () => {
		const sections = new Map(
			read('docs/workflows.md')
				.split('\n## ')
				.map((section) => [section.split('\n')[0] ?? '', section]),
		);
		for (const name of await workflowNames()) {
			expect(existsSync(join(PICTURES, 'workflows', `${name}.png`))).toBe(true);
			expect(sections.get(name)).toContain(`(pictures/workflows/${name}.png)`);
		}
	});

	it('show the panel of each node', () => {
		expect(readdirSync(join(PICTURES, 'nodes')).sort()).toEqual(nodeNames.map((name) => `${name}.png`).sort());
	});

	it('show no workflow that is gone', async () => {
		const named = (await workflowNames()).map((name) => `${name}.png`);
		expect(readdirSync(join(PICTURES, 'workflows')).sort()).toEqual(named.sort());
	});

	it.each(pictures)('%s is small, and a page shows it', (file) => {
		expect(statSync(join(PICTURES, file)).size).toBeLessThan(LARGEST);
		const shown = pages.filter((page) => {
			const from = page.startsWith('docs') ? join(ROOT, 'docs') : ROOT;
			return read(page).includes(`](${relative(from, join(PICTURES, file))})`);
		});
		expect(shown).not.toEqual([]);
	});

	it.each(pictures.filter((file) => file.endsWith('.png')))('%s is a whole PNG with a palette', (file) => {
		const bytes = readFileSync(join(PICTURES, file));
		expect(bytes.subarray(0, 8)).toEqual(PNG_SIGNATURE);
		// The type of colour stands in the header; 3 is a palette.
		expect(bytes[25]).toBe(3);
		expect(bytes.subarray(-8, -4).toString('latin1')).toBe('IEND');
	});
});
