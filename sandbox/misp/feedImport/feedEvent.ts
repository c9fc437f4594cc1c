import { isRecord } from '../../json';
import type { Server } from '../call';
import type { Feed } from '../feeds';
import { isOn } from '../filters';
import type { Attribute, MispEvent, User } from '../model';
import { checkAttribute } from '../validate';
import { tagWishes } from '../writing';
import { attributesOf, number, text, toIdsOf, type FeedAttribute } from './values';

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

function addAttribute(server: Server, feed: Feed, event: MispEvent, { given, object }: FeedAttribute): void {
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
		...(text(given['first_seen']) === undefined ? {} : { first_seen: text(given['first_seen']) ?? '' }),
		...(text(given['last_seen']) === undefined ? {} : { last_seen: text(given['last_seen']) ?? '' }),
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
function updateEvent(server: Server, feed: Feed, event: MispEvent, given: Readonly<Record<string, unknown>>): void {
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
function setPublished(server: Server, feed: Feed, event: MispEvent, given: Readonly<Record<string, unknown>>): void {
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

function addEvent(server: Server, feed: Feed, creator: User, given: Readonly<Record<string, unknown>>): void {
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
