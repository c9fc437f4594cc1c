import type { SearchFilters } from '../search/filters';

export type Kind =
	| 'attributeChanged'
	| 'attributeRevoked'
	| 'eventChanged'
	| 'eventPublished'
	| 'newEvent'
	| 'newSighting';

/** Where a poll stands. Times in seconds since 1970. */
export interface Window {
	/** From here on things are read. */
	since: number;
	/** Whether to look for what feeds and other servers brought under older times. */
	catchUp: boolean;
	/** Numbers of events that came since the last poll. */
	newEvents: readonly string[];
}

/** What each kind of trigger searches, and so which filters it takes. */
export const scopeOf = {
	newEvent: 'events',
	eventPublished: 'events',
	eventChanged: 'events',
	attributeChanged: 'attributes',
	attributeRevoked: 'attributes',
} as const satisfies Record<Exclude<Kind, 'newSighting'>, 'attributes' | 'events'>;

/** One search of a poll, on top of the user's filters. */
export interface Branch {
	scope: 'attributes' | 'events';
	filters: SearchFilters;
	/** Why what is found is given out; `changed` for new and changed ones alike. */
	reason: 'changed' | 'deleted' | 'detection_off' | 'new' | 'published';
}

/**
 * What feeds and other servers bring keeps the time of its source, which lies before the last poll. MISP stamps its event with the time of
 * publishing, so what changed in published events is read too, back to here: 30 days, in seconds.
 */
export const lateBy = 30 * 86_400;

const changed = ({ since }: Window): SearchFilters => ({ changedSince: since });
const late = ({ since }: Window): SearchFilters => ({
	publishedSince: since,
	changedSince: Math.max(0, since - lateBy),
});

/** Which searches find what a trigger is for. None looks at what came before the window but by one of its times. */
export const branchesOf: Readonly<Record<Exclude<Kind, 'newSighting'>, (window: Window) => Branch[]>> = {
	newEvent: ({ since, newEvents }) => [
		...inNewEvents('events', newEvents, 'new'),
		// Events that have only just come to meet the filters, such as by a tag.
		{ scope: 'events', filters: { eventChangedSince: since }, reason: 'new' },
	],
	eventPublished: ({ since }) => [
		{ scope: 'events', filters: { publishedSince: since, published: true }, reason: 'published' },
	],
	eventChanged: ({ since, catchUp, newEvents }) => [
		...inNewEvents('events', newEvents, 'changed'),
		{ scope: 'events', filters: { eventChangedSince: since }, reason: 'changed' },
		...(catchUp
			? [
					{
						scope: 'events',
						filters: { publishedSince: since, eventChangedSince: Math.max(0, since - lateBy) },
						reason: 'changed',
					} satisfies Branch,
				]
			: []),
	],
	attributeChanged: (window) => [
		...inNewEvents('attributes', window.newEvents, 'changed'),
		{ scope: 'attributes', filters: changed(window), reason: 'changed' },
		...(window.catchUp ? [{ scope: 'attributes', filters: late(window), reason: 'changed' } satisfies Branch] : []),
	],
	attributeRevoked: (window) =>
		[changed(window), ...(window.catchUp ? [late(window)] : [])].flatMap((times): Branch[] => [
			{ scope: 'attributes', filters: { ...times, deleted: 'only' }, reason: 'deleted' },
			{ scope: 'attributes', filters: { ...times, toIds: false }, reason: 'detection_off' },
		]),
};

const inNewEvents = (scope: Branch['scope'], newEvents: readonly string[], reason: Branch['reason']): Branch[] =>
	newEvents.length > 0 ? [{ scope, filters: { eventIds: newEvents }, reason }] : [];
