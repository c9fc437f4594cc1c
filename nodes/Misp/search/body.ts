import { isUuid } from '../uuid';
import { readExtra } from './extra';
import { severities, type SearchFilters, type Texts } from './filters';
import { nearest } from './nearest';
import { parameterOf, type Scope } from './parameters';
import { readTime, readDay } from './time';
import { attributeTypes, categories, isComposite } from './vocabulary';

export type SearchBody = Record<string, unknown>;

export type Search = { ok: true; body: SearchBody } | { ok: false; problems: string[] };

/** What the server at hand knows, where that differs from MISP 2.5.1. */
export interface Vocabulary {
	types?: readonly string[];
	categories?: readonly string[];
}

/** Collects the body of one search, and everything that is wrong with it, so that the analyst learns of all of it at once. */
class Draft {
	readonly body: SearchBody = {};
	readonly problems: string[] = [];

	constructor(readonly scope: Scope) {}

	/** Sets a parameter once; MISP would ignore it where the scope does not have it, so that is a problem. */
	set(name: string, value: unknown, field: string): void {
		if (parameterOf(this.scope, name) === undefined) {
			this.problem(`${field}: MISP has no such filter for ${this.scope}.`);
		} else if (Object.hasOwn(this.body, name)) {
			this.problem(`${field}: another filter sets MISP’s ${name} already. Use one of them.`);
		} else {
			this.body[name] = value;
		}
	}

	problem(text: string): void {
		this.problems.push(text);
	}

	/** The entries of a text or list; undefined where no such filter was given. */
	entries(field: string, given: unknown): string[] | undefined {
		if (given === undefined || given === null || given === '') return undefined;
		const list: unknown[] =
			typeof given === 'string'
				? given.split(/\r?\n/).filter((line) => line.trim() !== '')
				: Array.isArray(given)
					? given
					: [given];
		if (list.length === 0) {
			// Only a list means "nothing chosen"; a text of blanks was meant to be a filter, and MISP would drop it.
			if (typeof given === 'string') this.problem(`${field}: blank. MISP would ignore it and return everything.`);
			return undefined;
		}
		const texts: string[] = [];
		for (const entry of list) {
			const text = typeof entry === 'number' ? String(entry) : typeof entry === 'string' ? entry.trim() : '';
			if (text === '')
				this.problem(
					`${field}: holds an entry that is blank or not a text. MISP would ignore it and return everything.`,
				);
			else texts.push(text);
		}
		return texts.length > 0 ? [...new Set(texts)] : undefined;
	}
}

/**
 * MISP reads a leading `!` in a list as "not", and `&&` in a single text as "and" (2.5). A list never has the second, and inside {OR: …}
 * texts are taken as they are.
 */
function literally(texts: string[]): string[] | { OR: string[] } {
	return texts.some((text) => text.startsWith('!')) ? { OR: texts } : texts;
}

function addValues(draft: Draft, filters: SearchFilters): void {
	const whole = draft.entries('Value', filters.value);
	const parts = draft.entries('Value Contains', filters.valueContains);
	if (whole && parts) {
		draft.problem('Value: MISP searches either whole values or parts. Use Value or Value Contains, not both.');
		return;
	}
	if (parts) draft.set('value', literally(parts.map((part) => `%${part.replace(/^%+|%+$/g, '')}%`)), 'Value Contains');
	if (!whole) return;
	for (const value of whole) {
		if (value.startsWith('%') || value.endsWith('%')) {
			draft.problem(
				`Value: MISP reads % at the start or end of “${value.slice(0, 60)}” as “any text”. To search for a part, use Value Contains.`,
			);
		}
	}
	const types = draft.entries('Type', filters.type) ?? [];
	const halved = whole.filter((value) => value.includes('|') && !(types.length > 0 && !types.some(isComposite)));
	if (halved.length > 0) addComposite(draft, whole, halved, types);
	else draft.set('value', literally(whole), 'Value');
}

// MISP keeps filename|md5 and the like in two columns and compares a searched value with each, so the whole is never found (2.5).
function addComposite(draft: Draft, whole: string[], halved: string[], types: string[]): void {
	const [value = ''] = halved;
	const shown = `“${value.slice(0, 60)}”`;
	if (types.length === 0 || !types.every(isComposite)) {
		draft.problem(
			`Value: ${shown} has a |. Say with Type whether it is one text (url …) or a pair (filename|md5, ip-dst|port …).`,
		);
	} else if (draft.scope !== 'attributes') {
		draft.problem(
			`Value: MISP finds no pair such as ${shown} in ${draft.scope}. Search attributes, or one half of it.`,
		);
	} else if (whole.length > 1) {
		draft.problem(`Value: MISP finds one pair such as ${shown} at a time. Search each on its own.`);
	} else {
		const middle = value.indexOf('|');
		draft.set('value1', literally([value.slice(0, middle)]), 'Value');
		draft.set('value2', literally([value.slice(middle + 1)]), 'Value');
	}
}

function addKnown(
	draft: Draft,
	name: 'type' | 'category',
	field: string,
	given: Texts | undefined,
	known: readonly string[],
): void {
	const entries = draft.entries(field, given);
	if (!entries) return;
	for (const entry of entries) {
		if (known.includes(entry)) continue;
		const meant = nearest(entry, known);
		draft.problem(
			`${field}: MISP knows no “${entry.slice(0, 60)}” and would return nothing.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`,
		);
	}
	draft.set(name, entries, field);
}

function addTags(draft: Draft, tags: SearchFilters['tags']): void {
	const any = draft.entries('Tags (Any Of)', tags?.any);
	const all = draft.entries('Tags (All Of)', tags?.all);
	const none = draft.entries('Tags (None Of)', tags?.none);
	if (!any && !all && !none) return;
	const plain = any && !all && !none && !any.some((tag) => tag.startsWith('!'));
	const terms = { ...(any && { OR: any }), ...(all && { AND: all }), ...(none && { NOT: none }) };
	draft.set('tags', plain ? any : terms, 'Tags');
}

function addFlag(draft: Draft, name: string, field: string, given: boolean | 'any' | undefined): void {
	// JSON false is dropped by MISP for to_ids and published (2.5.1), so flags go as numbers.
	if (given === true || given === false) draft.set(name, given ? 1 : 0, field);
}

function addOption(draft: Draft, name: string, field: string, given: boolean | undefined): void {
	if (given === true) draft.set(name, 1, field);
}

function addDeleted(draft: Draft, deleted: SearchFilters['deleted']): void {
	if (deleted === undefined || deleted === 'exclude') return;
	if (deleted === 'include' && draft.scope === 'objects') {
		draft.problem('Deleted: MISP cannot search deleted and other objects at once. Search for each.');
		return;
	}
	draft.set('deleted', deleted === 'only' ? 1 : [0, 1], 'Deleted');
}

function addWindow(draft: Draft, name: string, field: string, since: unknown, until: unknown): void {
	const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
	if (!given(since) && !given(until)) return;
	const from = given(since) ? readTime(`${field} Since`, since) : undefined;
	const to = given(until) ? readTime(`${field} Until`, until, true) : undefined;
	for (const bound of [from, to]) if (bound?.ok === false) draft.problem(bound.problem);
	if (from?.ok === false || to?.ok === false) return;
	if (typeof from?.time === 'number' && typeof to?.time === 'number' && from.time > to.time) {
		draft.problem(`${field}: Since is later than Until.`);
		return;
	}
	draft.set(name, to === undefined ? from?.time : [from?.time ?? 0, to.time], field);
}

function addDay(draft: Draft, name: 'from' | 'to', field: string, given: unknown): void {
	if (given === undefined || given === null || given === '') return;
	const day = readDay(field, given);
	if (day.ok) draft.set(name, day.time, field);
	else draft.problem(day.problem);
}

function addEvents(draft: Draft, given: SearchFilters['eventIds']): void {
	const ids = draft.entries('Events', given);
	if (!ids) return;
	const wrong = ids.filter((id) => !/^[1-9]\d{0,18}$/.test(id) && !isUuid(id));
	if (wrong.length > 0) {
		draft.problem(`Events: “${wrong[0]?.slice(0, 60)}” is neither an id nor a UUID.`);
		return;
	}
	const byUuid = ids.filter(isUuid);
	if (draft.scope !== 'events' || byUuid.length === 0) draft.set('eventid', ids, 'Events');
	else if (byUuid.length === ids.length) draft.set('uuid', ids, 'Events');
	else draft.problem('Events: give either ids or UUIDs, not both.');
}

function addUuids(draft: Draft, given: SearchFilters['uuids']): void {
	const uuids = draft.entries('UUIDs', given);
	if (!uuids) return;
	const wrong = uuids.find((one) => !isUuid(one));
	if (wrong === undefined) draft.set('uuid', uuids, 'UUIDs');
	else draft.problem(`UUIDs: “${wrong.slice(0, 60)}” is not a UUID. It has the form 8-4-4-4-12.`);
}

function addDecay(draft: Draft, decay: SearchFilters['decay']): void {
	const score = decay?.score === '' ? undefined : decay?.score;
	const model = decay?.model === '' ? undefined : decay?.model;
	if (model === undefined && score === undefined && decay?.excludeDecayed !== true) return;
	// Without a model by its number MISP leaves scores out and lets everything pass (2.5.1).
	if (model === undefined || !/^[1-9]\d{0,9}$/.test(String(model))) {
		draft.problem('Decay: choose the decaying model by its number. MISP ignores decay filters without it.');
		return;
	}
	draft.set('includeDecayScore', 1, 'Decay');
	draft.set('decayingModel', [Number(model)], 'Decay');
	if (score !== undefined) {
		const threshold = Number(score);
		if (threshold >= 0 && threshold <= 100) draft.set('score', threshold, 'Decay Score');
		else draft.problem('Decay Score: a number from 0 to 100.');
	}
	addOption(draft, 'excludeDecayed', 'Exclude Decayed', decay?.excludeDecayed);
}

function addTexts(draft: Draft, name: string, field: string, given: Texts | undefined): void {
	const entries = draft.entries(field, given);
	if (entries) draft.set(name, literally(entries), field);
}

/**
 * The body of a restSearch. `extra` takes further parameters under MISP's own names. Everything MISP would silently ignore, and then return
 * the whole instance, is a problem instead. Paging (`limit`, `page`, `order`) is added by `pages`.
 */
export function buildSearch(scope: Scope, filters: SearchFilters, extra?: unknown, known: Vocabulary = {}): Search {
	const draft = new Draft(scope);
	addValues(draft, filters);
	addKnown(draft, 'type', 'Type', filters.type, known.types ?? attributeTypes);
	addKnown(draft, 'category', 'Category', filters.category, known.categories ?? categories);
	addTexts(draft, 'org', 'Organisation', filters.org);
	addTags(draft, filters.tags);
	addFlag(draft, 'to_ids', 'For Detection', filters.toIds);
	addFlag(draft, 'published', 'Published', filters.published);
	addDeleted(draft, filters.deleted);
	const levels = severities[filters.minimumSeverity ?? 'any'];
	if (levels) draft.set('threat_level_id', [...levels], 'Minimum Severity');
	addEvents(draft, filters.eventIds);
	addUuids(draft, filters.uuids);
	addWindow(draft, 'timestamp', 'Changed', filters.changedSince, filters.changedUntil);
	addWindow(
		draft,
		scope === 'events' ? 'timestamp' : 'event_timestamp',
		'Event Changed',
		filters.eventChangedSince,
		filters.eventChangedUntil,
	);
	addWindow(draft, 'publish_timestamp', 'Published', filters.publishedSince, filters.publishedUntil);
	addDay(draft, 'from', 'Event Date From', filters.dateFrom);
	addDay(draft, 'to', 'Event Date To', filters.dateTo);
	const titles = draft.entries('Event Title', filters.eventInfo);
	if (titles)
		draft.set('eventinfo', literally(titles.map((title) => `%${title.replace(/^%+|%+$/g, '')}%`)), 'Event Title');
	addTexts(draft, 'object_name', 'Object Name', filters.objectName);
	addTexts(draft, 'object_relation', 'Object Relation', filters.objectRelation);
	addDecay(draft, filters.decay);
	if (filters.warninglists === 'suppress') draft.set('enforceWarninglist', 1, 'Warninglists');
	if (filters.warninglists === 'mark') draft.set('includeWarninglistHits', 1, 'Warninglists');
	addOption(draft, 'includeContext', 'Include Context', filters.includeContext);
	addOption(draft, 'includeEventTags', 'Include Event Tags', filters.includeEventTags);
	addOption(draft, 'includeSightings', 'Include Sightings', filters.includeSightings);
	addOption(draft, 'includeCorrelations', 'Include Correlations', filters.includeCorrelations);
	addOption(draft, 'withAttachments', 'Include Attachments', filters.includeAttachments);
	addOption(draft, 'metadata', 'Metadata Only', filters.metadataOnly);
	const more = readExtra(scope, extra);
	if (more.ok) for (const [name, value] of Object.entries(more.body)) draft.set(name, value, `Extra “${name}”`);
	else draft.problems.push(...more.problems);
	return draft.problems.length === 0 ? { ok: true, body: draft.body } : { ok: false, problems: draft.problems };
}

/** `literal`: inside {OR: …} a leading `!` is part of the text, elsewhere it means "not". A list with one entry that means nearly all does so itself. */
function identifies(value: unknown, literal = false): boolean {
	if (typeof value === 'number') return true;
	if (typeof value === 'string') return value.replace(/[%\s]/g, '') !== '' && (literal || !value.startsWith('!'));
	if (Array.isArray(value)) return value.length > 0 && value.every((one) => identifies(one, literal));
	if (typeof value !== 'object' || value === null) return false;
	const { OR, AND }: { OR?: unknown; AND?: unknown } = value;
	return identifies(OR, true) || identifies(AND, true);
}

/**
 * True where nothing in the body says which entries are meant: flags, types, severities and time windows alone leave a good part of the
 * instance, "not tagged so" leaves nearly all of it. Anything destructive has to refuse such a search.
 */
export function isUnfiltered(scope: Scope, body: SearchBody): boolean {
	return !Object.entries(body).some(
		([name, value]) => parameterOf(scope, name)?.identifies === true && identifies(value),
	);
}
