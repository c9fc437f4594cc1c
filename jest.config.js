// Of marked's two builds, the one that is not an ES module: Jest loads the other with Node.js 24 only.
const moduleNameMapper = { '^marked$': '<rootDir>/node_modules/marked/lib/marked.umd.js' };
const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] };

/** A jest project: the tests under one folder, in plain Node or in n8n's own engine. */
const project = (displayName, { engine = false } = {}) => ({
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	testEnvironment: engine ? '<rootDir>/test/engine/harness/environment.ts' : 'node',
	transform,
	moduleNameMapper,
});

module.exports = {
	testTimeout: 60_000,
	projects: [project('unit'), project('engine', { engine: true }), project('workflows', { engine: true })],
};
