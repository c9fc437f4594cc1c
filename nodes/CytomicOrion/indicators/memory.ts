import { createHash } from 'crypto';
import { isFields } from '../../shared/fields';

/**
 * What a trigger remembers between polls, small enough to be saved with the workflow: up to when it has read, and the indicators of the
 * overlap that it has handed over. Orion's indicators can turn up late, and one is closed long after it was raised; so the last stretch
 * is read again each time.
 */
export interface Memory {
	/** Milliseconds since 1970. */
	upTo: number;
	/** Short form of an id → the indicator's time, in ms since 1970. */
	seen: Readonly<Record<string, number>>;
}

/** What was saved; nothing before the first poll, or where it can't be read. */
export function readMemory(saved: Readonly<Record<string, unknown>>): Memory | undefined {
	const { upTo, seen } = saved;
	if (typeof upTo !== 'number' || !Number.isFinite(upTo)) return undefined;
	const entries = isFields(seen) ? Object.entries(seen) : [];
	return {
		upTo,
		seen: Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
	};
}

/** Twelve characters that stand for an id: thirty thousand of them are to be saved with a workflow. */
export const shortId = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 12);

/** Memory with the indicators of the overlap, and those that were just read: they could be read again. */
export function remember(
	upTo: number,
	overlapMs: number,
	earlier: Readonly<Record<string, number>>,
	read: ReadonlyMap<string, number>,
): Memory {
	const kept = Object.entries(earlier).filter(([, time]) => time >= upTo - overlapMs);
	return { upTo, seen: { ...Object.fromEntries(kept), ...Object.fromEntries(read) } };
}
