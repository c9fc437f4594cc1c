/** One text or several. A single text may hold one entry per line. */
export type Texts = string | readonly string[];

/** A time: `7d`, `12h`, `30m`, a date with or without a clock time, a Date, or seconds since 1970. */
export type When = string | number | Date;

export type Severity = 'any' | 'low' | 'medium' | 'high';

/**
 * What to look for, in an analyst's words. Everything given has to hold at once; within one list any entry will do. Absent, empty text and
 * empty list mean: no such filter.
 */
export interface SearchFilters {
	/** Whole values, taken literally. */
	value?: Texts;
	/** Parts of a value. `_` matches any character, as MISP has it. */
	valueContains?: Texts;
	type?: Texts;
	category?: Texts;
	/** Creator organisations, by name, id or UUID. */
	org?: Texts;
	/** `%` stands for any text, as MISP has it: `tlp:%`. An attribute has its event's tags too; on events, `none` looks at the event's own tags only. */
	tags?: { any?: Texts; all?: Texts; none?: Texts };
	toIds?: boolean | 'any';
	published?: boolean | 'any';
	/** Soft-deleted attributes. */
	deleted?: 'exclude' | 'only' | 'include';
	/** “High and above” and so on, by the threat level of the event. Undefined threat levels are only in `any`. */
	minimumSeverity?: Severity;
	/** Events, by id or UUID. */
	eventIds?: Texts;
	/** Attributes by UUID; an event's UUID stands for all its attributes. In event searches the UUIDs of events. */
	uuids?: Texts;
	/** Last change of the attribute, or of the event in event searches; both ends count. */
	changedSince?: When;
	changedUntil?: When;
	eventChangedSince?: When;
	eventChangedUntil?: When;
	publishedSince?: When;
	publishedUntil?: When;
	/** Date of the event, first and last day. */
	dateFrom?: When;
	dateTo?: When;
	/** Part of the event's title. */
	eventInfo?: Texts;
	objectName?: Texts;
	objectRelation?: Texts;
	/** MISP scores only with a model given by its number. */
	decay?: { model?: number | string; score?: number | string; excludeDecayed?: boolean };
	/** suppress: leave out what is on a warninglist; mark: say on which ones it is. */
	warninglists?: 'ignore' | 'suppress' | 'mark';
	includeContext?: boolean;
	includeEventTags?: boolean;
	includeSightings?: boolean;
	includeCorrelations?: boolean;
	includeAttachments?: boolean;
	/** Events and objects without their attributes. */
	metadataOnly?: boolean;
}

export const severities: Readonly<Record<Severity, readonly number[] | undefined>> = {
	any: undefined,
	low: [1, 2, 3],
	medium: [1, 2],
	high: [1],
};
