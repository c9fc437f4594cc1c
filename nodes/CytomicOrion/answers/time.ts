/** Below this, a timestamp is in seconds: 10^11 ms is March 1973, and 10^11 s is the year 5138. */
const secondsBelow = 100_000_000_000;

const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const isoLike = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/;

/**
 * Milliseconds since 1970 of what Orion gives as a time: a UNIX timestamp in ms (or s), or ISO text. Text without a zone is UTC, as
 * names such as `lastSeenUtc` say. Nothing for what is no time, and for .NET's empty date, the year 1.
 */
export function timeOf(value: unknown): number | undefined {
	const time =
		typeof value === 'number' || (typeof value === 'string' && /^\d{9,15}$/.test(value))
			? ofNumber(Number(value))
			: ofText(value);
	return time !== undefined && Number.isFinite(time) && time > 0 ? time : undefined;
}

const ofNumber = (value: number): number => (value < secondsBelow ? value * 1_000 : value);

function ofText(value: unknown): number | undefined {
	if (typeof value !== 'string' || !isoLike.test(value.trim())) return undefined;
	const text = value.trim().replace(' ', 'T');
	return Date.parse(text.length > 10 && !hasZone.test(text) ? `${text}Z` : text);
}

/** The same as ISO text. */
export function isoTime(value: unknown): string | undefined {
	const time = timeOf(value);
	return time === undefined || time > 8.64e15 ? undefined : new Date(time).toISOString();
}
