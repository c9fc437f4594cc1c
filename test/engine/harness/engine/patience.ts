import { setSafeRegexEngine } from 'n8n-workflow';
import { Script, createContext } from 'node:vm';

/**
 * n8n gives the pattern of a parameter 250 ms by the clock (2.41), which a busy machine may spend on something else. Here it gets longer;
 * a pattern that runs away still ends in an error.
 */
const limitMs = 20_000;

const context: { work: () => unknown } = { work: () => undefined };
createContext(context);
const script = new Script('work()');

function within<Result>(find: () => Result): Result {
	context.work = find;
	const result: Result = script.runInContext(context, { timeout: limitMs });
	return result;
}

/** From now on, all patterns are given that time. */
export function bePatient(): void {
	setSafeRegexEngine({
		exec: (pattern, input, flags) => within(() => new RegExp(pattern, flags).exec(input)),
		test: (pattern, input, flags) => within(() => new RegExp(pattern, flags).test(input)),
		replace: (pattern, input, flags, replacement) =>
			within(() => input.replace(new RegExp(pattern, flags), replacement)),
		matchAll: (pattern, input, flags = '') =>
			within(() => [...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`))]),
		split: (pattern, input, flags) => within(() => input.split(new RegExp(pattern, flags))),
	});
}
