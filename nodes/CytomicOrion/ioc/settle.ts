import type { Entry } from './entry';
import { isDone, isOpen, outcomeIn } from './entry';
import type { Tally } from './tally';
import { tally } from './tally';
import type { IocType, Outcome } from './types';
import { reasons } from './types';

export interface EventName {
	readonly eventUuid?: string;
	readonly eventId?: string;
	readonly eventInfo?: string;
}

/** An IOC that was skipped or failed (or whose original was), for the person who wants to know which and why. */
export interface NotImported {
	/** The attribute's. */
	readonly uuid?: string;
	readonly mispType: string;
	readonly type?: IocType;
	/** Cut where it is very long. */
	readonly value: string;
	readonly status: 'skipped' | 'failed';
	/** A reason code, or the code of a failure. */
	readonly reason: string;
	readonly message: string;
}

/** What became of the IOCs of one MISP event; those of items without an event come as one, without a name. */
export interface EventResult extends EventName, Tally {
	/** The UUIDs, of the event and of attributes, that may lose the control tag: nothing is left to do for them. */
	readonly settled: readonly string[];
	readonly notImported: readonly NotImported[];
	/** Failures that another run may mend. */
	readonly open: number;
}

export interface SettleOptions {
	/**
	 * The tag that asked for this job. With it, an event settles if it carries the tag, and an attribute if it
	 * carries the tag itself. Without it, every event does whose IOCs are all done.
	 */
	readonly controlTag?: string;
	/** Events that were read and hold nothing that Orion takes: they are settled, with zero counts. */
	readonly extraEvents?: readonly EventName[];
}

const longestShown = 200;
const shortened = (value: string): string => (value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);

function notImported({ candidate, type, value }: Entry, outcome: Outcome): NotImported[] {
	if (outcome.status !== 'skipped' && outcome.status !== 'failed') return [];
	const { uuid, mispType } = candidate;
	const why =
		outcome.status === 'skipped'
			? { reason: outcome.reason, message: reasons[outcome.reason] }
			: { reason: outcome.code, message: outcome.message };
	return [
		{
			uuid,
			mispType: shortened(mispType),
			type,
			value: shortened(value),
			status: outcome.status,
			...why,
		},
	];
}

function grouped<K>(entries: readonly Entry[], keyOf: (entry: Entry) => K): Map<K, Entry[]> {
	const groups = new Map<K, Entry[]>();
	for (const entry of entries) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [entry]);
		else group.push(entry);
	}
	return groups;
}

interface Tagged {
	readonly event: boolean;
	readonly attribute: boolean;
}

const onEvent: Tagged = { event: true, attribute: false };

/** Where a tag hangs. MISP compares tag names without regard to case. */
function tagsNamed(controlTag: string): (entry: Entry) => Tagged {
	const name = controlTag.toLowerCase();
	return ({ candidate }) => {
		const tags = candidate.tags.filter((tag) => tag.name.toLowerCase() === name);
		return {
			event: tags.some(({ inherited }) => inherited),
			attribute: tags.some(({ inherited }) => !inherited),
		};
	};
}

/** Tells events apart, those without a UUID too. */
export const keyOfEvent = ({ eventUuid, eventId }: EventName): string => eventUuid ?? `id ${eventId ?? ''}`;

const uuidOf = ({ candidate }: Entry): string | undefined => candidate.uuid;

const nameOf = ({ eventUuid, eventId, eventInfo }: EventName): EventName => ({
	eventUuid,
	eventId,
	eventInfo,
});

/**
 * Sums up per MISP event, in the order of the events, and says which control tags have done their work.
 * A tagged event is settled when all of its IOCs are done, a tagged attribute when all of its own are.
 */
export function settle(entries: readonly Entry[], { controlTag, extraEvents = [] }: SettleOptions): EventResult[] {
	const outcomeOf = outcomeIn(entries);
	const tagsOf = controlTag === undefined ? () => onEvent : tagsNamed(controlTag);
	const areDone = (group: readonly Entry[]) => group.every((entry) => isDone(outcomeOf(entry)));

	const settledEvent = (ofEvent: readonly Entry[], uuid: string | undefined): string[] =>
		uuid !== undefined && ofEvent.some((entry) => tagsOf(entry).event) && areDone(ofEvent) ? [uuid] : [];

	const settledAttributes = (ofEvent: readonly Entry[]): string[] => {
		const asked = new Set(ofEvent.filter((entry) => tagsOf(entry).attribute).map(uuidOf));
		const own = grouped(
			ofEvent.filter((entry) => asked.has(uuidOf(entry))),
			uuidOf,
		);
		return [...own].flatMap(([uuid, group]) => (uuid !== undefined && areDone(group) ? [uuid] : []));
	};

	const resultOf = (name: EventName, ofEvent: readonly Entry[]): EventResult => ({
		...nameOf(name),
		...tally(ofEvent),
		settled: [...settledEvent(ofEvent, name.eventUuid), ...settledAttributes(ofEvent)],
		notImported: ofEvent.flatMap((entry) => notImported(entry, outcomeOf(entry))),
		open: ofEvent.filter((entry) => isOpen(outcomeOf(entry))).length,
	});

	const events = grouped(entries, ({ candidate }) => keyOfEvent(candidate));
	const empty = extraEvents.filter((event) => !events.has(keyOfEvent(event)));
	return [
		...[...events.values()].map((ofEvent) => resultOf(ofEvent[0]?.candidate ?? {}, ofEvent)),
		...empty.map((event) => ({
			...resultOf(event, []),
			settled: event.eventUuid === undefined ? [] : [event.eventUuid],
		})),
	];
}
