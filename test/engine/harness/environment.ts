import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';
import { gate } from './engine';

/**
 * Plain Node for the tests, and a gate to n8n's engine beside them. The engine lives outside of
 * Jest's module sandbox: it is loaded once per worker, by Node's own `require`, which is also the
 * only one that takes the ESM-only packages among n8n-core's dependencies.
 */
export default class EngineEnvironment extends NodeEnvironment {
	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		this.global.n8nEngine = gate;
	}
}
