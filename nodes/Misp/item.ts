import type { Fields } from '../shared/fields';
import { isFields } from '../shared/fields';
import { severityWords } from './severity';

/** A tag as compact items have it. Global tags of the entry itself carry neither flag. */
export type CompactTag = {
	name: string;
	/** Set where the tag never leaves this MISP. */
	local?: true;
	/** Set on an attribute's tag that is its event's. */
	inherited?: true;
};

/**
 * An attribute as items carry it: flat, and a fifth of MISP's own size. Absent fields are not set in MISP or were not asked for
 * (`includeContext` brings date, severity and organisation of the event, `includeEventTags` inherited tags).
 */
export type CompactAttribute = {
	id: string;
	uuid: string;
	type: string;
	category: string;
	value: string;
	to_ids: boolean;
	comment: string;
	/** Last change, in seconds since 1970: the unit MISP's own search takes. */
	timestamp: number;
	event_id: string;
	tags: CompactTag[];
	object_relation?: string;
	/** As MISP writes it, ISO 8601 with microseconds. */
	first_seen?: string;
	last_seen?: string;
	deleted?: true;
	event_uuid?: string;
	event_info?: string;
	/** YYYY-MM-DD. */
	event_date?: string;
	event_published?: boolean;
	threat_level_id?: number;
	severity?: string;
	/** Organisation that made the event, by name. */
	org?: string;
	/** Names of the warninglists that have the value. */
	warninglists?: string[];
	/** Highest of the scores that were asked for, 0 to 100. */
	decay_score?: number;
	/** Set where a model that was asked for takes it for decayed. */
	decayed?: true;
	sightings?: { seen: number; false_positive: number; expiration: number };
	/** How many other attributes correlate. */
	correlations?: number;
};

/** An event as items carry it, without its attributes. */
export type CompactEvent = {
	id: string;
	uuid: string;
	info: string;
	/** YYYY-MM-DD. */
	date: string;
	threat_level_id: number;
	severity: string;
	published: boolean;
	/** Last change, in seconds since 1970. */
	timestamp: number;
	/** Last publishing, in seconds since 1970; 0: never. */
	publish_timestamp: number;
	attribute_count: number;
	/** Organisation that holds the event on this MISP, by name. */
	org: string;
	/** Organisation that made it, by name. */
	orgc: string;
	tags: CompactTag[];
	extends_uuid?: string;
};

const none: Fields = {};

function fieldsOf(value: unknown): Fields {
	return isFields(value) ? value : none;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function own(fields: Fields, name: string): unknown {
	return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function text(fields: Fields, name: string): string {
	const value = own(fields, name);
	return typeof value === 'string'
		? value
		: typeof value === 'number' || typeof value === 'boolean'
			? String(value)
			: '';
}

function whole(fields: Fields, name: string): number {
	const value = Number(text(fields, name));
	return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

// MISP writes flags as true, 1 or "1", depending on the call.
function flag(fields: Fields, name: string): boolean {
	const value = own(fields, name);
	return value === true || value === 1 || value === '1' || value === 'true';
}

/** The tags of an entry as MISP lists them. */
export function tagsOf(value: unknown): CompactTag[] {
	const tags: CompactTag[] = [];
	for (const one of listOf(value)) {
		const fields = fieldsOf(one);
		const tag: CompactTag = { name: text(fields, 'name') };
		if (tag.name === '') continue;
		if (flag(fields, 'local')) tag.local = true;
		if (flag(fields, 'inherited')) tag.inherited = true;
		tags.push(tag);
	}
	return tags;
}

/** Inherited tags come in `Tag` with `includeEventTags`, and in `Event.Tag` with `includeContext`. */
function allTags(attribute: Fields, event: Fields): CompactTag[] {
	const tags = tagsOf(own(attribute, 'Tag'));
	for (const tag of tagsOf(own(event, 'Tag'))) {
		if (tags.some(({ name, inherited }) => inherited === true && name === tag.name)) continue;
		tag.inherited = true;
		tags.push(tag);
	}
	return tags;
}

function severity(fields: Fields): { threat_level_id: number; severity: string } | undefined {
	const level = whole(fields, 'threat_level_id');
	const word = severityWords[level];
	return word === undefined ? undefined : { threat_level_id: level, severity: word };
}

function sightings(attribute: Fields): CompactAttribute['sightings'] {
	const found = own(attribute, 'Sighting');
	if (!Array.isArray(found)) return undefined;
	const types = found.map((one) => text(fieldsOf(one), 'type'));
	const count = (type: string): number => types.filter((one) => one === type).length;
	return { seen: count('0'), false_positive: count('1'), expiration: count('2') };
}

const isDecayed = (attribute: Fields): boolean =>
	listOf(own(attribute, 'decay_score')).some((one) => flag(fieldsOf(one), 'decayed'));

function score(attribute: Fields): number | undefined {
	const decay = listOf(own(attribute, 'decay_score'));
	if (decay.length === 0) return undefined;
	const scores = decay.map((one) => own(fieldsOf(one), 'score'));
	const numbers = scores.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
	return numbers.length > 0 ? numbers.reduce((highest, one) => Math.max(highest, one)) : undefined;
}

function warninglists(attribute: Fields): string[] | undefined {
	const warnings = listOf(own(attribute, 'warnings'));
	if (warnings.length === 0) return undefined;
	const names = warnings.map((one) => text(fieldsOf(one), 'warninglist_name'));
	const lists = [...new Set(names.filter(Boolean))];
	return lists.length > 0 ? lists : undefined;
}

/** Sets a field where there is something to set: ten thousands of items are made in one go, each with the fields it needs. */
function set<Item, Name extends keyof Item>(item: Item, name: Name, value: Item[Name] | undefined): void {
	if (value !== undefined && value !== '') item[name] = value;
}

/** Flattens an attribute of a search, or of a view. Never throws: what is not as MISP writes it comes out empty. */
export function compactAttribute(row: unknown): CompactAttribute {
	const outer = fieldsOf(row);
	const attribute = own(outer, 'Attribute') === undefined ? outer : fieldsOf(own(outer, 'Attribute'));
	const event = fieldsOf(own(attribute, 'Event') ?? own(outer, 'Event'));
	const item: CompactAttribute = {
		id: text(attribute, 'id'),
		uuid: text(attribute, 'uuid'),
		type: text(attribute, 'type'),
		category: text(attribute, 'category'),
		value: text(attribute, 'value'),
		to_ids: flag(attribute, 'to_ids'),
		comment: text(attribute, 'comment'),
		timestamp: whole(attribute, 'timestamp'),
		event_id: text(attribute, 'event_id') || text(event, 'id'),
		tags: allTags(attribute, event),
	};
	set(item, 'object_relation', text(attribute, 'object_relation'));
	set(item, 'first_seen', text(attribute, 'first_seen'));
	set(item, 'last_seen', text(attribute, 'last_seen'));
	if (flag(attribute, 'deleted')) item.deleted = true;
	set(item, 'event_uuid', text(event, 'uuid') || text(attribute, 'event_uuid'));
	set(item, 'event_info', text(event, 'info'));
	set(item, 'event_date', text(event, 'date'));
	if (own(event, 'published') !== undefined) item.event_published = flag(event, 'published');
	const level = severity(event);
	set(item, 'threat_level_id', level?.threat_level_id);
	set(item, 'severity', level?.severity);
	set(item, 'org', text(fieldsOf(own(event, 'Orgc')), 'name'));
	set(item, 'warninglists', warninglists(attribute));
	set(item, 'decay_score', score(attribute));
	if (isDecayed(attribute)) item.decayed = true;
	set(item, 'sightings', sightings(attribute));
	const related = own(attribute, 'RelatedAttribute');
	if (Array.isArray(related)) item.correlations = related.length;
	return item;
}

/** Flattens an event of a search, an index or a view. Never throws: what is not as MISP writes it comes out empty. */
export function compactEvent(row: unknown): CompactEvent {
	const outer = fieldsOf(row);
	const event = own(outer, 'Event') === undefined ? outer : fieldsOf(own(outer, 'Event'));
	// events/index writes EventTag: [{Tag, local}] instead of Tag.
	const indexed = listOf(own(event, 'EventTag')).map((one) => ({
		...fieldsOf(own(fieldsOf(one), 'Tag')),
		local: own(fieldsOf(one), 'local'),
	}));
	const item: CompactEvent = {
		id: text(event, 'id'),
		uuid: text(event, 'uuid'),
		info: text(event, 'info'),
		date: text(event, 'date'),
		...(severity(event) ?? { threat_level_id: 4, severity: 'Undefined' }),
		published: flag(event, 'published'),
		timestamp: whole(event, 'timestamp'),
		publish_timestamp: whole(event, 'publish_timestamp'),
		attribute_count: whole(event, 'attribute_count'),
		org: text(fieldsOf(own(event, 'Org')), 'name'),
		orgc: text(fieldsOf(own(event, 'Orgc')), 'name'),
		tags: tagsOf(own(event, 'Tag') ?? indexed),
	};
	set(item, 'extends_uuid', text(event, 'extends_uuid'));
	return item;
}
