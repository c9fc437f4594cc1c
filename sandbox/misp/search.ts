import { isSiteAdmin, maySee } from './auth';
import { chooses, isOn, like, parseChoice, parseDeleted, parseOrder, parsePage, parseSwitch, parseWindow, type Choice, type OrderClause } from './filters';
import type { AttachedTag, Attribute, MispEvent, User } from './model';
import type { MispStore } from './store';
import { parseMoment } from './time';
import type { WarninglistIndex } from './warninglists';

/** restSearch parameters as sent. What is not read here has no effect, as in MISP. */
export type SearchParams = Readonly<Record<string, unknown>>;

type EventTest = (event: MispEvent) => boolean;
type AttributeTest = (attribute: Attribute) => boolean;

export interface AttributeResult {
	readonly rows: Attribute[];
	/** `X-Result-Count`: see `pageCount`. */
	readonly resultCount: number;
	/** `X-Skipped-Elements-Count`: dropped from this page by warninglists or decay, after the limit. */
	readonly skipped: number;
}

export interface EventResult {
	readonly rows: Array<{ readonly event: MispEvent; readonly attributes: Attribute[] }>;
	/** `X-Result-Count`: all matching events, whatever the limit. */
	readonly resultCount: number;
}

const ATTRIBUTE_ORDER = ['id', 'event_id', 'object_id', 'type', 'category', 'value', 'distribution', 'timestamp', 'object_relation'];
const EVENT_ORDER = ['id', 'info', 'analysis', 'threat_level_id', 'distribution', 'timestamp', 'publish_timestamp'];

const ATTRIBUTE_KEYS: Readonly<Record<string, (attribute: Attribute) => string | number>> = {
	id: (attribute) => attribute.id,
	event_id: (attribute) => attribute.event.id,
	object_id: (attribute) => attribute.objectId,
	type: (attribute) => attribute.type,
	category: (attribute) => attribute.category,
	value: (attribute) => attribute.value,
	distribution: (attribute) => attribute.distribution,
	timestamp: (attribute) => attribute.timestamp,
	object_relation: (attribute) => attribute.objectRelation ?? '',
};

const EVENT_KEYS: Readonly<Record<string, (event: MispEvent) => string | number>> = {
	id: (event) => event.id,
	info: (event) => event.info,
	analysis: (event) => event.analysis,
	threat_level_id: (event) => event.threatLevel,
	distribution: (event) => event.distribution,
	timestamp: (event) => event.timestamp,
	publish_timestamp: (event) => event.publishTimestamp,
};

function compare(first: string | number, second: string | number): number {
	if (typeof first === 'number' && typeof second === 'number') return first - second;
	return first < second ? -1 : Number(first > second);
}

function sort<Row>(rows: Row[], clauses: readonly OrderClause[], keys: Readonly<Record<string, (row: Row) => string | number>>): Row[] {
	const steps = clauses.flatMap(({ field, descending }) => {
		const key = keys[field];
		return key ? [{ key, sign: descending ? -1 : 1 }] : [];
	});
	return rows.sort((first, second) => {
		for (const { key, sign } of steps) {
			const order = compare(key(first), key(second));
			if (order !== 0) return order * sign;
		}
		return 0;
	});
}

// Tests on the event

function carries(tags: readonly AttachedTag[] | undefined, matches: TagMatch): boolean {
	return tags !== undefined && tags.some((attached) => matches(attached));
}

type TagMatch = (attached: AttachedTag) => boolean;

/** A tag by name (`%` as wildcard, case counts) or by its numeric id. */
function tagMatch(word: string): TagMatch {
	if (/^\d+$/.test(word)) return ({ tag }) => tag.id === Number(word);
	const matches = like(word);
	return ({ tag }) => matches(tag.name);
}

interface TagChoice {
	readonly any: TagMatch[];
	readonly all: TagMatch[];
	readonly none: TagMatch[];
}

function parseTags(value: unknown): TagChoice | undefined {
	const choice = parseChoice(value);
	return choice && { any: choice.any.map(tagMatch), all: choice.all.map(tagMatch), none: choice.none.map(tagMatch) };
}

const isUuid = (word: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(word);

function sameEvent(word: string): EventTest {
	return isUuid(word) ? (event) => event.uuid === word.toLowerCase() : (event) => String(event.id) === word;
}

function byEvent(choice: Choice): EventTest {
	const any = choice.any.map(sameEvent);
	const none = choice.none.map(sameEvent);
	return (event) => (any.length === 0 || any.some((test) => test(event))) && !none.some((test) => test(event));
}

function byOrganisation(choice: Choice): EventTest {
	const test = (word: string): EventTest => ({ orgc }) => String(orgc.id) === word || orgc.name === word || orgc.uuid === word;
	const any = choice.any.map(test);
	const none = choice.none.map(test);
	return (event) => (any.length === 0 || any.some((matches) => matches(event))) && !none.some((matches) => matches(event));
}

function dayWindow(params: SearchParams): EventTest | undefined {
	const from = params['from'];
	const to = params['to'];
	if (from === undefined && to === undefined) return undefined;
	const day = (value: unknown): string => String(value).slice(0, 10);
	return ({ date }) => (from === undefined || date >= day(from)) && (to === undefined || date <= day(to));
}

/** Filters that both searches apply to the event. `timestamp` is not among them: it means another thing in each. */
function eventTests(params: SearchParams, now: number): EventTest[] {
	const tests: Array<EventTest | undefined> = [dayWindow(params)];
	const choice = (key: string, make: (choice: Choice) => EventTest): void => {
		const parsed = parseChoice(params[key]);
		if (parsed) tests.push(make(parsed));
	};
	const window = (key: string, at: (event: MispEvent) => number): void => {
		const inside = parseWindow(params[key], now);
		if (inside) tests.push((event) => inside(at(event)));
	};
	choice('eventid', byEvent);
	choice('org', byOrganisation);
	choice('threat_level_id', (wanted) => {
		const matches = chooses(wanted);
		return (event) => matches(String(event.threatLevel));
	});
	choice('analysis', (wanted) => {
		const matches = chooses(wanted);
		return (event) => matches(String(event.analysis));
	});
	choice('eventinfo', (wanted) => {
		const matches = chooses(wanted, { ignoreCase: true });
		return (event) => matches(event.info);
	});
	choice('sharinggroup', (wanted) => {
		const matches = chooses(wanted);
		return (event) => matches(String(event.sharingGroupId));
	});
	window('event_timestamp', (event) => event.timestamp);
	window('last', (event) => event.publishTimestamp);
	window('publish_timestamp', (event) => event.publishTimestamp);
	const published = parseSwitch(params['published']);
	if (published !== undefined) tests.push((event) => event.published === published);
	return tests.filter((test) => test !== undefined);
}

// Tests on the attribute

/** `first_seen` is a lower bound, `last_seen` an upper one; a list is a range for either. */
function seenTest(params: SearchParams, now: number): AttributeTest | undefined {
	const first = parseWindow(params['first_seen'], now);
	const last = Array.isArray(params['last_seen']) ? parseWindow(params['last_seen'], now) : until(params['last_seen'], now);
	if (!first && !last) return undefined;
	const inside = (test: ((at: number) => boolean) | undefined, text: string | null): boolean =>
		test === undefined || (text !== null && test(Math.floor(Date.parse(text) / 1000)));
	return ({ firstSeen, lastSeen }) => inside(first, firstSeen) && inside(last, lastSeen);
}

function until(value: unknown, now: number): ((at: number) => boolean) | undefined {
	if (value === undefined) return undefined;
	const end = parseMoment(value, now);
	return 'invalid' in end ? () => false : (at) => at <= end.at;
}

function valueTest(choice: Choice): AttributeTest | undefined {
	// Each half of a composite value is compared on its own; a lone negation therefore never excludes anything
	// ("value1 is not it or value2 is not it"), as on MISP 2.5.1.
	if (choice.any.length === 0 && choice.all.length === 0) return undefined;
	const matches = chooses({ ...choice, none: [] }, { ignoreCase: true });
	return ({ type, value }) => matches(value) || (type.includes('|') && value.split('|').some(matches));
}

function uuidTest(store: MispStore, words: readonly string[]): AttributeTest {
	const wanted = new Set(words.map((word) => word.toLowerCase()));
	return (attribute) => wanted.has(store.uuidOf(attribute)) || wanted.has(attribute.event.uuid);
}

/** Filters on an attribute's own fields that both searches know. */
function fieldTests(params: SearchParams): AttributeTest[] {
	const tests: AttributeTest[] = [];
	const field = (key: string, read: (attribute: Attribute) => string): void => {
		const choice = parseChoice(params[key]);
		if (!choice) return;
		const matches = chooses(choice);
		tests.push((attribute) => matches(read(attribute)));
	};
	field('type', (attribute) => attribute.type);
	field('category', (attribute) => attribute.category);
	field('object_relation', (attribute) => attribute.objectRelation ?? '');
	const value = parseChoice(params['value']);
	const byValue = value && valueTest(value);
	if (byValue) tests.push(byValue);
	return tests;
}

function toIdsTest(params: SearchParams): AttributeTest | undefined {
	const toIds = parseSwitch(params['to_ids']);
	return toIds === undefined ? undefined : (attribute) => attribute.toIds === toIds;
}

function seesAttribute(user: User): AttributeTest {
	if (isSiteAdmin(user)) return () => true;
	return (attribute) => attribute.event.org === user.org || attribute.distribution !== 0;
}

// attributes/restSearch

/** An attribute counts as tagged when it or its event carries the tag, global or local. */
function tagTest({ any, all, none }: TagChoice): AttributeTest {
	const memo = new Map<MispEvent, { any: boolean; all: boolean[]; none: boolean }>();
	const ofEvent = (event: MispEvent) => {
		let known = memo.get(event);
		if (!known) {
			known = {
				any: any.some((matches) => carries(event.tags, matches)),
				all: all.map((matches) => carries(event.tags, matches)),
				none: none.some((matches) => carries(event.tags, matches)),
			};
			memo.set(event, known);
		}
		return known;
	};
	return (attribute) => {
		const event = ofEvent(attribute.event);
		if (event.none || none.some((matches) => carries(attribute.tags, matches))) return false;
		if (any.length > 0 && !event.any && !any.some((matches) => carries(attribute.tags, matches))) return false;
		return all.every((matches, index) => event.all[index] === true || carries(attribute.tags, matches));
	};
}

function attributeTests(store: MispStore, user: User, params: SearchParams): AttributeTest[] {
	const now = store.now();
	const tests: Array<AttributeTest | undefined> = [seesAttribute(user), ...fieldTests(params), toIdsTest(params), seenTest(params, now)];
	for (const key of ['timestamp', 'attribute_timestamp']) {
		const inside = parseWindow(params[key], now);
		if (inside) tests.push((attribute) => inside(attribute.timestamp));
	}
	const tags = parseTags(params['tags']);
	if (tags) tests.push(tagTest(tags));
	const uuids = parseChoice(params['uuid']);
	if (uuids) tests.push(uuidTest(store, uuids.any));
	const deleted = parseDeleted(params['deleted']);
	tests.push((attribute) => deleted(attribute.deleted));
	return tests.filter((test) => test !== undefined);
}

function visibleEvents(store: MispStore, user: User, tests: readonly EventTest[]): MispEvent[] {
	const found: MispEvent[] = [];
	for (const event of store.events.values()) {
		if (maySee(user, event) && tests.every((test) => test(event))) found.push(event);
	}
	return found;
}

/**
 * Without `order` the database answers in the order of whichever index it took. By event that is a stable order; by type
 * another stable one; by time alone, rows of the same second change places from page to page, so that paging loses some
 * and sends others twice.
 */
function naturalOrder(rows: Attribute[], params: SearchParams, page: number): Attribute[] {
	if (parseChoice(params['eventid']) || parseChoice(params['uuid'])) return rows;
	if (parseChoice(params['tags'])) return sort(rows, [{ field: 'id', descending: false }], ATTRIBUTE_KEYS);
	if (parseChoice(params['type'])) return sort(rows, [{ field: 'type', descending: false }, { field: 'id', descending: false }], ATTRIBUTE_KEYS);
	const byTime = ['timestamp', 'attribute_timestamp'].some((key) => params[key] !== undefined);
	if (byTime) return sort(rows, [{ field: 'timestamp', descending: false }, { field: 'id', descending: page % 2 === 0 }], ATTRIBUTE_KEYS);
	return sort(rows, [{ field: 'id', descending: false }], ATTRIBUTE_KEYS);
}

export function searchAttributes(store: MispStore, user: User, params: SearchParams, warninglists: WarninglistIndex): AttributeResult {
	const tests = attributeTests(store, user, params);
	const found: Attribute[] = [];
	for (const event of visibleEvents(store, user, eventTests(params, store.now()))) {
		for (const attribute of event.attributes) {
			if (tests.every((test) => test(attribute))) found.push(attribute);
		}
	}
	const paging = parsePage(params);
	const clauses = parseOrder(params['order'], 'Attribute', ATTRIBUTE_ORDER);
	const ordered = clauses.length > 0 ? sort(found, [...clauses, { field: 'id', descending: false }], ATTRIBUTE_KEYS) : naturalOrder(found, params, paging?.page ?? 1);
	const raw = paging && paging.limit !== Infinity ? ordered.slice((paging.page - 1) * paging.limit, paging.page * paging.limit) : ordered;
	const rows = isOn(params['enforceWarninglist']) ? raw.filter(({ type, value }) => warninglists.hits(type, value).length === 0) : raw;
	return { rows, resultCount: pageCount(raw.length, rows.length, paging), skipped: raw.length - rows.length };
}

/**
 * With a limit, one more than was read when the page came out full, and when it came out empty. So a page that was full
 * and of which something was suppressed counts exactly `limit`, with more to come; the one after the last counts 1.
 */
function pageCount(raw: number, kept: number, paging: { limit: number } | undefined): number {
	if (!paging) return raw;
	return kept === 0 || kept >= paging.limit || paging.limit === Infinity ? raw + 1 : raw;
}

// events/restSearch

function eventTagTest({ any, all, none }: TagChoice): EventTest {
	return (event) => {
		const anywhere = (matches: TagMatch): boolean => carries(event.tags, matches) || event.attributes.some((attribute) => carries(attribute.tags, matches));
		return (
			!none.some((matches) => carries(event.tags, matches)) &&
			(any.length === 0 || any.some(anywhere)) &&
			all.every(anywhere)
		);
	};
}

function onlyEventTags({ any, all, none }: TagChoice): EventTest {
	return (event) =>
		!none.some((matches) => carries(event.tags, matches)) &&
		(any.length === 0 || any.some((matches) => carries(event.tags, matches))) &&
		all.every((matches) => carries(event.tags, matches));
}

/** Events that hold a matching attribute; type, category and value choose the event, not which attributes it shows. */
function holdsTest(params: SearchParams): EventTest | undefined {
	const tests = fieldTests(params);
	if (tests.length === 0) return undefined;
	const deleted = parseDeleted(params['deleted']);
	return (event) => event.attributes.some((attribute) => deleted(attribute.deleted) && tests.every((test) => test(attribute)));
}

function uuidEventTest(store: MispStore, words: readonly string[]): EventTest {
	const wanted = new Set(words.map((word) => word.toLowerCase()));
	return (event) => wanted.has(event.uuid) || event.attributes.some((attribute) => wanted.has(store.uuidOf(attribute)));
}

/** Text that is an event's info, an attribute's value or a comment, whole unless it brings its own `%`. */
function anywhereTest(word: string): EventTest {
	const matches = like(word, { ignoreCase: true });
	return (event) => matches(event.info) || event.attributes.some(({ value, comment }) => matches(value) || matches(comment));
}

export function searchEvents(store: MispStore, user: User, params: SearchParams, warninglists: WarninglistIndex): EventResult {
	const now = store.now();
	const tests: Array<EventTest | undefined> = [...eventTests({ ...params, published: params['published'] === false ? undefined : params['published'] }, now), holdsTest(params)];
	const inside = parseWindow(params['timestamp'], now);
	if (inside) tests.push((event) => inside(event.timestamp));
	const attributeInside = parseWindow(params['attribute_timestamp'], now);
	if (attributeInside) tests.push((event) => event.attributes.some((attribute) => attributeInside(attribute.timestamp)));
	const tags = parseTags(params['tags']);
	if (tags) tests.push(eventTagTest(tags));
	const eventTags = parseTags(params['event_tags']);
	if (eventTags) tests.push(onlyEventTags(eventTags));
	const uuids = parseChoice(params['uuid']);
	if (uuids) tests.push(uuidEventTest(store, uuids.any));
	const searchAll = params['searchall'];
	if (typeof searchAll === 'string' && searchAll !== '') tests.push(anywhereTest(searchAll));

	const deleted = parseDeleted(params['deleted']);
	const toIds = toIdsTest(params);
	const sees = seesAttribute(user);
	const shown = (event: MispEvent): Attribute[] =>
		event.attributes.filter(
			(attribute) =>
				deleted(attribute.deleted) &&
				sees(attribute) &&
				(!toIds || toIds(attribute)) &&
				!(tags && tags.none.some((matches) => carries(attribute.tags, matches))),
		);
	// `to_ids` leaves out the events in which nothing is left to show.
	const found = visibleEvents(store, user, tests.filter((test) => test !== undefined)).filter((event) => !toIds || shown(event).length > 0);
	const clauses = parseOrder(params['order'], 'Event', EVENT_ORDER);
	const ordered = sort(found, [...clauses, { field: 'id', descending: false }], EVENT_KEYS);
	const paging = parsePage(params);
	const raw = paging && paging.limit !== Infinity ? ordered.slice((paging.page - 1) * paging.limit, paging.page * paging.limit) : ordered;
	// `published: false` is applied after counting and paging, unlike `published: 0`.
	const page = params['published'] === false ? raw.filter((event) => !event.published) : raw;
	const enforced = isOn(params['enforceWarninglist']);
	return {
		resultCount: found.length,
		rows: page.map((event) => {
			const attributes = shown(event);
			return { event, attributes: enforced ? attributes.filter(({ type, value }) => warninglists.hits(type, value).length === 0) : attributes };
		}),
	};
}
