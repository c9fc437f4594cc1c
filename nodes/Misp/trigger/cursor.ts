import { isFields } from '../../shared/fields';

/** How far a trigger has read, and what it has given out. Kept as JSON between polls. */
export interface Cursor {
	/** Base URL of the MISP it belongs to: numbers of another one mean nothing. */
	server: string;
	/** MISP's clock at the start of the last poll, in seconds since 1970. */
	position: number;
	/** Nothing older than this is read, in seconds since 1970: the activation, and later what memory no longer covers. */
	floor: number;
	/** Highest numbers that MISP had given out: what is above is new, whatever its timestamp says. */
	highest: Numbers;
	/** The same when the trigger was activated. */
	first: Numbers;
	/** Key of what was given out → the time up to which it may turn up again. Oldest first. */
	seen: Record<string, number>;
}

export interface Numbers {
	event: number;
	attribute: number;
	sighting: number;
}

export interface Bounds {
	/** How far each poll reads back behind the last one, in seconds: longer than MISP takes to write what it stamped with a time. */
	overlap: number;
	/** Keys remembered beyond the overlap, for what comes round again when an event is published anew. */
	remembered: number;
	/** Keys remembered at most. */
	most: number;
}

/** Something found, by what tells it from its other versions. */
export interface Met {
	key: string;
	/** The latest of the times that MISP finds it by, in seconds since 1970. */
	until: number;
}

/** A trigger that begins at `now`, or so many seconds before. */
export const startCursor = (
	server: string,
	{ now, highest, lookBack = 0 }: { now: number; highest: Numbers; lookBack?: number },
): Cursor => ({
	server,
	position: now - lookBack,
	floor: now - lookBack,
	highest,
	first: highest,
	seen: {},
});

/** From when on the next poll reads, in seconds since 1970; that second included. */
export const sinceOf = ({ position, floor }: Cursor, { overlap }: Bounds): number =>
	Math.max(position - overlap, floor);

/** What was not given out yet, each once, in the order it came. */
export function freshOf<Found extends Met>({ seen }: Cursor, found: readonly Found[]): Found[] {
	const fresh = new Map<string, Found>();
	for (const one of found) if (!Object.hasOwn(seen, one.key) && !fresh.has(one.key)) fresh.set(one.key, one);
	return [...fresh.values()];
}

/**
 * The cursor after a poll that began at `now` and met `found`, old and new. What a later poll can meet again stays in memory;
 * where that is more than memory holds, the next poll reads less far back instead, so that nothing comes twice.
 */
export function advance(
	cursor: Cursor,
	{ now, found, highest }: { now: number; found: readonly Met[]; highest: Numbers },
	bounds: Bounds,
): Cursor {
	const seen = new Map(Object.entries(cursor.seen));
	for (const { key, until } of found) {
		const before = seen.get(key) ?? 0;
		// Put at the end again: what was met last is forgotten last.
		seen.delete(key);
		seen.set(key, Math.max(before, until));
	}
	// MISP's clock may be set back: the cursor does not go back with it.
	const moved: Cursor = { ...cursor, position: Math.max(cursor.position, now), highest };
	const since = sinceOf(moved, bounds);
	const recurring = [...seen.values()].filter((until) => until >= since).sort((a, b) => b - a);
	const overflow = recurring[bounds.most];
	// Never beyond the last poll: rather twice than not at all.
	const floor = overflow === undefined ? cursor.floor : Math.max(cursor.floor, Math.min(overflow + 1, moved.position));
	return { ...moved, floor, seen: Object.fromEntries(kept(seen, Math.max(since, floor), bounds)) };
}

function kept(seen: Map<string, number>, since: number, { remembered, most }: Bounds): Array<[string, number]> {
	const entries = [...seen];
	const needed = entries.filter(([, until]) => until >= since).length;
	let spare = Math.max(0, remembered - needed);
	const keep = new Set<string>();
	for (const [key, until] of entries.reverse()) {
		if (until >= since) keep.add(key);
		else if (spare-- > 0) keep.add(key);
	}
	return entries
		.reverse()
		.filter(([key]) => keep.has(key))
		.slice(-most);
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function numbersOf(value: unknown): Numbers | undefined {
	if (!isFields(value)) return undefined;
	const { event, attribute, sighting } = value;
	return isTime(event) && isTime(attribute) && isTime(sighting) ? { event, attribute, sighting } : undefined;
}

/** The cursor as it was kept; undefined where there is none, or it belongs to another MISP. */
export function readCursor(kept: unknown, server: string): Cursor | undefined {
	if (!isFields(kept) || kept.server !== server) return undefined;
	const { position, floor, seen } = kept;
	const highest = numbersOf(kept.highest);
	const first = numbersOf(kept.first);
	if (!isTime(position) || !isTime(floor) || !highest || !first || !isFields(seen)) return undefined;
	const known = Object.entries(seen).flatMap(
		([key, until]): Array<[string, number]> => (isTime(until) ? [[key, until]] : []),
	);
	return { server, position, floor, highest, first, seen: Object.fromEntries(known) };
}
