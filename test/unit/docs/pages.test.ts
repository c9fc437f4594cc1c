import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { lexer, type Token, walkTokens } from 'marked';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(__dirname, '..', '..', '..');

const pages = [
	...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
].sort();

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

function tokensOf(page: string): Token[] {
	const found: Token[] = [];
	void walkTokens(lexer(read(page)), (token) => {
		found.push(token);
	});
	return found;
}

/** Where a page links to, pictures too. */
const linksOf = (page: string): string[] =>
	tokensOf(page).flatMap((token) =>
		(token.type === 'link' || token.type === 'image') && typeof token.href === 'string' ? [token.href] : [],
	);

/** The anchors of a page as GitHub makes them: of its headings, and those set by hand. */
function anchorsOf(page: string): string[] {
	const text = read(page);
	const byHand = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
	const seen = new Map<string, number>();
	const ofHeadings = tokensOf(page).flatMap((token) => {
		if (token.type !== 'heading' || typeof token.text !== 'string') return [];
		const words = token.text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
		const anchor = words
			.trim()
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-');
		const times = seen.get(anchor) ?? 0;
		seen.set(anchor, times + 1);
		return [times === 0 ? anchor : `${anchor}-${times}`];
	});
	return [...byHand, ...ofHeadings];
}

const isExternal = (href: string): boolean => /^[a-z]+:/i.test(href);

describe.each(pages)('%s', (page) => {
	const links = linksOf(page);

	it('links to files and headings that exist', () => {
		const broken = links.filter((href) => {
			if (isExternal(href)) return false;
			const [path = '', anchor] = href.split('#');
			const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), decodeURIComponent(path));
			if (!existsSync(target)) return true;
			if (anchor === undefined) return false;
			return statSync(target).isDirectory() || !anchorsOf(relative(ROOT, target)).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('links outside by https only', () => {
		expect(links.filter((href) => isExternal(href) && !href.startsWith('https://'))).toEqual([]);
	});

	it('names only commands that package.json has', () => {
		const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
		const named = [...read(page).matchAll(/npm run (?:--silent )?([a-z0-9:-]+)/g)].map(([, name = '']) => name);
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
	});

	it('has only JSON and YAML that can be read', () => {
		for (const token of tokensOf(page)) {
			if (token.type !== 'code' || typeof token.text !== 'string') continue;
			const { lang, text }: { lang?: unknown; text: string } = { lang: token.lang, text: token.text };
			if (lang === 'json') expect(() => JSON.parse(text)).not.toThrow();
			if (lang === 'yaml' || lang === 'yml') expect(() => parse(text)).not.toThrow();
		}
	});
});

describe('the files for GitHub', () => {
	const files = readdirSync(join(ROOT, '.github'), { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.yml'),
	);

	it.each(files)('.github/%s is sound YAML', (file) => {
		const documents = parseAllDocuments(read(join('.github', file)));
		expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
	});

	it('pins every action to a commit', () => {
		const used = files.flatMap((file) => read(join('.github', file)).match(/uses: .*/g) ?? []);
		expect(used.length).toBeGreaterThan(0);
		expect(used.filter((line) => !/@[0-9a-f]{40} # v\d/.test(line))).toEqual([]);
	});

	it('runs only commands that package.json has', () => {
		const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
		const run = files.flatMap((file) => [
			...read(join('.github', file)).matchAll(/npm run (?:--silent )?([a-z0-9:-]+)/g),
		]);
		expect(run.map(([, name = '']) => name).filter((name) => !(name in scripts))).toEqual([]);
	});

	it('publishes with provenance, and lets that job alone sign', () => {
		const workflow: {
			permissions: unknown;
			jobs: { publish: { permissions: Record<string, string>; steps: Array<{ run?: string }> } };
		} = parse(read('.github/workflows/publish.yml'));
		expect(workflow.permissions).toEqual({ contents: 'read' });
		expect(workflow.jobs.publish.permissions['id-token']).toBe('write');
		expect(workflow.jobs.publish.steps.some(({ run }) => run?.includes('npm publish --provenance'))).toBe(true);
	});
});
