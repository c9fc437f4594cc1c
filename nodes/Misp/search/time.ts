export type Time = { ok: true; time: string | number } | { ok: false; problem: string };

const units: Readonly<Record<string, { unit: string; factor: number }>> = {
	m: { unit: 'm', factor: 1 },
	h: { unit: 'h', factor: 1 },
	d: { unit: 'd', factor: 1 },
	w: { unit: 'd', factor: 7 },
};

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(z|[+-]\d{2}:?\d{2})?)?$/i;

const wanted =
	'Use 7d, 12h or 30m for that long ago, a date such as 2026-01-31 or 2026-01-31T08:00:00Z, or seconds since 1970.';

// Larger than any second MISP stores: taken for milliseconds, which is what JavaScript and n8n hand out.
const largestSecond = 100_000_000_000;

function bad(field: string, value: unknown): Time {
	const shown =
		typeof value === 'string'
			? `“${value.slice(0, 60)}”`
			: `a value of type ${Array.isArray(value) ? 'list' : typeof value}`;
	return { ok: false, problem: `${field}: ${shown} is not a time. ${wanted}` };
}

function fromEpoch(field: string, value: number): Time {
	if (!Number.isFinite(value) || value < 0) return bad(field, String(value));
	return { ok: true, time: Math.floor(value > largestSecond ? value / 1000 : value) };
}

/** Seconds since 1970 of a written date. Without a zone it is UTC; a bare day as an upper bound includes that day. */
function fromIso(text: string, upper: boolean): number | undefined {
	const [, day, clock, zone] = iso.exec(text) ?? [];
	if (day === undefined) return undefined;
	const bound = upper ? '23:59:59' : '00:00:00';
	const offset = zone === undefined ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase();
	const at = Date.parse(`${day}T${clock ?? bound}${clock === undefined ? 'Z' : offset}`);
	// Date.parse rolls 2026-02-30 over into March.
	const rolled = new Date(Date.parse(`${day}T00:00:00Z`));
	if (Number.isNaN(at) || Number.isNaN(rolled.getTime()) || rolled.toISOString().slice(0, 10) !== day) return undefined;
	return Math.floor(at / 1000);
}

/**
 * A point in time as MISP takes it: seconds since 1970, or a relative time such as `7d`. MISP itself answers a malformed time
 * with an empty 200, so everything else is refused here.
 */
export function readTime(field: string, value: unknown, upper = false): Time {
	if (typeof value === 'number') return fromEpoch(field, value);
	if (value instanceof Date) return fromEpoch(field, value.getTime() / 1000);
	if (typeof value !== 'string') return bad(field, value);
	const text = value.trim();
	if (/^\d{1,16}$/.test(text)) return fromEpoch(field, Number(text));
	const [, amount, letter] = /^(\d{1,6})\s*([mhdw])$/i.exec(text) ?? [];
	const unit = letter === undefined ? undefined : units[letter.toLowerCase()];
	if (amount !== undefined && unit !== undefined)
		return { ok: true, time: `${Number(amount) * unit.factor}${unit.unit}` };
	const seconds = fromIso(text, upper);
	return seconds === undefined || seconds < 0 ? bad(field, value) : { ok: true, time: seconds };
}

/** A calendar day, as MISP compares it with the date of an event: YYYY-MM-DD. The day is taken as it is written, whatever its zone. */
export function readDay(field: string, value: unknown): Time {
	const written = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
	const text = typeof written === 'string' ? written.trim() : '';
	if (fromIso(text, false) !== undefined) return { ok: true, time: text.slice(0, 10) };
	return { ok: false, problem: `${field}: not a day. Use a date such as 2026-01-31.` };
}
