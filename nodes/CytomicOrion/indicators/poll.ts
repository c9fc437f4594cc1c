import type { IndicatorFacts } from '../answers/indicator';
import { factsOf } from '../answers/indicator';
import type { Row } from '../answers/row';
import type { Orion } from '../transport/connect';
import { indicatorPages } from '../transport/indicators';
import type { IndicatorFilters } from './filters';
import { isWanted, queryOf } from './filters';
import type { Memory } from './memory';
import { remember, shortId } from './memory';

export interface PollRules {
	filters: IndicatorFilters;
	/** How much of what was read is read again. */
	overlapMs: number;
	/** How far the very first poll looks back. */
	lookBackMs: number;
	now: number;
	/** Time enough for this poll; the rest is left for the next one. */
	isOver: () => boolean;
	/** After so many indicators the rest is left for the next poll, too. */
	most: number;
}

export interface Poll {
	/** New indicators, the oldest first. */
	rows: Row[];
	memory: Memory;
}

/**
 * Reads what is new since the last poll, however long ago that was. The first poll hands over nothing but what it looks back to, and notes
 * what there is already, so that the overlap doesn't bring it up later.
 */
export async function pollIndicators(orion: Orion, memory: Memory | undefined, rules: PollRules): Promise<Poll> {
	const { filters, overlapMs, lookBackMs, now } = rules;
	const begin = memory ? memory.upTo - overlapMs : now - Math.max(lookBackMs, overlapMs);
	const newSince = memory ? Number.NEGATIVE_INFINITY : now - lookBackMs;
	const before = memory?.seen ?? {};
	const read = new Map<string, number>();
	const rows: Row[] = [];

	for await (const page of indicatorPages(orion, { from: begin, to: now }, 'oldest first', queryOf(filters))) {
		const oldestFirst = page.rows
			.map((row) => ({ row, facts: factsOf(row) }))
			.sort((a, b) => a.facts.time - b.facts.time);
		for (const { row, facts } of oldestFirst) {
			const id = shortId(facts.id);
			if (!isWanted(filters, facts)) continue;
			const isNew = !(id in before) && !read.has(id) && isSince(facts, newSince);
			read.set(id, facts.time);
			if (isNew) rows.push(row);
		}
		const isRest = page.span.to < now;
		// Before what the last poll had reached there is nothing that could be left for the next one.
		if (isRest && page.span.to > (memory?.upTo ?? begin) && (rules.isOver() || rows.length >= rules.most)) {
			return { rows, memory: remember(page.span.to, overlapMs, before, read) };
		}
	}
	return { rows, memory: remember(now, overlapMs, before, read) };
}

/** An indicator without a time can't be told to be old. */
const isSince = ({ time }: IndicatorFacts, since: number): boolean => time === 0 || time >= since;
