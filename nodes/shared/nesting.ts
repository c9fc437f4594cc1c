/** n8n saves items with code that calls itself for each level, and would break off with all of the run's data. No API of ours goes beyond ten. */
export const deepestNesting = 200;

/** True where lists and objects lie within each other more than `left` deep. */
export function isTooDeep(value: unknown, left = deepestNesting): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}
