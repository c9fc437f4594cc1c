import { isRecord } from '../../json';
import { MispError, notAllowed, notFound, ok, redirect, refused, saved, type Answer } from '../answers';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList, isOn, like } from '../filters';
import type { Warninglist, WarninglistType } from '../warninglists';

const TYPES: readonly WarninglistType[] = ['cidr', 'string', 'hostname', 'substring', 'regex'];
const CATEGORIES = ['false_positive', 'known_identifier'];

function shape(list: Warninglist) {
	return {
		id: String(list.id),
		name: list.name,
		type: list.type,
		description: list.description,
		version: list.version,
		enabled: list.enabled,
		default: list.isDefault,
		category: list.category,
	};
}

/** Newest id first. */
function index(call: Call): Answer {
	const params = { ...call.named, ...fields(call) };
	const word = textOf(params['value'])?.toLowerCase();
	const enabled = params['enabled'] === undefined ? undefined : isOn(params['enabled']);
	const found = call.server.warninglists.lists
		.filter((list) => enabled === undefined || list.enabled === enabled)
		.filter(
			({ name, description }) =>
				word === undefined || name.toLowerCase().includes(word) || description.toLowerCase().includes(word),
		)
		.sort((first, second) => second.id - first.id);
	return ok({
		Warninglists: found.map((list) => ({
			Warninglist: {
				...shape(list),
				warninglist_entry_count: String(list.entries.length),
				valid_attributes: list.attributeTypes.join(', '),
			},
		})),
	});
}

const entryShapes = (list: Warninglist) =>
	list.entries.map(({ value, comment }, position) => ({
		id: String(list.id * 10_000 + position),
		value,
		warninglist_id: String(list.id),
		comment,
	}));
const typeShapes = (list: Warninglist) =>
	list.attributeTypes.map((type, position) => ({
		id: String(list.id * 10 + position),
		type,
		warninglist_id: String(list.id),
	}));

function pick(call: Call, message: string): Warninglist {
	const list = call.server.warninglists.byId(call.args[0]);
	if (!list) throw notFound(message);
	return list;
}

function view(call: Call): Answer {
	const list = pick(call, 'Warninglist not found.');
	return ok({
		Warninglist: {
			...shape(list),
			WarninglistEntry: entryShapes(list),
			WarninglistType: typeShapes(list),
		},
	});
}

const DESCRIPTION =
	'POST a JSON list with value(s) to check against the warninglists to get a JSON dictionary as a response with any hits, if there are any (with the key being the passed value triggering a warning).';

/** `["value", …]`, `{"[]": […]}` or any object of values → `{value: [{id, name, matched}]}`, `[]` without a hit. */
function checkValue(call: Call): Answer {
	if (call.method === 'GET')
		return ok({
			name: '/warninglists/checkValue API description',
			description: DESCRIPTION,
			mandatory_fields: ['[]'],
			url: '/warninglists/checkValue',
		});
	const sent = isRecord(call.body) ? Object.values(call.body).flat() : asList(call.body);
	const values = sent.flatMap((value) => textOf(value) ?? []);
	if (values.length === 0) throw notFound('No valid data received.');
	const hits = values
		.map(
			(value) =>
				[
					value,
					call.server.warninglists.index
						.check(value)
						.map(({ list, match }) => ({ id: String(list.id), name: list.name, matched: match })),
				] as const,
		)
		.filter(([, found]) => found.length > 0);
	return ok(hits.length === 0 ? [] : Object.fromEntries(hits));
}

/** By id(s) or name(s) with `%`; without `enabled` each changes over. */
function toggleEnable(call: Call): Answer {
	const body = fields(call, 'Warninglist');
	const names = asList(body['name'])
		.flatMap((name) => textOf(name) ?? [])
		.map((name) => like(name, { ignoreCase: true }));
	const ids = asList(body['id']).map(String);
	const notSaved = (errors: string): Answer => ok({ saved: false, errors });
	if (names.length + ids.length === 0) return notSaved('Warninglist not found.');
	const found = call.server.warninglists.lists.filter(
		(list) => ids.includes(String(list.id)) || names.some((matches) => matches(list.name)),
	);
	const [first] = found;
	if (!first) return notSaved('Warninglist(s) not found.');
	const enabled = body['enabled'] === undefined ? !first.enabled : isOn(body['enabled']);
	call.server.warninglists.setEnabled(found, enabled);
	return ok({
		saved: true,
		success: `${found.length} warninglist(s) ${enabled ? 'enabled' : 'disabled'}`,
	});
}

/** `/warninglists/enableWarninglist/{id}/{1|0}`, answered by a redirect. */
function enableWarninglist(call: Call): Answer {
	const list = pick(call, 'Warninglist not found.');
	call.server.warninglists.setEnabled([list], call.args[1] === undefined ? !list.enabled : isOn(call.args[1]));
	return redirect(`${call.server.baseUrl}/warninglists/view/${list.id}`);
}

// Own lists

interface EntryParts {
	readonly value: string;
	readonly comment: string | null;
}

function readEntries(given: unknown): EntryParts[] {
	const lines = typeof given === 'string' ? given.split('\n') : asList(given).flatMap((line) => textOf(line) ?? []);
	return lines.flatMap((line) => {
		const [value = '', comment] = line.split(' # ');
		return value.trim() === '' ? [] : [{ value: value.trim(), comment: comment?.trim() ?? null }];
	});
}

const listType = (given: unknown): WarninglistType | undefined => TYPES.find((type) => type === given);

function complaints(
	call: Call,
	given: Readonly<Record<string, unknown>>,
	entries: readonly EntryParts[],
	except?: Warninglist,
): Record<string, string[]> {
	const errors: Record<string, string[]> = {};
	if (call.server.warninglists.lists.some((list) => list !== except && list.name === given['name']))
		errors['name'] = ['Warninglist with same name already exists.'];
	if (listType(given['type']) === undefined) errors['type'] = ['This field cannot be left blank'];
	if (!CATEGORIES.includes(String(given['category']))) errors['category'] = ['This field cannot be left blank'];
	if (entries.length === 0) errors['entries'] = ['Entries cannot be empty.'];
	const bad = given['type'] === 'cidr' ? entries.find(({ value }) => !/^[\da-f.:]+(\/\d+)?$/i.test(value)) : undefined;
	if (bad) errors['entries'] = [`\`${bad.value}\` is not valid CIDR`];
	return errors;
}

function add(call: Call): Answer {
	const given = fields(call, 'Warninglist');
	const entries = readEntries(given['entries']);
	const errors = complaints(call, given, entries);
	const type = listType(given['type']);
	if (Object.keys(errors).length > 0 || !type) return refused('Could not add warninglist', '/warninglists/add', errors);
	const made = call.server.warninglists.add({
		name: textOf(given['name']) ?? '',
		type,
		description: textOf(given['description']) ?? '',
		version: '1',
		enabled: false,
		category: textOf(given['category']) ?? '',
		entries,
		attributeTypes: asList(given['matching_attributes']).map(String),
	});
	return ok({ Warninglist: shape(made) });
}

function edit(call: Call): Answer {
	const list = pick(call, 'Invalid Warninglist.');
	// MISP's own lists cannot be changed.
	if (list.isDefault) throw notFound('Invalid Warninglist.');
	const given = fields(call, 'Warninglist');
	const entries = given['entries'] === undefined ? list.entries : readEntries(given['entries']);
	const errors = complaints(
		call,
		{ name: list.name, type: list.type, category: list.category, ...given },
		entries,
		list,
	);
	if (Object.keys(errors).length > 0) return refused('Could not edit warninglist', '/warninglists/edit', errors);
	list.name = textOf(given['name']) ?? list.name;
	list.description = textOf(given['description']) ?? list.description;
	list.type = listType(given['type']) ?? list.type;
	list.category = textOf(given['category']) ?? list.category;
	list.entries = entries;
	list.version = String(Number(list.version) + 1);
	if (given['matching_attributes'] !== undefined)
		list.attributeTypes = asList(given['matching_attributes']).map(String);
	call.server.warninglists.changed();
	return ok({
		Warninglist: { ...shape(list), version: Number(list.version) },
		WarninglistEntry: entryShapes(list),
		WarninglistType: typeShapes(list),
	});
}

/** The same redirect whether there was such a list or not. */
function remove(call: Call): Answer {
	if (call.method === 'DELETE') throw notAllowed('This function can only be reached via AJAX.');
	const list = call.server.warninglists.byId(call.args[0]);
	if (list) call.server.warninglists.delete(list);
	return redirect(`${call.server.baseUrl}/warninglists`);
}

function exportList(call: Call): Answer {
	const list = pick(call, 'Invalid Warninglist.');
	return ok({
		name: list.name,
		type: list.type,
		version: list.version,
		description: list.description,
		matching_attributes: list.attributeTypes,
		list: list.entries.map(({ value }) => value),
	});
}

function importList(call: Call): Answer {
	const given = fields(call);
	for (const field of ['name', 'version', 'description', 'type', 'list']) {
		if (given[field] === undefined) throw new MispError(400, `No valid data received: field \`${field}\` is missing.`);
	}
	const made = call.server.warninglists.add({
		name: textOf(given['name']) ?? '',
		type: listType(given['type']) ?? 'string',
		description: textOf(given['description']) ?? '',
		version: textOf(given['version']) ?? '1',
		enabled: false,
		category: 'false_positive',
		entries: readEntries(given['list']),
		attributeTypes: asList(given['matching_attributes']).map(String),
	});
	return saved('Warninglist imported', `/warninglists/import/${made.id}`, made.id);
}

export const warninglists: Controller = {
	index: { run: index },
	view: { run: view },
	checkValue: { run: checkValue },
	toggleEnable: { needs: 'warninglist', run: toggleEnable },
	enableWarninglist: { needs: 'warninglist', run: enableWarninglist },
	getToggleField: {
		run: () => {
			throw notAllowed('This action is available via AJAX only.');
		},
	},
	update: {
		needs: 'site_admin',
		run: () => saved('All warninglists are up to date already.', '/warninglists/update'),
	},
	add: { needs: 'warninglist', run: add },
	edit: { needs: 'warninglist', run: edit },
	delete: { needs: 'warninglist', run: remove },
	export: { run: exportList },
	import: { needs: 'warninglist', run: importList },
};
