// Three kinds of code, three measures:
//  - what is published (nodes, credentials, package.json) keeps every rule of n8n's community
//    lint, and typed rules of our own on top;
//  - what is built (dist) and the codex files keep the rules n8n's package scanner applies to them;
//  - what stays here (tests, sandbox, asset pipeline) may use Node and the console.
// Inline disables count nowhere: the scanner ignores them, so they would only hide what it finds.
import { createRequire } from 'node:module';
import { config as n8nNodeCli } from '@n8n/node-cli/eslint';
import { defineConfig, globalIgnores } from 'eslint/config';

// From where n8n's own config has them: ESLint refuses two copies of one plugin.
const nodeCli = createRequire(import.meta.resolve('@n8n/node-cli/eslint'));
const js = nodeCli('@eslint/js');
const tseslint = nodeCli('typescript-eslint');
const { n8nCommunityNodesPlugin } = nodeCli('@n8n/eslint-plugin-community-nodes');

const published = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const kept = ['gulp/**/*.ts', 'templates/**/*.ts', 'sandbox/**/*.ts', 'test/**/*.ts'];
const scripts = ['*.js', '*.mjs'];

const typed = {
	languageOptions: {
		parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
	},
	rules: {
		'@typescript-eslint/no-floating-promises': 'error',
		'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
		'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		'@typescript-eslint/no-explicit-any': 'error',
		'@typescript-eslint/no-unused-vars': [
			'error',
			{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
		],
		'@typescript-eslint/ban-ts-comment': 'error',
		'@typescript-eslint/consistent-type-imports': 'error',
	},
};

export default defineConfig(
	globalIgnores(['node_modules', 'coverage']),
	{ linterOptions: { noInlineConfig: true } },

	{ files: [...published, 'package.json'], extends: [n8nNodeCli] },
	{ files: published, ...typed },

	{
		files: ['dist/**/*.js', 'nodes/**/*.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { 'no-console': 'error' },
	},
	{ files: ['nodes/**/*.json'], languageOptions: { parser: tseslint.parser } },

	{
		files: kept,
		extends: [js.configs.recommended, tseslint.configs.recommended],
		...typed,
	},
	{
		files: scripts,
		extends: [js.configs.recommended],
		languageOptions: {
			globals: {
				__dirname: 'readonly',
				console: 'readonly',
				exports: 'readonly',
				module: 'writable',
				process: 'readonly',
				require: 'readonly',
			},
		},
	},

	// n8n's own config leaves out what is built, which is what its scanner looks at.
	globalIgnores(['!dist', '!dist/**']),
);
