import { isRecord } from '../../json';
import { describeTypes } from '../attributeTypes';
import {
	forbidden,
	JSON_TYPE,
	MispError,
	notAllowed,
	notFound,
	ok,
	redirect,
	refused,
	saved,
	type Answer,
} from '../answers';
import { mayModify, maySee, tagRight } from '../auth';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList, isOn } from '../filters';
import { exportAttributes, isAttributeFormat, exportDefaults } from '../formats';
import type { Attribute, MispEvent, Tag } from '../model';
import { searchAttributes } from '../search';
import { formatOf, searched, searchHeaders, searchParams, unknownFormat } from '../searching';
import { searchedAttribute } from '../searchedAttribute';
import { addedAttribute, viewedAttribute } from '../shapes';
import { changeAttribute, writeAttribute, type Written } from '../writing';

const invalidAttribute = (): MispError => notFound('Invalid attribute');
const noRight = (): MispError => new MispError(403, 'You do not have permission to do that.');

function visible(call: Call, idOrUuid: unknown): Attribute | undefined {
	const attribute = call.server.store.attribute(idOrUuid);
	return attribute && maySee(call.user, attribute.event) ? attribute : undefined;
}

function restSearch(call: Call): Answer {
	const params = searchParams(call);
	const format = formatOf(params);
	if (!isAttributeFormat(format)) throw unknownFormat();
	const { store, warninglists } = call.server;
	const found = searchAttributes(store, call.user, { ...exportDefaults(format), ...params }, warninglists.index);
	if (format !== 'json') return exportAttributes(call, format, params, found);
	const shape = searchedAttribute(call.server, params);
	const rows = found.rows.flatMap((attribute) => shape(attribute) ?? []);
	return searched(
		{ response: { Attribute: rows } },
		JSON_TYPE,
		searchHeaders(format, format, {
			resultCount: found.resultCount,
			skipped: found.skipped + found.rows.length - rows.length,
		}),
	);
}

// Adding

function eventToFill(call: Call): MispEvent {
	const event = call.server.store.event(call.args[0] ?? fields(call, 'Attribute')['event_id'] ?? '');
	if (!event || !maySee(call.user, event)) throw notFound('Invalid event');
	if (!mayModify(call.user, event)) throw noRight();
	return event;
}

function attributeTags(attribute: Attribute) {
	return (attribute.tags ?? []).map(({ tag, local, relationship }, index) => ({
		id: String(attribute.id * 10 + index),
		attribute_id: String(attribute.id),
		event_id: String(attribute.event.id),
		tag_id: String(tag.id),
		local,
		relationship_type: relationship,
		Tag: {
			id: String(tag.id),
			name: tag.name,
			colour: tag.colour,
			numerical_value: tag.numericalValue,
		},
	}));
}

/** A list body, or one attribute whose `value` is a list. */
function attributesSent(call: Call): {
	readonly list: Array<Record<string, unknown>>;
	readonly many: boolean;
} {
	const body = isRecord(call.body) && 'Attribute' in call.body ? call.body['Attribute'] : call.body;
	if (Array.isArray(body)) return { list: body.filter(isRecord), many: true };
	const one = isRecord(body) ? body : {};
	const { value } = one;
	return Array.isArray(value)
		? { list: value.map((single: unknown) => ({ ...one, value: single })), many: true }
		: { list: [one], many: false };
}

function add(call: Call): Answer {
	const event = eventToFill(call);
	const { store } = call.server;
	const { list, many } = attributesSent(call);
	const written = list.map((given): Written => writeAttribute(call, event, given));
	const added = written.flatMap((result) => ('attribute' in result ? [result.attribute] : []));
	const failures = written.flatMap((result, index) => ('errors' in result ? [[index, result.errors] as const] : []));
	if (added.length > 0) store.touch(event);
	if (!many) {
		const [failure] = failures;
		if (failure) return refused('Could not add Attribute', '/attributes/add', failure[1]);
	} else if (added.length === 0) {
		return refused(
			'Could not add Attribute',
			'/attributes/add',
			Object.fromEntries(failures.map(([index, errors]) => [`attribute_${index}`, errors])),
		);
	}
	const [first] = added;
	return ok({
		// One that was added comes as an object even when a list was sent.
		Attribute:
			added.length === 1 && first
				? addedAttribute(store, first)
				: added.map((attribute) => addedAttribute(store, attribute)),
		AttributeTag: added.flatMap(attributeTags),
		...(failures.length === 0
			? {}
			: {
					errors: Object.fromEntries(failures.map(([index, errors]) => [`attribute_${index}`, errors])),
				}),
	});
}

// Changing

function attributeToChange(call: Call): Attribute {
	const attribute = visible(call, call.args[0] ?? '');
	if (!attribute) throw invalidAttribute();
	if (!mayModify(call.user, attribute.event)) throw noRight();
	return attribute;
}

function edit(call: Call): Answer {
	const attribute = attributeToChange(call);
	const changed = changeAttribute(call, attribute, fields(call, 'Attribute'));
	if ('stale' in changed)
		throw notAllowed('Attribute could not be saved: Attribute in the request not newer than the local copy.');
	if ('errors' in changed) return refused('Could not edit Attribute', '/attributes/edit', changed.errors);
	call.server.store.touch(attribute.event);
	return ok({ Attribute: viewedAttribute(call.server.store, attribute) });
}

function view(call: Call): Answer {
	const attribute = visible(call, call.args[0] ?? '');
	// Deleted ones cannot be looked at either.
	if (!attribute || attribute.deleted) throw notAllowed('Invalid attribute');
	return ok({
		Attribute: {
			...viewedAttribute(call.server.store, attribute),
			event_uuid: attribute.event.uuid,
		},
	});
}

function remove(call: Call): Answer {
	const attribute = attributeToChange(call);
	const hard = isOn(call.args[1]) || isOn(fields(call)['hard']) || isOn(fields(call)['allow_hard_delete']);
	if (hard) {
		call.server.store.touch(attribute.event);
		call.server.store.deleteAttribute(attribute);
	} else {
		if (attribute.deleted) throw invalidAttribute();
		attribute.deleted = true;
		call.server.store.touch(attribute.event, attribute);
	}
	return ok({ message: 'Attribute deleted.' });
}

function restore(call: Call): Answer {
	const attribute = attributeToChange(call);
	attribute.deleted = false;
	call.server.store.touch(attribute.event, attribute);
	return redirect(`${call.server.baseUrl}/attributes/view/${attribute.id}`);
}

/** Ids as a list or as JSON text of one. */
function idList(given: unknown): string[] {
	if (typeof given !== 'string') return asList(given).flatMap((one) => textOf(one) ?? []);
	if (!given.startsWith('[')) return [given];
	const parsed: unknown = JSON.parse(given);
	return asList(parsed).flatMap((one) => textOf(one) ?? []);
}

function deleteSelected(call: Call): Answer {
	const event = eventToFill(call);
	const body = fields(call, 'Attribute');
	const ids = idList(body['id'] ?? body['ids']);
	const hard = isOn(body['allow_hard_delete']);
	const chosen = ids.includes('all')
		? [...event.attributes]
		: ids.flatMap((id) => visible(call, id) ?? []).filter((attribute) => attribute.event === event);
	const deleted = chosen.filter((attribute) => hard || !attribute.deleted);
	if (deleted.length === 0) throw notFound('No matching attributes found.');
	for (const attribute of deleted) {
		if (hard) call.server.store.deleteAttribute(attribute);
		else attribute.deleted = true;
		call.server.store.touch(event, attribute);
	}
	return saved(`${deleted.length} attribute${deleted.length === 1 ? '' : 's'} deleted.`, call.path, String(event.id));
}

// Tags

/** What a key without the right is told was not recorded; the text is that of MISP's source. */
type TagOutcome = 'added' | 'refused' | 'foreign';

function tagOf(call: Call): Tag | undefined {
	const wanted = textOf(fields(call)['tag']) ?? call.args[1];
	if (wanted === undefined) return undefined;
	return /^\d+$/.test(wanted) ? call.server.store.tagById(Number(wanted)) : call.server.store.tag(wanted);
}

function addTagTo(call: Call, attribute: Attribute, tag: Tag, local: boolean): TagOutcome {
	if (tagRight(call.user, attribute.event, local) !== 'allowed') return 'foreign';
	const beside = (attribute.tags ?? []).map((attached) => attached.tag);
	if (beside.includes(tag) || (tag.localOnly && !local) || call.server.taxonomies.excludes(tag.name, beside))
		return 'refused';
	call.server.store.attach({ kind: 'attribute', attribute }, tag, local);
	return 'added';
}

const notSaved = (errors: string): Answer => ok({ saved: false, errors });
const tagged = (success: string): Answer => ok({ saved: true, success, check_publish: true });

function addTag(call: Call): Answer {
	const local = isOn(call.named['local'] ?? fields(call)['local']);
	const [first = ''] = call.args;
	const tag = tagOf(call);
	if (first !== 'selected') {
		const attribute = visible(call, first);
		if (!attribute) throw invalidAttribute();
		if (!tag) return notSaved('Invalid Tag.');
		const outcome = addTagTo(call, attribute, tag, local);
		if (outcome === 'foreign') return notSaved('You do not have permission to do that.');
		return outcome === 'added' ? tagged('Tag added.') : notSaved('Tag could not be added.');
	}
	if (!tag) return notSaved('Invalid Tag.');
	const ids = idList(fields(call)['attribute_ids']);
	let added = 0;
	for (const id of ids) {
		const attribute = visible(call, id);
		// It stops here; what was tagged so far stays tagged.
		if (!attribute) throw invalidAttribute();
		const outcome = addTagTo(call, attribute, tag, local);
		if (outcome === 'foreign') return notSaved('You do not have permission to do that.');
		if (outcome === 'added') added++;
	}
	if (added === ids.length) return tagged(added === 1 ? 'Tag added.' : `${added} tags added`);
	return notSaved(
		added === 0
			? `${ids.length} tags could not be added.`
			: `${ids.length - added} tags could not be added. However, ${added} tags were added.`,
	);
}

/** One at a time: "selected" is no attribute here. */
function removeTag(call: Call): Answer {
	const attribute = visible(call, call.args[0] ?? '');
	if (!attribute) throw invalidAttribute();
	const tag = tagOf(call);
	const attached = tag && (attribute.tags ?? []).find((one) => one.tag === tag);
	if (!tag || !attached) return notSaved('Invalid attribute - tag combination.');
	if (tagRight(call.user, attribute.event, attached.local) !== 'allowed')
		return notSaved('You do not have permission to do that.');
	call.server.store.detach({ kind: 'attribute', attribute }, tag);
	return tagged('Tag removed.');
}

// Statistics

function attributeStatistics(call: Call): Answer {
	const [by = 'type', percentage] = call.args;
	if (by !== 'type' && by !== 'category') throw notAllowed('Invalid type requested.');
	const sums = new Map<string, number>();
	let total = 0;
	for (const attribute of call.server.store.allAttributes()) {
		if (attribute.deleted || !maySee(call.user, attribute.event)) continue;
		sums.set(attribute[by], (sums.get(attribute[by]) ?? 0) + 1);
		total++;
	}
	const percent = isOn(percentage) || percentage === 'true';
	return ok(
		Object.fromEntries(
			[...sums]
				.sort()
				.map(([name, sum]) => [name, percent ? `${Math.round((sum * 100_000) / total) / 1000}%` : String(sum)]),
		),
	);
}

const DELETE_POST = 'This function is only accessible via POST requests.';

export const attributes: Controller = {
	index: {
		run: (call) =>
			ok(
				searchAttributes(call.server.store, call.user, { limit: 60 }, call.server.warninglists.index).rows.map(
					(attribute) => viewedAttribute(call.server.store, attribute),
				),
			),
	},
	restSearch: { run: restSearch },
	add: { needs: 'add', run: add },
	edit: { needs: 'modify', run: edit },
	view: { run: view },
	delete: { needs: 'modify', post: DELETE_POST, run: remove },
	restore: { needs: 'modify', run: restore },
	deleteSelected: { needs: 'modify', post: DELETE_POST, run: deleteSelected },
	addTag: {
		needs: 'tagger',
		run: (call) => (call.method === 'GET' ? forbiddenGet() : addTag(call)),
	},
	removeTag: {
		needs: 'tagger',
		run: (call) => (call.method === 'GET' ? forbiddenGet() : removeTag(call)),
	},
	describeTypes: { run: () => ok(describeTypes()) },
	attributeStatistics: { run: attributeStatistics },
};

// not recorded; the web form's page, which an API client has no use for
function forbiddenGet(): never {
	throw forbidden();
}
