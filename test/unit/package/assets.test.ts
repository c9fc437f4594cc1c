import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codexProblems } from '../../../gulp/codex';
import { iconProblems, svgProblems } from '../../../gulp/icons';

const ROOT = join(__dirname, '../../..');

describe('codex files', () => {
	const sound = {
		node: 'package.misp',
		nodeVersion: '1.0',
		codexVersion: '1.0',
		categories: ['Development'],
		alias: ['threat'],
		resources: {
			primaryDocumentation: [{ url: 'https://example.org/' }],
			credentialDocumentation: [{ url: 'https://example.org/' }],
		},
	};
	const problems = (change: object) => codexProblems(JSON.stringify({ ...sound, ...change }), 'package.misp');

	it('pass when complete', () => {
		expect(problems({})).toEqual([]);
	});

	it.each<[string, object, string]>([
		['another node', { node: 'package.mips' }, 'names the node "package.mips"'],
		['an unknown category', { categories: ['Security'] }, 'category "Security"'],
		['no category', { categories: [] }, 'no categories'],
		['no search words', { alias: [] }, 'no alias'],
		['no documentation', { resources: {} }, 'no URL under resources.primaryDocumentation'],
		[
			'a documentation link that is none',
			{ resources: { ...sound.resources, primaryDocumentation: [{ url: 'misp' }] } },
			'no URL under resources.primaryDocumentation',
		],
	])('are refused with %s', (_what, change, problem) => {
		expect(problems(change).join()).toContain(problem);
	});
});

describe('icons', () => {
	const problems = (light: `file:${string}.svg`, dark: `file:${string}.svg`) =>
		iconProblems({ icon: { light, dark } }, 'nodes/Misp/Misp.node.js', ROOT);

	it('come in a light and a dark variant that differ', () => {
		const light = 'file:../../icons/misp.svg';
		expect(problems(light, 'file:../../icons/misp.dark.svg')).toEqual([]);
		expect(problems(light, light)).toEqual(['has the same icon for light and dark']);
		expect(iconProblems({}, 'nodes/Misp/Misp.node.js', ROOT)).toEqual(['has no icon in a light and a dark variant']);
	});

	it('exist', () => {
		expect(problems('file:../../icons/misp.svg', 'file:none.svg')).toEqual([
			expect.stringContaining('file:none.svg, which is not in'),
		]);
	});

	it('are square, small and harmless', () => {
		expect(svgProblems('<svg viewBox="0 0 60 40"/>')).toEqual(['has an icon that is not square']);
		expect(svgProblems('<svg viewBox="0 0 60 60" onload="x()"/>')).toEqual(['has an icon with scripts or links in it']);
		expect(svgProblems(`<svg viewBox="0 0 60 60">${' '.repeat(10_000)}</svg>`)).toEqual([
			'has an icon of more than 10000 bytes',
		]);
	});

	it.each(readdirSync(join(ROOT, 'icons')))('icons/%s is one', (file) => {
		expect(svgProblems(readFileSync(join(ROOT, 'icons', file), 'utf8'))).toEqual([]);
	});
});
