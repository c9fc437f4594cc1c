import type { EventName, EventResult, NotImported } from './settle';
import { keyOfEvent } from './settle';
import type { Tally } from './tally';
import { addTallies, emptyTally } from './tally';

/** What became of one event in all parts of it together. */
export interface LedgerEntry extends EventResult {
	/** IOCs that did not go through beyond those listed. */
	readonly unlisted: number;
}

const nothing = (name: EventName): LedgerEntry => ({
	...name,
	...emptyTally(),
	settled: [],
	notImported: [],
	unlisted: 0,
	open: 0,
});

/**
 * Adds up the results of events that come in parts. What did not go through is listed up to a number over all events and counted beyond, so
 * that memory stays bounded however much is skipped.
 */
export class Ledger {
	private readonly events = new Map<string, LedgerEntry>();

	constructor(private room: number) {}

	/** One part of an event. The UUIDs that a part settles are joined: whether all parts do is for the caller to know. */
	add(part: EventResult): void {
		const before = this.events.get(keyOfEvent(part)) ?? nothing(part);
		const listed: NotImported[] = part.notImported.slice(0, this.room);
		this.room -= listed.length;
		this.events.set(keyOfEvent(part), {
			...before,
			...addTallies(before, part),
			settled: [...new Set([...before.settled, ...part.settled])],
			notImported: [...before.notImported, ...listed],
			unlisted: before.unlisted + part.notImported.length - listed.length,
			open: before.open + part.open,
		});
	}

	has(event: EventName): boolean {
		return this.events.has(keyOfEvent(event));
	}

	/** In the order in which the events came. */
	get results(): LedgerEntry[] {
		return [...this.events.values()];
	}

	get total(): Tally {
		return this.results.reduce<Tally>(addTallies, emptyTally());
	}

	get open(): number {
		return this.results.reduce((sum, { open }) => sum + open, 0);
	}
}
