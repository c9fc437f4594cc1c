import { isRecord } from '../../json';
import { internal, JSON_TYPE, MispError, notFound, ok, refused, saved, type Answer } from '../answers';
import { mayModify, maySee } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { asList, isOn, parseChoice, parsePage, parseWindow, chooses, like } from '../filters';
import type { Attribute, MispEvent } from '../model';
import type { MispObject } from '../objects';
import { findTemplate } from '../objectTemplates';
import { formatOf, searched, searchHeaders, searchParams, unknownFormat } from '../searching';
import { addedAttribute } from '../shapes';
import { checkAttribute } from '../validate';
import { objectHead, referenceShape } from '../wholeEvent';
import { changeAttribute, seenText, writeAttribute } from '../writing';

const invalidObject = (): MispError => notFound('Invalid object.');

function attributesOf(object: MispObject): Attribute[] {
	return object.event.attributes.filter((attribute) => attribute.objectId === object.id && !attribute.deleted);
}

const eventStub = ({ id, info, org, orgc }: MispEvent) => ({
	id: String(id),
	info,
	org_id: String(org.id),
	orgc_id: String(orgc.id),
});

function attributeShapes(call: Call, object: MispObject, extra: Record<string, unknown> = {}) {
	return attributesOf(object).map((attribute) => ({
		...addedAttribute(call.server.store, attribute),
		...extra,
	}));
}

// Adding

function refuseInvalid(call: Call, relation: string, errors: Record<string, string[]>): Answer {
	const rest = call.args.join('/');
	const id = call.args.length > 1 ? rest : `${rest}/`;
	return refused(
		'Could not add object',
		`/objects/add/${id}`,
		`Could not save object as at least one attribute has failed validation (${relation}). ${JSON.stringify(errors)}`,
		id,
	);
}

/**
 * An attribute without a category gets its type's; but the first category stays for all that follow without one, on
 * which they may then fail: a bug of 2.5.1. Neither does `to_ids` follow type or template: it is on unless said otherwise.
 */
function completed(list: readonly Record<string, unknown>[]): Array<Record<string, unknown>> {
	let leaked: unknown;
	return list.map((given) => {
		const category = given['category'] ?? leaked;
		leaked = given['category'] ?? leaked ?? (given['type'] === undefined ? undefined : checkedCategory(given));
		return {
			...given,
			...(category === undefined ? {} : { category }),
			to_ids: given['to_ids'] ?? true,
		};
	});
}

function checkedCategory(given: Readonly<Record<string, unknown>>): string | undefined {
	const checked = checkAttribute({
		type: given['type'],
		category: undefined,
		value: given['value'],
	});
	return 'category' in checked ? checked.category : undefined;
}

function sameContent(call: Call, event: MispEvent, list: readonly Record<string, unknown>[]): MispObject | undefined {
	const key = (relation: unknown, value: unknown): string => JSON.stringify([relation, String(value)]);
	const wanted = list
		.map((given) => key(given['object_relation'], given['value']))
		.sort()
		.join();
	return call.server.objects.ofEvent(event).find(
		(object) =>
			!object.deleted &&
			attributesOf(object)
				.map(({ objectRelation, value }) => key(objectRelation, value))
				.sort()
				.join() === wanted,
	);
}

function add(call: Call): Answer {
	const { store, objects } = call.server;
	const event = store.event(call.args[0] ?? fields(call, 'Object')['event_id'] ?? '');
	if (!event || !maySee(call.user, event)) throw notFound('Invalid event.');
	if (!mayModify(call.user, event)) throw new MispError(403, 'You do not have permission to do that.');
	const given = fields(call, 'Object');
	const template = findTemplate(call.args[1] ?? textOf(given['template_uuid']) ?? '');
	const list = completed(asList(given['Attribute']).filter(isRecord));
	if (list.length === 0) {
		const id = call.args.join('/');
		return refused(
			'Could not add object',
			`/objects/add/${id}`,
			'Could not save the object as no attributes were set.',
			id,
		);
	}
	for (const attribute of list) {
		const relation = textOf(attribute['object_relation']) ?? '';
		if (attribute['type'] === undefined) return refuseInvalid(call, relation, { type: ['No type set.'] });
		const checked = checkAttribute({
			type: attribute['type'],
			category: attribute['category'],
			value: attribute['value'],
		});
		if ('errors' in checked) return refuseInvalid(call, relation, checked.errors);
	}
	const description = textOf(given['description']) ?? template?.description;
	if (description === undefined)
		return refused(
			'Could not add Object',
			'/objects/add',
			'Object could not be saved.\ntemplate: No valid template found and object lacking template information. (description)',
		);
	const twin = isOn(call.named['breakOnDuplicate']) ? sameContent(call, event, list) : undefined;
	if (twin)
		return refused(
			'Could not add Object',
			'/objects/add',
			`Object could not be saved.\nvalue: Duplicate object found (id: ${twin.id}, uuid: ${twin.uuid}). Since breakOnDuplicate is set the object will not be added.`,
		);
	const uuid = textOf(given['uuid']);
	const object = objects.add({
		event,
		name: textOf(given['name']) ?? template?.name ?? '',
		metaCategory: textOf(given['meta-category']) ?? template?.metaCategory ?? 'misc',
		description,
		templateUuid: textOf(given['template_uuid']) ?? template?.uuid ?? '',
		templateVersion: textOf(given['template_version']) ?? String(template?.version ?? 1),
		timestamp: store.now(),
		distribution: numberOf(given['distribution']) ?? 5,
		sharingGroupId: numberOf(given['sharing_group_id']) ?? 0,
		comment: textOf(given['comment']) ?? '',
		firstSeen: seenText(given['first_seen']),
		lastSeen: seenText(given['last_seen']),
		...(uuid === undefined ? {} : { uuid }),
	});
	for (const attribute of list)
		writeAttribute(call, event, attribute, {
			id: object.id,
			relation: textOf(attribute['object_relation']) ?? null,
		});
	store.touch(event);
	return ok({ Object: { ...objectHead(object), Attribute: attributeShapes(call, object) } });
}

// Changing

function visible(call: Call): MispObject {
	const object = call.server.objects.find(call.args[0] ?? '');
	if (!object || !maySee(call.user, object.event)) throw invalidObject();
	return object;
}

function changeable(call: Call): MispObject {
	const object = visible(call);
	if (!mayModify(call.user, object.event)) throw new MispError(403, 'Insufficient permissions to edit this object.');
	return object;
}

/** A list of attributes replaces what is there, and the invalid ones in it are lost without a word. */
function replaceAttributes(call: Call, object: MispObject, list: readonly unknown[]): void {
	const kept = new Set<Attribute>();
	for (const given of list) {
		if (!isRecord(given)) continue;
		const known = attributesOf(object).find((attribute) => call.server.store.uuidOf(attribute) === given['uuid']);
		if (known) {
			kept.add(known);
			if (given['value'] !== known.value || given['comment'] !== undefined) changeAttribute(call, known, given);
		} else {
			const written = writeAttribute(call, object.event, given, {
				id: object.id,
				relation: textOf(given['object_relation']) ?? null,
			});
			if ('attribute' in written) kept.add(written.attribute);
		}
	}
	for (const attribute of attributesOf(object)) {
		if (kept.has(attribute)) continue;
		attribute.deleted = true;
		attribute.timestamp = call.server.store.now();
	}
}

function edit(call: Call): Answer {
	const object = changeable(call);
	const given = fields(call, 'Object');
	object.comment = textOf(given['comment']) ?? object.comment;
	object.distribution = numberOf(given['distribution']) ?? object.distribution;
	object.sharingGroupId = numberOf(given['sharing_group_id']) ?? object.sharingGroupId;
	if (given['first_seen'] !== undefined) object.firstSeen = seenText(given['first_seen']);
	if (given['last_seen'] !== undefined) object.lastSeen = seenText(given['last_seen']);
	object.timestamp = call.server.store.now();
	if (given['Attribute'] !== undefined) replaceAttributes(call, object, asList(given['Attribute']));
	call.server.store.touch(object.event);
	return ok({
		Object: {
			...objectHead(object),
			Attribute: attributeShapes(call, object, { AttributeTag: [] }),
		},
		Event: eventStub(object.event),
	});
}

/** Says the event's id, not the object's. */
function remove(call: Call): Answer {
	const object = changeable(call);
	const { store, objects } = call.server;
	for (const attribute of attributesOf(object)) {
		attribute.deleted = true;
		attribute.timestamp = store.now();
	}
	object.deleted = true;
	object.timestamp = store.now();
	store.touch(object.event);
	if (isOn(call.args[1])) {
		for (const attribute of object.event.attributes.filter(({ objectId }) => objectId === object.id))
			store.deleteAttribute(attribute);
		objects.delete(object);
	}
	return saved('Object deleted', `/objects/delete/${object.event.id}`, String(object.event.id));
}

function view(call: Call): Answer {
	const object = visible(call);
	const references = object.references.filter(({ deleted }) => !deleted);
	return ok({
		Object: {
			...objectHead(object),
			Event: eventStub(object.event),
			...(object.deleted ? {} : { Attribute: attributeShapes(call, object, { AttributeTag: [] }) }),
			...(references.length > 0
				? { ObjectReference: references.map((reference) => referenceShape(object, reference)) }
				: {}),
		},
	});
}

// Searching

function restSearch(call: Call): Answer {
	const params = searchParams(call);
	const format = formatOf(params);
	if (format !== 'json') throw unknownFormat();
	// Fails on a list here, unlike in the searches for attributes and events.
	if (Array.isArray(params['deleted'])) throw internal();
	const now = call.server.store.now();
	const eventids = parseChoice(params['eventid']);
	const values = parseChoice(params['value']);
	const matchesValue = values && chooses(values, { ignoreCase: true });
	const name = textOf(params['object_name']);
	const matchesName = name === undefined ? undefined : like(name);
	const templateUuid = textOf(params['object_template_uuid']);
	const inside = parseWindow(params['timestamp'], now);
	const uuids = parseChoice(params['uuid']);
	const found = [...call.server.objects.all()].filter((object) => {
		const { event } = object;
		const all = event.attributes.filter(({ objectId }) => objectId === object.id);
		return (
			object.deleted === isOn(params['deleted']) &&
			maySee(call.user, event) &&
			(!eventids || eventids.any.includes(String(event.id)) || eventids.any.includes(event.uuid)) &&
			(!matchesValue || all.some(({ value }) => matchesValue(value))) &&
			(!matchesName || matchesName(object.name)) &&
			(templateUuid === undefined || object.templateUuid === templateUuid) &&
			(!inside || inside(object.timestamp)) &&
			// The UUID of an attribute (or event), not of the object.
			(!uuids ||
				all.some((attribute) => uuids.any.includes(call.server.store.uuidOf(attribute))) ||
				uuids.any.includes(event.uuid))
		);
	});
	const paging = parsePage(params);
	const page =
		paging && paging.limit !== Infinity
			? found.slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
			: found;
	const response = page.map((object) => ({
		Object: {
			...objectHead(object),
			...(isOn(params['metadata']) ? {} : { Attribute: attributeShapes(call, object, { AttributeTag: [] }) }),
			Event: eventStub(object.event),
		},
	}));
	return searched({ response }, JSON_TYPE, searchHeaders(format, format, { resultCount: page.length }));
}

export const objects: Controller = {
	restSearch: { run: restSearch },
	add: { needs: 'add', run: add },
	edit: { needs: 'modify', run: edit },
	delete: { needs: 'modify', post: 'crash', run: remove },
	view: { run: view },
};

// References

function referenceAdd(call: Call): Answer {
	const given = fields(call, 'ObjectReference');
	const { objects: book, store } = call.server;
	const object = book.find(call.args[0] ?? given['object_uuid'] ?? '');
	if (!object || !maySee(call.user, object.event)) throw invalidObject();
	const wanted = textOf(given['referenced_uuid']) ?? '';
	const targetObject = book.find(wanted);
	const target = targetObject ?? store.attribute(wanted);
	if (wanted === '' || !target) throw notFound('Invalid target.');
	if (target.event !== object.event)
		throw notFound('Invalid target. Target has to be within the same event or extending it.');
	const reference = book.refer(object, {
		timestamp: store.now(),
		referencedUuid: wanted,
		referencedId: target.id,
		referencedType: targetObject ? '1' : '0',
		relationship: textOf(given['relationship_type']) ?? '',
		comment: textOf(given['comment']) ?? '',
	});
	store.touch(object.event);
	return ok({
		ObjectReference: { ...referenceShape(object, reference), object_uuid: object.uuid },
	});
}

function findReference(call: Call) {
	const [wanted = ''] = call.args;
	for (const object of call.server.objects.all()) {
		const reference = object.references.find(({ id, uuid }) => String(id) === wanted || uuid === wanted);
		if (reference) return { object, reference };
	}
	throw notFound('Invalid object reference.');
}

function referenceDelete(call: Call): Answer {
	const { object, reference } = findReference(call);
	reference.deleted = true;
	call.server.store.touch(object.event);
	if (isOn(call.args[1])) object.references = object.references.filter((one) => one !== reference);
	return saved('ObjectReference deleted', `/object_references/delete/${reference.id}`, String(reference.id));
}

function referenceView(call: Call): Answer {
	const { object, reference } = findReference(call);
	return ok({ ObjectReference: referenceShape(object, reference) });
}

export const objectReferences: Controller = {
	add: { needs: 'add', run: referenceAdd },
	delete: {
		needs: 'modify',
		post: 'This action is only accessible via POST request.',
		run: referenceDelete,
	},
	view: { run: referenceView },
};
