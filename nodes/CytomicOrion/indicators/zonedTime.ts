const withoutZone = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * Milliseconds since 1970 of a time as n8n's date field gives it: without a zone, meant in that of the workflow.
 * Nothing for any other text. In the hour that a change of clocks repeats or leaves out, the offset before it holds or the one after.
 */
export function zonedTime(text: string, timezone: string): number | undefined {
	if (!withoutZone.test(text.trim())) return undefined;
	const wall = Date.parse(`${text.trim().replace(' ', 'T')}${text.trim().length > 10 ? 'Z' : 'T00:00Z'}`);
	if (Number.isNaN(wall)) return undefined;
	const guess = wall - offsetAt(wall, timezone);
	return wall - offsetAt(guess, timezone);
}

/** How far the clocks of a zone are ahead of UTC at a time, in ms. */
function offsetAt(time: number, timezone: string): number {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	const part = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
	const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
	const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
	return shown - Math.floor(time / 1_000) * 1_000;
}
