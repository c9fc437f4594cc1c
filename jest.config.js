const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] };

/** A jest project: the tests under one folder, in plain Node or in n8n's own engine. */
const project = (displayName, { engine = false, testTimeout = 20_000 } = {}) => ({
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
	testEnvironment: engine ? '<rootDir>/test/engine/harness/environment.ts' : 'node',
	transform,
	testTimeout,
});

module.exports = {
	projects: [
		project('unit'),
		project('engine', { engine: true }),
		project('workflows', { engine: true, testTimeout: 60_000 }),
	],
};
