import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const text = readFileSync(join(ROOT, 'docs/guarantees.md'), 'utf8');

const named = [...text.matchAll(/`(test\/[^`*]+\.test\.ts)`: \*(.+?)\* \|$/gm)].map(([, file = '', name = '']) => ({
	file,
	name,
}));

test('each promise names its test', () => {
	expect(named.length).toBeGreaterThan(25);
});

test.each(named)('$file has the test "$name"', ({ file, name }) => {
	const source = readFileSync(join(ROOT, file), 'utf8').replaceAll("\\'", "'");
	expect(source).toContain(name);
});

test.each([...new Set([...text.matchAll(/`(test\/[^`*]+\.ts)`/g)].map(([, file = '']) => file))])(
	'%s exists',
	(file) => {
		expect(existsSync(join(ROOT, file))).toBe(true);
	},
);
