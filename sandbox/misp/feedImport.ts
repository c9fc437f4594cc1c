import { isOn, isRecord, asList } from './filters';
import { parseFreeText } from './freeText';
import type { Feed } from './feeds';
import type { Attribute, MispEvent, User } from './model';
import type { Server } from './call';
import { TYPE_DEFAULTS } from './attributeTypes';
import { tagWishes } from './writing';
import { checkAttribute } from './validate';

/** How a fetch ended: what came, or nothing (MISP tells no reason but in its log). */
export type Fetched =
	| { readonly added: number; readonly updated: number }
	| { readonly failed: string };

export type Downloaded = { readonly text: string } | { readonly failed: string };

const TIMEOUT_MS = 30_000;
/** Free-text and CSV downloads are reused for so long. */
const DOWNLOAD_SECONDS = 600;

async function download(url: string): Promise<Downloaded> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		return response.ok
			? { text: await response.text() }
			: { failed: `HTTP ${response.status} from ${url}` };
	} catch (problem) {
		return { failed: `${url}: ${problem instanceof Error ? problem.message : String(problem)}` };
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const number = (value: unknown): number | undefined =>
	value !== undefined && /^\d+$/.test(String(value)) ? Number(value) : undefined;
const text = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;

// MISP format

/** `manifest.json`: uuid → what is in the event. */
export async function readManifest(
	feed: Feed,
): Promise<{ readonly events: Record<string, unknown> } | { readonly failed: string }> {
	const got = await download(`${feed.url.replace(/\/$/, '')}/manifest.json`);
	if ('failed' in got) return got;
	const manifest = parse(got.text);
	return isRecord(manifest)
		? { events: manifest }
		: { failed: `${feed.url}/manifest.json is not a MISP manifest` };
}

export async function readFeedEvent(
	feed: Feed,
	uuid: string,
): Promise<{ readonly event: Record<string, unknown> } | { readonly failed: string }> {
	const got = await download(`${feed.url.replace(/\/$/, '')}/${uuid}.json`);
	if ('failed' in got) return got;
	const body = parse(got.text);
	const event = isRecord(body) && isRecord(body['Event']) ? body['Event'] : undefined;
	return event ? { event } : { failed: `${uuid}.json is not a MISP event` };
}

/** Gives the tags of the feed; what is there already stays, local tags above all. */
function addTags(server: Server, target: { tags: Attribute['tags'] }, given: unknown): void {
	const { store, taxonomies } = server;
	for (const { name, local, relationship } of tagWishes(given)) {
		if ((target.tags ?? []).some(({ tag }) => tag.name === name)) continue;
		const ofTaxonomy = taxonomies.ofTag(name);
		const colour = ofTaxonomy?.entry?.colour ?? ofTaxonomy?.predicate.colour;
		const tag = store.addTag(name, typeof colour === 'string' ? { colour } : {});
		target.tags = [...(target.tags ?? []), { tag, local, relationship }];
	}
}

interface FeedAttribute {
	readonly given: Record<string, unknown>;
	readonly object: Record<string, unknown> | undefined;
}

function attributesOf(event: Readonly<Record<string, unknown>>): FeedAttribute[] {
	const plain = asList(event['Attribute'])
		.filter(isRecord)
		.map((given) => ({ given, object: undefined }));
	const inObjects = asList(event['Object'])
		.filter(isRecord)
		.flatMap((object) =>
			asList(object['Attribute'])
				.filter(isRecord)
				.map((given) => ({ given, object })),
		);
	return [...plain, ...inObjects];
}

function toIdsOf(feed: Feed, type: string, given: unknown): boolean {
	if (feed.override_ids) return false;
	if (feed.force_to_ids) return true;
	return given === undefined ? (TYPE_DEFAULTS.get(type)?.toIds ?? false) : isOn(given);
}

function addAttribute(
	server: Server,
	feed: Feed,
	event: MispEvent,
	{ given, object }: FeedAttribute,
): void {
	const checked = checkAttribute({
		type: given['type'],
		category: given['category'],
		value: given['value'],
	});
	if ('errors' in checked) return;
	const type = text(given['type']) ?? '';
	const { store, objects } = server;
	const holder =
		object &&
		(objects.find(object['uuid']) ??
			objects.add({
				event,
				name: text(object['name']) ?? '',
				metaCategory: text(object['meta-category']) ?? 'misc',
				description: text(object['description']) ?? '',
				...(text(object['uuid']) === undefined ? {} : { uuid: text(object['uuid']) ?? '' }),
				templateUuid: text(object['template_uuid']) ?? '',
				templateVersion: String(object['template_version'] ?? '1'),
				comment: text(object['comment']) ?? '',
			}));
	const uuid = text(given['uuid']);
	const attribute = store.addAttribute(event, {
		type,
		value: checked.value,
		category: checked.category,
		to_ids: toIdsOf(feed, type, given['to_ids']),
		comment: text(given['comment']) ?? '',
		deleted: isOn(given['deleted']),
		timestamp: number(given['timestamp']) ?? event.timestamp,
		...(uuid === undefined ? {} : { uuid }),
		objectId: holder?.id ?? 0,
		...(holder ? { objectRelation: text(given['object_relation']) ?? '' } : {}),
		...(text(given['first_seen']) === undefined
			? {}
			: { first_seen: text(given['first_seen']) ?? '' }),
		...(text(given['last_seen']) === undefined
			? {}
			: { last_seen: text(given['last_seen']) ?? '' }),
	});
	addTags(server, attribute, given['Tag']);
}

/** Changed only when the feed's copy is newer than ours. */
function updateAttribute(
	server: Server,
	feed: Feed,
	attribute: Attribute,
	given: Readonly<Record<string, unknown>>,
): void {
	const timestamp = number(given['timestamp']);
	if (timestamp === undefined || timestamp <= attribute.timestamp) return;
	attribute.value = text(given['value']) ?? attribute.value;
	attribute.category = text(given['category']) ?? attribute.category;
	attribute.comment = text(given['comment']) ?? attribute.comment;
	attribute.toIds = toIdsOf(feed, attribute.type, given['to_ids'] ?? attribute.toIds);
	attribute.deleted = isOn(given['deleted']);
	attribute.timestamp = timestamp;
	addTags(server, attribute, given['Tag']);
}

/** What the feed merely no longer lists stays for ever. */
function updateEvent(
	server: Server,
	feed: Feed,
	event: MispEvent,
	given: Readonly<Record<string, unknown>>,
): void {
	event.info = text(given['info']) ?? event.info;
	event.date = text(given['date']) ?? event.date;
	event.threatLevel = number(given['threat_level_id']) ?? event.threatLevel;
	event.analysis = number(given['analysis']) ?? event.analysis;
	event.timestamp = number(given['timestamp']) ?? event.timestamp;
	addTags(server, event, given['Tag']);
	for (const sent of attributesOf(given)) {
		const known = server.store.attribute(text(sent.given['uuid']) ?? '');
		if (known?.event === event) updateAttribute(server, feed, known, sent.given);
		else addAttribute(server, feed, event, sent);
	}
	setPublished(server, feed, event, given);
}

/** The feed's own `published` decides; `publish` on the feed publishes what comes unpublished. */
function setPublished(
	server: Server,
	feed: Feed,
	event: MispEvent,
	given: Readonly<Record<string, unknown>>,
): void {
	const published = feed.publish || isOn(given['published']);
	event.published = published;
	if (published) event.publishTimestamp = server.store.now();
}

function orgName(server: Server, given: unknown): string | undefined {
	if (!isRecord(given)) return undefined;
	const name = text(given['name']);
	const uuid = text(given['uuid']);
	const known = uuid === undefined ? undefined : server.store.organisation(uuid);
	if (known) return known.name;
	if (name !== undefined && !server.store.organisation(name))
		server.store.addOrganisation({ name, local: false, ...(uuid === undefined ? {} : { uuid }) });
	return name;
}

function addEvent(
	server: Server,
	feed: Feed,
	creator: User,
	given: Readonly<Record<string, unknown>>,
): void {
	const org = orgName(server, given['Orgc']);
	const event = server.store.addEvent({
		info: text(given['info']) ?? '',
		creator,
		uuid: text(given['uuid']) ?? '',
		threatLevel: number(given['threat_level_id']) ?? 4,
		analysis: number(given['analysis']) ?? 0,
		date: text(given['date']) ?? '',
		distribution: Number(feed.distribution),
		timestamp: number(given['timestamp']) ?? server.store.now(),
		locked: true,
		...(org === undefined ? {} : { org }),
	});
	addTags(server, event, given['Tag']);
	const extra = server.store.tagById(Number(feed.tag_id));
	if (extra) event.tags = [...event.tags, { tag: extra, local: false, relationship: null }];
	for (const sent of attributesOf(given)) addAttribute(server, feed, event, sent);
	setPublished(server, feed, event, given);
}

/** Takes an event of the feed when it is new, or newer than ours. Deleted ones stay away (their UUID is blocklisted). */
export function importFeedEvent(
	server: Server,
	feed: Feed,
	creator: User,
	given: Readonly<Record<string, unknown>>,
): 'added' | 'updated' | 'skipped' {
	const uuid = text(given['uuid']) ?? '';
	const known = server.store.event(uuid);
	if (!known) {
		if (server.store.isBlocked(uuid)) return 'skipped';
		addEvent(server, feed, creator, given);
		return 'added';
	}
	if ((number(given['timestamp']) ?? 0) <= known.timestamp) return 'skipped';
	updateEvent(server, feed, known, given);
	return 'updated';
}

async function fetchMisp(server: Server, feed: Feed, creator: User): Promise<Fetched> {
	const manifest = await readManifest(feed);
	if ('failed' in manifest) return manifest;
	const done = { added: 0, updated: 0 };
	for (const [uuid, entry] of Object.entries(manifest.events)) {
		const known = server.store.event(uuid);
		// The manifest tells what is worth downloading.
		if (known && isRecord(entry) && (number(entry['timestamp']) ?? Infinity) <= known.timestamp)
			continue;
		const got = await readFeedEvent(feed, uuid);
		if ('failed' in got) continue;
		const outcome = importFeedEvent(server, feed, creator, got.event);
		if (outcome === 'added') done.added++;
		if (outcome === 'updated') done.updated++;
	}
	return done;
}

// Free text and CSV

export interface FeedIndicator {
	readonly type: string;
	readonly value: string;
	readonly toIds: boolean;
}

interface CsvSettings {
	readonly columns: readonly number[];
	readonly delimiter: string;
	readonly exclude: RegExp | undefined;
}

function csvSettings(feed: Feed): CsvSettings {
	const settings = parse(feed.settings ?? '');
	const common = isRecord(settings) && isRecord(settings['common']) ? settings['common'] : {};
	const csv = isRecord(settings) && isRecord(settings['csv']) ? settings['csv'] : {};
	const columns = String(csv['value'] ?? '')
		.split(',')
		.map((column) => Number(column.trim()))
		.filter((column) => Number.isInteger(column) && column > 0);
	const expression = text(common['excluderegex']);
	return {
		columns,
		delimiter: text(csv['delimiter']) ?? ',',
		exclude:
			expression === undefined || expression === ''
				? undefined
				: new RegExp(expression.replace(/^\/|\/[a-z]*$/g, '')),
	};
}

/** The indicators of a free-text or CSV download; of CSV only the columns the feed names (all, when it names none). */
export function indicatorsOf(feed: Feed, content: string): FeedIndicator[] {
	const { columns, delimiter, exclude } = csvSettings(feed);
	const kept = content
		.split(/\r?\n/)
		.filter((line) => line.trim() !== '' && !line.startsWith('#') && !exclude?.test(line));
	const cells =
		feed.source_format !== 'csv' || columns.length === 0
			? kept
			: kept.map((line) => {
					const parts = line.split(delimiter).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
					return columns.flatMap((column) => parts[column - 1] ?? []).join('\n');
				});
	return parseFreeText(cells.join('\n')).map(({ type, value, toIds }) => ({
		type,
		value,
		toIds: toIdsOf(feed, type, toIds),
	}));
}

export async function readIndicators(
	server: Server,
	feed: Feed,
): Promise<{ readonly indicators: FeedIndicator[] } | { readonly failed: string }> {
	const now = server.store.now();
	if (!feed.download || now - feed.download.at >= DOWNLOAD_SECONDS) {
		const got = await download(feed.url);
		if ('failed' in got) return got;
		feed.download = { at: now, text: got.text };
	}
	return { indicators: indicatorsOf(feed, feed.download.text) };
}

function feedEvent(server: Server, feed: Feed, creator: User): MispEvent {
	const fixed = feed.fixed_event ? server.store.event(feed.event_id) : undefined;
	if (fixed) return fixed;
	const made = server.store.addEvent({
		info: `${feed.name} feed`,
		creator,
		distribution: Number(feed.distribution),
		threatLevel: 4,
		analysis: 2,
	});
	if (feed.fixed_event) feed.event_id = String(made.id);
	return made;
}

/** Into the feed's fixed event, or a new one each time. With `delta_merge` what left the list is soft-deleted. */
async function fetchIndicators(server: Server, feed: Feed, creator: User): Promise<Fetched> {
	const got = await readIndicators(server, feed);
	if ('failed' in got) return got;
	// An empty list changes nothing, not even with delta_merge.
	if (got.indicators.length === 0) return { added: 0, updated: 0 };
	const { store } = server;
	const event = feedEvent(server, feed, creator);
	const isNew = event.attributes.length === 0;
	const listed = new Set(got.indicators.map(({ value }) => value));
	const present = new Set(
		event.attributes.filter(({ deleted }) => !deleted).map(({ value }) => value),
	);
	const missing = got.indicators.filter(({ value }) => !present.has(value));
	const gone = feed.delta_merge
		? event.attributes.filter(({ deleted, value }) => !deleted && !listed.has(value))
		: [];
	if (missing.length + gone.length === 0) return { added: 0, updated: 0 };
	const now = store.now();
	for (const attribute of gone) {
		attribute.deleted = true;
		attribute.timestamp = now;
	}
	for (const { type, value, toIds } of missing)
		store.addAttribute(event, { type, value, to_ids: toIds, timestamp: now });
	const extra = store.tagById(Number(feed.tag_id));
	if (extra && !event.tags.some(({ tag }) => tag === extra))
		event.tags = [...event.tags, { tag: extra, local: false, relationship: null }];
	store.touch(event);
	if (feed.publish) store.publish(event);
	return isNew ? { added: 1, updated: 0 } : { added: 0, updated: 1 };
}

export function fetchFeed(server: Server, feed: Feed, creator: User): Promise<Fetched> {
	if (feed.source_format === 'misp') return fetchMisp(server, feed, creator);
	if (feed.source_format === 'csv' || feed.source_format === 'freetext')
		return fetchIndicators(server, feed, creator);
	return Promise.resolve({ failed: `unknown format ${feed.source_format}` });
}

/** Composite values are cached by their parts. */
function halves(given: Readonly<Record<string, unknown>>): string[] {
	const { type, value } = given;
	if (typeof value !== 'string') return [];
	return typeof type === 'string' && type.includes('|') ? value.split('|') : [value];
}

/** Notes every value of the feed, for look-ups and comparisons. */
export async function cacheFeed(server: Server, feed: Feed): Promise<boolean> {
	const cache = new Map<string, Set<string>>();
	const note = (value: string, uuid?: string): void => {
		const events = cache.get(value) ?? new Set<string>();
		if (uuid !== undefined) events.add(uuid);
		cache.set(value, events);
	};
	if (feed.source_format === 'misp') {
		const manifest = await readManifest(feed);
		if ('failed' in manifest) return false;
		for (const uuid of Object.keys(manifest.events)) {
			const got = await readFeedEvent(feed, uuid);
			if ('failed' in got) continue;
			for (const { given } of attributesOf(got.event))
				for (const part of halves(given)) note(part, uuid);
		}
	} else {
		const got = await readIndicators(server, feed);
		if ('failed' in got) return false;
		for (const { value } of got.indicators) note(value);
	}
	feed.cache = cache;
	feed.cache_timestamp = server.store.now();
	return true;
}
