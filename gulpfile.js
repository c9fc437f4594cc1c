// The asset pipeline, after `n8n-node build`: what a package has besides code is checked against
// the built nodes, and put where n8n looks for it. Any problem fails the build, all are listed.
require('tsx/cjs');
const { cpSync, existsSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { dest, series, src } = require('gulp');
const { loadBuiltPackage } = require('./gulp/builtPackage.ts');
const { codexProblems } = require('./gulp/codex.ts');
const { iconProblems } = require('./gulp/icons.ts');
const { workflowProblems } = require('./gulp/workflows.ts');

const SHIPPED = ['credentials', 'icons', 'nodes'];

const fail = (problems) => {
	if (problems.length > 0) {
		throw new Error(`${problems.length} to mend:\n${problems.map((one) => `  ${one}`).join('\n')}`);
	}
};

/** `n8n-node build` copies every picture of the repository: those of docs and tests go again. */
async function prune() {
	for (const entry of readdirSync('dist')) {
		if (!SHIPPED.includes(entry)) rmSync(join('dist', entry), { recursive: true });
	}
}

function copyIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

async function checkIcons() {
	const { nodes, credentials } = loadBuiltPackage(__dirname);
	fail([
		...[...nodes.values()].flatMap(({ file, description }) =>
			iconProblems(description, file, __dirname).map((problem) => `${file} ${problem}`),
		),
		...[...credentials.values()].flatMap(({ file, type }) =>
			iconProblems(type, file, __dirname).map((problem) => `${file} ${problem}`),
		),
	]);
}

async function codex() {
	const problems = [];
	for (const [type, { file }] of loadBuiltPackage(__dirname).nodes) {
		const target = `${file}on`;
		const source = target.replace(/^dist\//, '');
		if (!existsSync(source)) {
			problems.push(`${source} is missing: n8n finds a node by its codex file`);
			continue;
		}
		const found = codexProblems(readFileSync(source, 'utf8'), type);
		problems.push(...found.map((problem) => `${source} ${problem}`));
		cpSync(source, target);
	}
	fail(problems);
}

async function workflows() {
	const built = loadBuiltPackage(__dirname);
	const files = readdirSync('workflows').filter((file) => file.endsWith('.json'));
	fail(
		files.flatMap((file) =>
			workflowProblems(readFileSync(join('workflows', file), 'utf8'), built).map(
				(problem) => `workflows/${file}: ${problem}`,
			),
		),
	);
}

exports.default = series(prune, copyIcons, checkIcons, codex, workflows);
