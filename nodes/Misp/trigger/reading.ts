import { chunk } from '../../shared/chunk';
import { asNumber, asRecord } from '../json';
import { limits } from '../limits';
import type { SearchFilters, Texts } from '../search/filters';
import type { Misp } from '../transport/connect';
import { search } from '../transport/search';
import type { Cursor, Numbers } from './cursor';
import { sinceOf } from './cursor';
import type { Found } from './found';
import { foundOf } from './found';
import type { Branch, Kind, Window } from './kinds';
import { branchesOf } from './kinds';
import { eventsAbove, newestAttribute } from './numbers';
import type { SightingFilters } from './sightings';
import { foundSighting, readSightings } from './sightings';

/** What the user set the trigger to. */
export interface Wanted {
	kind: Kind;
	filters: SearchFilters;
	extra: unknown;
	sightings: SightingFilters;
	simple: boolean;
	catchUp: boolean;
}

export interface Reading {
	/** All that was met, what was given out before included. */
	found: Found[];
	highest: Numbers;
}

/** Reads everything from where the cursor stands, all pages. */
export async function readAll(misp: Misp, wanted: Wanted, cursor: Cursor): Promise<Reading> {
	const since = sinceOf(cursor, limits.trigger);
	if (wanted.kind === 'newSighting') return await readNewSightings(misp, wanted, { cursor, since });
	const newEvents = await eventsAbove(misp, cursor.highest.event);
	const highest: Numbers = {
		...cursor.highest,
		event: Math.max(cursor.highest.event, ...newEvents),
		attribute: wanted.kind === 'attributeRevoked' ? await newestAttribute(misp) : 0,
	};
	const window: Window = {
		since,
		catchUp: wanted.catchUp,
		newEvents: chosenAmong(newEvents.map(String), wanted.filters.eventIds),
	};
	const found: Found[] = [];
	for (const branch of branchesOf[wanted.kind](window)) {
		for (const part of inParts(branch)) {
			for await (const { rows } of rowsOf(misp, wanted, part)) {
				for (const row of rows) {
					const one = foundOf(wanted.kind, asRecord(row), part, { simple: wanted.simple, cursor });
					if (one) found.push(one);
				}
			}
		}
	}
	return { found, highest };
}

async function readNewSightings(
	misp: Misp,
	wanted: Wanted,
	{ cursor, since }: { cursor: Cursor; since: number },
): Promise<Reading> {
	const rows = await readSightings(misp, since, wanted.sightings);
	const sighting = rows.reduce((highest, { id }) => Math.max(highest, asNumber(id)), cursor.highest.sighting);
	return {
		found: rows.flatMap((row) => foundSighting(row, { simple: wanted.simple, cursor }) ?? []),
		highest: { ...cursor.highest, sighting },
	};
}

const rowsOf = (misp: Misp, { filters, extra }: Wanted, branch: Branch) =>
	search(misp, {
		scope: branch.scope,
		extra,
		pageSize: branch.scope === 'events' ? limits.eventPage : limits.attributePage,
		filters: {
			...filters,
			...branch.filters,
			...(branch.scope === 'events' ? { metadataOnly: true } : { includeContext: true, includeEventTags: true }),
		},
	});

/** Many events arrive at once from a feed, more than one search should name. */
function inParts(branch: Branch): Branch[] {
	const { eventIds } = branch.filters;
	if (!Array.isArray(eventIds)) return [branch];
	return chunk(eventIds.map(String), limits.uuidsPerSearch).map((part) => ({
		...branch,
		filters: { ...branch.filters, eventIds: part },
	}));
}

/** Of the new events those that the user's own filter on events allows; by UUID they are found by their times alone. */
function chosenAmong(newEvents: string[], wanted: Texts | undefined): string[] {
	if (wanted === undefined) return newEvents;
	const allowed = new Set(typeof wanted === 'string' ? wanted.split('\n').map((line) => line.trim()) : wanted);
	return newEvents.filter((id) => allowed.has(id));
}
