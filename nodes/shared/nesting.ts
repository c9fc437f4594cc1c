import { Problem } from './problem';

/** n8n saves items with code that calls itself for each level, and would break off with all of the run's data. No API of ours goes beyond ten. */
export const deepestNesting = 200;

/** True where lists and objects lie within each other more than `left` deep. */
export function isTooDeep(value: unknown, left = deepestNesting): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** What to say of an answer that is. */
export const tooDeep = (): Problem =>
	new Problem(
		`The answer is nested more than ${deepestNesting} levels deep, which n8n cannot save`,
		'Check in the credential what answers at that address.',
		'too_deep',
	);

/** The values, where n8n can save all of them. @throws Problem where it cannot */
export function savable<Value>(values: Value[]): Value[] {
	if (values.some((value) => isTooDeep(value))) throw tooDeep();
	return values;
}
