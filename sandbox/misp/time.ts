/** Seconds since 1970, as MISP keeps time. */
export function seconds(date = new Date()): number {
	return Math.floor(date.getTime() / 1000);
}

/** `2026-11-24 02:26:10`, as MISP writes creation dates. */
export function sqlDate(date = new Date()): string {
	return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-11-24` */
export function isoDay(date = new Date()): string {
	return date.toISOString().slice(0, 10);
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };

export type Moment = { readonly at: number } | { readonly invalid: true };

/**
 * What MISP's search parameters take for a moment: an epoch in seconds, an age such as `7d`, `12h`, `30m`, or a date.
 * Anything else makes MISP compare with something that matches no row, without an error.
 */
export function parseMoment(value: unknown, now: number): Moment {
	if (typeof value === 'number') return { at: value };
	if (typeof value !== 'string') return { invalid: true };
	const text = value.trim();
	if (/^\d+$/.test(text)) return { at: Number(text) };
	const age = /^(\d+)\s*([dhms])$/i.exec(text);
	if (age) return { at: now - Number(age[1]) * (UNIT_SECONDS[(age[2] ?? '').toLowerCase()] ?? 0) };
	if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return { invalid: true };
	const parsed = Date.parse(text);
	return Number.isNaN(parsed) ? { invalid: true } : { at: Math.floor(parsed / 1000) };
}
