// Kept apart from jest.config.js: these tests install and start a real n8n, which takes minutes.
module.exports = {
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
	// As in jest.config.js.
	moduleNameMapper: { '^marked$': '<rootDir>/node_modules/marked/lib/marked.umd.js' },
	testEnvironment: 'node',
	testTimeout: 900_000,
	maxWorkers: 1,
	// Every cell takes longer than a gate may: `npm run test:long`.
	testPathIgnorePatterns: process.env.LONG ? [] : ['/faultMatrix\\.test'],
};
