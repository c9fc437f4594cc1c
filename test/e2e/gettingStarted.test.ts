import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lexer, type Token, type Tokens } from 'marked';
import { killTree, launch, plainLines, run } from '../../sandbox/n8n/processes';

const ROOT = join(__dirname, '..', '..');
const NOT_COPIED = ['.git', 'node_modules', 'dist', 'coverage'];

interface Step {
	commands: string;
	/** Texts that it prints, in this order. */
	prints: string[];
}
interface Guide {
	background: string;
	steps: Step[];
}

const isCode = (token: Token | undefined, lang: string): token is Tokens.Code =>
	token?.type === 'code' && 'lang' in token && token.lang === lang;

/** The commands that the guide marks as run here, with the block that says what each prints. */
function readGuide(markdown: string): Guide {
	const tokens = lexer(markdown).filter(({ type }) => type !== 'space');
	const guide: Guide = { background: '', steps: [] };
	tokens.forEach((token, at) => {
		if (token.type !== 'html') return;
		const commands = tokens[at + 1];
		if (!isCode(commands, 'bash')) return;
		if (token.raw.includes('runs in the background')) guide.background = commands.text;
		else if (token.raw.includes('runs')) {
			const printed = tokens[at + 2];
			guide.steps.push({ commands: commands.text, prints: isCode(printed, 'text') ? printed.text.split('\n') : [] });
		}
	});
	return guide;
}

/** A home of its own, but for what must not be made anew: the installed n8n, npm's settings and downloads. */
function environment(home: string): NodeJS.ProcessEnv {
	const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|JEST_)/i.test(name)));
	return {
		...inherited,
		HOME: home,
		XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
		npm_config_userconfig: process.env['npm_config_userconfig'] || join(homedir(), '.npmrc'),
		npm_config_cache: process.env['npm_config_cache'] || join(homedir(), '.npm'),
	};
}

describe('docs/getting-started.md, followed to the letter in a fresh copy', () => {
	let folder: string;
	let project: string;
	let guide: Guide;
	let servers: ReturnType<typeof launch> | undefined;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'misp-orion-guide-'));
		project = join(folder, 'project');
		await mkdir(project);
		const entries = (await readdir(ROOT)).filter((entry) => !NOT_COPIED.includes(entry));
		for (const entry of entries) await cp(join(ROOT, entry), join(project, entry), { recursive: true });
		// Stands for `npm ci`, which whoever runs this test has just done.
		await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'));
		guide = readGuide(await readFile(join(ROOT, 'docs', 'getting-started.md'), 'utf8'));
	});
	afterAll(async () => {
		if (servers) {
			killTree(servers, 'SIGINT');
			await Promise.race([
				new Promise((ended) => servers?.once('close', ended)),
				pause(15_000, undefined, { ref: false }),
			]);
			killTree(servers, 'SIGKILL');
		}
		await rm(folder, { recursive: true, force: true });
	});

	it('has commands to run, and says what they print', () => {
		expect(guide.background).toMatch(/npm run sandbox/);
		expect(guide.steps.length).toBeGreaterThanOrEqual(6);
		expect(guide.steps.filter(({ prints }) => prints.length > 0).length).toBeGreaterThanOrEqual(4);
	});

	it('leads from nothing to an IOC in Orion and the first alert', async () => {
		const env = environment(folder);
		servers = launch('bash', ['-c', guide.background], { cwd: project, env, stdio: 'ignore' });
		const mark = (number: number) => `-- end of step ${number} --`;
		// One shell for all, as a person would have: later steps use what earlier ones set.
		const script = guide.steps.map(({ commands }, number) => `${commands}\necho; echo '${mark(number)}'\n`).join('');
		const { code, stdout, stderr } = await run('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: project, env });

		let rest = stdout;
		guide.steps.forEach(({ prints }, number) => {
			const end = rest.indexOf(mark(number));
			if (end < 0) {
				const lastLines = plainLines(`${rest}\n${stderr}`).slice(-30).join('\n');
				throw new Error(`Step ${number + 1} broke off. It printed:\n${lastLines}`);
			}
			let printed = rest.slice(0, end);
			for (const expected of prints) {
				const at = printed.indexOf(expected);
				if (at < 0) throw new Error(`Step ${number + 1} should print "${expected}", but printed:\n${printed}`);
				printed = printed.slice(at + expected.length);
			}
			rest = rest.slice(end);
		});
		expect(code).toBe(0);
	});
});
