import * as fc from 'fast-check';
import { relativePath } from '../../../nodes/shared/relativePath';

const base = 'https://misp.example.org/misp';

test.each([
	'/events/index',
	'events/index',
	'/events/index/limit:5/page:2',
	'/tags/index/searchall:tlp%3Agreen',
	'/objectTemplates/getRaw/file',
	'/a..b/c',
])('%s is a path of MISP', (path) => {
	expect(relativePath(path, 'the API key')).toEqual({ ok: true, path: path.startsWith('/') ? path : `/${path}` });
});
test.each([
	'',
	'  ',
	'https://evil.example',
	'HTTP:evil',
	'//evil',
	'\\\\evil',
	'/\\evil',
	'/@evil',
	'@evil',
	'/a/../b',
	'..',
	'/%2E%2e/b',
	'/a?b',
	'/a#b',
	'/a b',
	'/a\u0000b',
	'javascript:alert(1)',
])('“%s” is refused', (path) => {
	expect(relativePath(path, 'the API key')).toMatchObject({ ok: false, problem: expect.stringContaining('path') });
});
test('whatever is typed, an accepted path stays on the host and below the base path', () => {
	const pieces = fc.constantFrom(
		'/',
		'\\',
		'..',
		'.',
		'%2e',
		'@',
		':',
		'//',
		'evil.example',
		'http:',
		'events',
		'?',
		'#',
		'\t',
		'\n',
		'%2f',
		' ',
	);
	const typed = fc.oneof(
		fc.string({ unit: 'grapheme' }),
		fc.array(pieces, { maxLength: 8 }).map((list) => list.join('')),
	);
	fc.assert(
		fc.property(typed, (given) => {
			const read = relativePath(given, 'the API key');
			if (!read.ok) return;
			const url = new URL(base + read.path);
			expect(url.origin).toBe('https://misp.example.org');
			expect(url.pathname.startsWith('/misp/')).toBe(true);
			expect([url.username, url.search, url.hash]).toEqual(['', '', '']);
		}),
		{ numRuns: 2_000 },
	);
});
