import { isRecord } from '../../json';
import { internal, JSON_TYPE, MispError, notAllowed, notFound, ok, refused, saved, type Answer } from '../answers';
import { mayModify, mayPublish, maySee, may, tagRight } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { eventIndex } from '../eventIndex';
import { asList, isOn, parseDeleted } from '../filters';
import { exportDefaults, exportEvents, isEventFormat } from '../formats';
import { importFreeText } from '../freeTextImport';
import type { Attribute, MispEvent, Tag } from '../model';
import { searchEvents } from '../search';
import { formatOf, searched, searchHeaders, searchParams, unknownFormat } from '../searching';
import { eventMetadata } from '../shapes';
import { wholeEvent } from '../wholeEvent';
import { applyTags, changeAttribute, writeAttribute } from '../writing';
import { writeObject } from '../writeObject';

const invalidEvent = (): MispError => notFound('Invalid event');

function visible(call: Call, idOrUuid: unknown): MispEvent | undefined {
	const event = call.server.store.event(idOrUuid);
	return event && maySee(call.user, event) ? event : undefined;
}

// Reading

function restSearch(call: Call): Answer {
	const params = searchParams(call);
	const format = formatOf(params);
	if (!isEventFormat(format)) throw unknownFormat();
	const { store, warninglists } = call.server;
	const found = searchEvents(store, call.user, { ...exportDefaults(format), ...params }, warninglists.index);
	const { eventid } = params;
	const fileName = `misp.event.${typeof eventid === 'string' || typeof eventid === 'number' ? eventid : 'list'}`;
	if (format !== 'json') return exportEvents(call, format, params, found, fileName);
	const hits = isOn(params['includeWarninglistHits']) ? warnings(call) : undefined;
	const response = found.rows.map(({ event, attributes }) => ({
		Event: isOn(params['metadata']) ? eventMetadata(event) : wholeEvent(call.server, event, attributes, hits),
	}));
	return searched({ response }, JSON_TYPE, {
		...searchHeaders(format, format, found),
		'Content-Disposition': `attachment; filename="${fileName}.json"`,
	});
}

function warnings(call: Call): (attribute: Attribute) => Record<string, unknown> {
	const { index } = call.server.warninglists;
	return ({ type, value }) => {
		const found = index.hits(type, value);
		if (found.length === 0) return {};
		// The list's id is a number here and text in attributes/restSearch.
		return {
			warnings: found.map(({ list, value: part, match }) => ({
				value: part,
				match,
				warninglist_id: list.id,
				warninglist_name: list.name,
				warninglist_category: list.category,
			})),
		};
	};
}

function shown(call: Call, event: MispEvent, deleted: unknown = undefined) {
	const wanted = parseDeleted(deleted);
	return {
		Event: wholeEvent(
			call.server,
			event,
			event.attributes.filter((attribute) => wanted(attribute.deleted)),
		),
	};
}

function view(call: Call): Answer {
	const event = visible(call, call.args[0] ?? '');
	if (!event) throw invalidEvent();
	const deleted = call.named['deleted'] ?? fields(call)['deleted'];
	// `deleted:1` shows the deleted ones beside the others here.
	return ok(shown(call, event, isOn(deleted) ? [0, 1] : deleted));
}

// Writing

const CHOICES: ReadonlyArray<readonly [field: string, allowed: (value: unknown) => boolean, message: string]> = [
	[
		'threat_level_id',
		(value) => ['1', '2', '3', '4'].includes(String(value)),
		'Options : 1, 2, 3, 4 (for High, Medium, Low, Undefined)',
	],
	[
		'analysis',
		(value) => ['0', '1', '2'].includes(String(value)),
		'Options : 0, 1, 2 (for Initial, Ongoing, Completed)',
	],
	[
		'distribution',
		(value) => ['0', '1', '2', '3', '4'].includes(String(value)),
		'Options : Your organisation only, This community only, Connected communities, All communities',
	],
	['date', (value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value)), 'Expected date format: YYYY-MM-DD'],
	['info', (value) => String(value).trim() !== '', 'Info cannot be empty.'],
];

function complaints(given: Readonly<Record<string, unknown>>): Record<string, string[]> | undefined {
	const wrong = CHOICES.filter(([field, allowed]) => given[field] !== undefined && !allowed(given[field])).map(
		([field, , message]) => [field, [message]],
	);
	return wrong.length === 0 ? undefined : Object.fromEntries(wrong);
}

function checkSharingGroup(call: Call, given: Readonly<Record<string, unknown>>): void {
	if (numberOf(given['distribution']) !== 4) return;
	if (!call.server.sharingGroups.find(textOf(given['sharing_group_id']) ?? ''))
		throw notAllowed('Invalid Sharing Group or not authorised.');
}

function add(call: Call): Answer {
	const given = fields(call, 'Event');
	if (Object.keys(given).length === 0) throw notAllowed('No valid event data received.');
	const { store, objects, baseUrl } = { ...call.server, objects: call.server.objects };
	const uuid = textOf(given['uuid'])?.toLowerCase();
	const known = uuid === undefined ? undefined : store.event(uuid);
	if (known)
		throw new MispError(
			404,
			'Event already exists, if you would like to edit it, use the url in the location header.',
			{ location: `${baseUrl}/events/${known.id}` },
		);
	if (uuid !== undefined && store.isBlocked(uuid)) throw new MispError(403, 'Event blocked by event blocklist.');
	const info = textOf(given['info']);
	if (info === undefined || info === '')
		return refused('Could not add Event', '/events/add', { Event: { info: ['valueNotEmpty'] } });
	const errors = complaints(given);
	if (errors) return refused('Could not add Event', '/events/add', { Event: errors });
	checkSharingGroup(call, given);
	const now = store.now();
	const event = store.addEvent({
		info,
		creator: call.user,
		...(uuid === undefined ? {} : { uuid }),
		threatLevel: numberOf(given['threat_level_id']) ?? 4,
		analysis: numberOf(given['analysis']) ?? 0,
		distribution: numberOf(given['distribution']) ?? 1,
		sharingGroupId: numberOf(given['sharing_group_id']) ?? 0,
		...(textOf(given['date']) === undefined ? {} : { date: textOf(given['date']) ?? '' }),
		timestamp: numberOf(given['timestamp']) ?? now,
		extendsUuid: textOf(given['extends_uuid']) ?? '',
		disableCorrelation: isOn(given['disable_correlation']),
	});
	// Invalid attributes are left out without a word; so is a second one of the same value.
	for (const attribute of asList(given['Attribute'])) if (isRecord(attribute)) writeAttribute(call, event, attribute);
	for (const object of asList(given['Object'])) if (isRecord(object)) writeObject(call, objects, event, object);
	applyTags(call, { kind: 'event', event }, given['Tag']);
	event.timestamp = numberOf(given['timestamp']) ?? now;
	if (isOn(given['published']) && may(call.user, 'publish')) store.publish(event);
	return ok(shown(call, event));
}

/** Sent attributes are matched by uuid; others are added. A stale or invalid one is left as it is. */
function editAttributes(call: Call, event: MispEvent, list: unknown): void {
	for (const given of asList(list)) {
		if (!isRecord(given)) continue;
		const uuid = textOf(given['uuid']);
		const attribute =
			uuid === undefined ? call.server.store.attribute(textOf(given['id']) ?? '') : call.server.store.attribute(uuid);
		if (attribute?.event === event) changeAttribute(call, attribute, given);
		else writeAttribute(call, event, given);
	}
}

function edit(call: Call): Answer {
	const { store } = call.server;
	// Looked up without asking whether it may be seen.
	const event = store.event(call.args[0] ?? '');
	if (!event) throw invalidEvent();
	if (!mayModify(call.user, event)) throw new MispError(403, 'You are not authorised to do that.');
	const given = fields(call, 'Event');
	const refuse = (errors: unknown): Answer => refused('Could not edit Event', call.path, errors, String(event.id));
	const uuid = textOf(given['uuid']);
	if (uuid !== undefined && uuid.toLowerCase() !== event.uuid)
		return refuse('Event could not be saved: Could not find the local event.');
	const timestamp = numberOf(given['timestamp']);
	// Beyond 32 bits the database refuses.
	if (timestamp !== undefined && timestamp > 0x7fffffff) throw internal();
	if (timestamp !== undefined && timestamp <= event.timestamp)
		return refuse('Event could not be saved: Event in the request not newer than the local copy.');
	const errors = complaints(given);
	if (errors) return refuse(errors);
	store.touch(event);
	if (timestamp !== undefined) event.timestamp = timestamp;
	event.info = textOf(given['info']) ?? event.info;
	event.date = textOf(given['date']) ?? event.date;
	event.threatLevel = numberOf(given['threat_level_id']) ?? event.threatLevel;
	event.analysis = numberOf(given['analysis']) ?? event.analysis;
	event.distribution = numberOf(given['distribution']) ?? event.distribution;
	event.sharingGroupId = numberOf(given['sharing_group_id']) ?? event.sharingGroupId;
	event.extendsUuid = textOf(given['extends_uuid']) ?? event.extendsUuid;
	editAttributes(call, event, given['Attribute']);
	for (const object of asList(given['Object']))
		if (isRecord(object)) writeObject(call, call.server.objects, event, object);
	applyTags(call, { kind: 'event', event }, given['Tag']);
	event.timestamp = timestamp ?? event.timestamp;
	if (isOn(given['published']) && may(call.user, 'publish')) store.publish(event);
	return ok(shown(call, event));
}

function idsToDelete(call: Call): string[] {
	const body = fields(call, 'Event');
	const given = body['id'] ?? call.args[0];
	if (typeof given === 'string' && given.startsWith('[') && body['id'] !== undefined) {
		const parsed: unknown = JSON.parse(given);
		return asList(parsed).flatMap((one) => textOf(one) ?? []);
	}
	return asList(given).flatMap((one) => textOf(one) ?? []);
}

function remove(call: Call): Answer {
	const body = fields(call, 'Event');
	if (Array.isArray(body['id']) && body['id'].length === 0) throw notFound('Invalid input.');
	const ids = idsToDelete(call);
	const found = ids.flatMap((id) => visible(call, id) ?? []).filter((event) => mayModify(call.user, event));
	for (const event of found) call.server.store.deleteEvent(event);
	if (found.length === 0) return refused('Could not delete Event', '/events/delete', 'Event was not deleted.');
	const done =
		found.length === 1 && ids.length === 1
			? 'Event deleted.'
			: `${found.length} event${found.length === 1 ? '' : 's'} deleted.`;
	const failed = ids.length - found.length;
	const rest =
		failed === 0
			? ''
			: `${failed} event(s) could not be deleted due to insufficient privileges or the event not being found.`;
	const [only] = found;
	return call.args.length > 0 && only
		? saved(done, call.path, String(only.id))
		: saved(`${done}${rest}`, '/events/delete');
}

// Publishing

function eventToPublish(call: Call): MispEvent {
	const event = call.server.store.event(call.args[0] ?? '');
	if (!event) throw notFound('Invalid event.');
	if (call.method === 'GET') throw internal();
	if (!mayPublish(call.user, event)) throw notAllowed('You do not have the permission to do that.');
	return event;
}

function publishWith(alert: boolean) {
	return (call: Call): Answer => {
		const event = eventToPublish(call);
		const { jobs, store } = call.server;
		const url = `/events/${alert ? 'alert' : 'publish'}/${event.id}`;
		if (!jobs.enabled) {
			store.publish(event);
			return saved(alert ? 'Email sent to all participants.' : 'Event published without alerts', url, String(event.id));
		}
		jobs.queue({
			worker: 'prio',
			type: 'publish_event',
			input: `Event ID: ${event.id}`,
			org: call.user.org,
			message: 'Publishing.',
			done: 'Event published.',
			delayMs: call.server.publishDelayMs,
			work: () => {
				if (store.event(event.id) === event) store.publish(event);
				return Promise.resolve(true);
			},
		});
		return saved(alert ? 'Job queued.' : 'Job queued', url, String(event.id));
	};
}

function unpublish(call: Call): Answer {
	const event = call.server.store.event(call.args[0] ?? '');
	if (!event) throw notFound('Invalid Event.');
	if (call.method === 'GET') throw internal();
	if (!mayPublish(call.user, event)) throw new MispError(403, 'You do not have the permission to do that.');
	event.published = false;
	return saved('Event unpublished.', `/events/unpublish/${event.id}`, String(event.id));
}

// Tags

function tagOf(call: Call): Tag | undefined {
	const wanted = textOf(fields(call)['tag']) ?? call.args[1];
	if (wanted === undefined) return undefined;
	return /^\d+$/.test(wanted) ? call.server.store.tagById(Number(wanted)) : call.server.store.tag(wanted);
}

const notSaved = (errors: string): Answer => ok({ saved: false, errors });

function addTag(call: Call): Answer {
	const event = visible(call, call.args[0] ?? fields(call)['event'] ?? '');
	if (!event) throw invalidEvent();
	const local = isOn(call.named['local'] ?? fields(call)['local']);
	const tag = tagOf(call);
	if (!tag) return notSaved('Invalid Tag.');
	if (tagRight(call.user, event, local) !== 'allowed') return notSaved('You do not have permission to do that.');
	const beside = event.tags.map((attached) => attached.tag);
	if (beside.includes(tag)) return notSaved('Tag is already attached to this event.');
	if (tag.localOnly && !local) return notSaved('Invalid Tag. This tag can only be set as a local tag.');
	if (call.server.taxonomies.excludes(tag.name, beside))
		return notSaved('Tag is not allowed due to taxonomy exclusivity settings');
	call.server.store.attach({ kind: 'event', event }, tag, local);
	return ok({ saved: true, success: 'Tag added.', check_publish: true });
}

function removeTag(call: Call): Answer {
	const event = visible(call, call.args[0] ?? '');
	if (!event) throw invalidEvent();
	const tag = tagOf(call);
	const attached = tag && event.tags.find((one) => one.tag === tag);
	if (!tag || !attached) return notSaved('Invalid event - tag combination.');
	if (tagRight(call.user, event, attached.local) !== 'allowed')
		return notSaved('You do not have permission to do that.');
	call.server.store.detach({ kind: 'event', event }, tag);
	return ok({ saved: true, success: 'Tag removed.', check_publish: true });
}

export const events: Controller = {
	index: { run: eventIndex },
	restSearch: { run: restSearch },
	view: { run: view },
	add: { needs: 'add', run: add },
	edit: { needs: 'modify', run: edit },
	delete: { needs: 'modify', post: 'crash', run: remove },
	publish: { needs: 'publish', run: publishWith(false) },
	alert: { needs: 'publish', run: publishWith(true) },
	unpublish: { needs: 'publish', run: unpublish },
	addTag: { needs: 'tagger', run: addTag },
	removeTag: { needs: 'tagger', run: removeTag },
	freeTextImport: { needs: 'add', run: importFreeText },
};
