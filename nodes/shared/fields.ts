/** A JSON object of any kind: what it holds is still to be looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for a JSON object, as opposed to a list, a text or null. */
export const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
