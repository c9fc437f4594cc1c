import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { limits } from '../limits';
import type { Misp } from '../transport/connect';
import { connect } from '../transport/connect';
import { savable } from '../../shared/nesting';
import type { Cursor } from './cursor';
import { bodyOf } from '../transport/search';
import { advance, freshOf, readCursor, startCursor } from './cursor';
import { scopeOf } from './kinds';
import { clockOf, highestNumbers } from './numbers';
import type { Wanted } from './reading';
import { readAll } from './reading';
import { readSample } from './sample';
import { readWanted } from './wanted';

/** Name under which the cursor lies in the node's static data. */
const kept = 'cursor';

/**
 * One poll: reads from a little before the last one, gives out what it has not given out yet, and only then moves the cursor,
 * so that a poll that fails is made up for by the next. A manual test shows the latest few and moves nothing.
 */
export async function poll(fn: IPollFunctions): Promise<IDataObject[]> {
	const wanted = readWanted(fn);
	// Told at the activation, not only at the first poll that searches.
	if (wanted.kind !== 'newSighting') bodyOf(scopeOf[wanted.kind], wanted.filters, wanted.extra);
	const misp = await connect(fn);
	const now = await clockOf(misp);
	if (fn.getMode() === 'manual') return savable(await readSample(misp, wanted, now));

	const memory = fn.getWorkflowStaticData('node');
	const cursor = readCursor(memory[kept], misp.url);
	if (cursor) return await readOn(misp, wanted, { cursor, now, keep: (next) => (memory[kept] = { ...next }) });
	const first = await begin(misp, wanted, now);
	memory[kept] = { ...first };
	if (wanted.lookBack === 0) return [];
	// What was there before the activation is old to all later polls, whatever becomes of it.
	return await readOn(misp, wanted, {
		cursor: first,
		now,
		keep: (next) => (memory[kept] = { ...next, first: first.highest }),
	});
}

async function readOn(
	misp: Misp,
	wanted: Wanted,
	{ cursor, now, keep }: { cursor: Cursor; now: number; keep: (next: Cursor) => void },
): Promise<IDataObject[]> {
	const { found, highest } = await readAll(misp, wanted, cursor);
	const items = savable(
		freshOf(cursor, found)
			.filter(({ silent }) => silent !== true)
			.map(({ json }) => json),
	);
	keep(advance(cursor, { now, found, highest }, limits.trigger));
	return items;
}

/** Where a trigger begins: at what is there now. One that looks back takes what has a time since then for new. */
async function begin(misp: Misp, { kind, lookBack }: Wanted & { lookBack: number }, now: number): Promise<Cursor> {
	const cursor = startCursor(misp.url, { now, lookBack, highest: await highestNumbers(misp, kind, now - lookBack) });
	return lookBack > 0 ? { ...cursor, first: { event: 0, attribute: 0, sighting: 0 } } : cursor;
}
