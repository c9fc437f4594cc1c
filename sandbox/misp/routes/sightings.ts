import { internal, JSON_TYPE, MispError, notAllowed, notFound, ok, saved, type Answer } from '../answers';
import { isSiteAdmin, maySee } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { xmlResponse } from '../formats/xml';
import { asList, chooses, isOn, parseChoice, parseWindow } from '../filters';
import type { Attribute } from '../model';
import { formatOf, searched, searchHeaders, searchParams, unknownFormat } from '../searching';
import { sightingOrg, sightingShape, type Sighting } from '../sightings';

const failed = (reason: string): Answer => ok({ message: `Could not add the Sighting. Reason: ${reason}` });
const NO_MATCH = 'No valid attributes found that match the criteria.';

function withValue(call: Call, values: readonly string[]): Attribute[] {
	const wanted = new Set(values.map((value) => value.toLowerCase()));
	const found: Attribute[] = [];
	for (const attribute of call.server.store.allAttributes()) {
		const parts = attribute.type.includes('|') ? attribute.value.split('|') : [attribute.value];
		if (
			!attribute.deleted &&
			maySee(call.user, attribute.event) &&
			[attribute.value, ...parts].some((part) => wanted.has(part.toLowerCase()))
		)
			found.push(attribute);
	}
	return found;
}

/**
 * By attribute id or UUID (path or body), or by value(s). A failure is a 200 with a message and nothing else; of
 * several sightings the last is answered (several were not recorded).
 */
function add(call: Call): Answer {
	const given = fields(call, 'Sighting');
	const type = numberOf(given['type']) ?? 0;
	if (![0, 1, 2].includes(type)) return failed('Invalid type, please change it before you POST 1000000 sightings.');
	const reference = call.args[0] ?? textOf(given['id']) ?? textOf(given['uuid']);
	const values = [...asList(given['value']), ...asList(given['values'])].flatMap((value) => textOf(value) ?? []);
	if (reference === undefined && values.length === 0) return failed('No valid attributes found.');
	const one = reference === undefined ? undefined : call.server.store.attribute(reference);
	const attributes =
		reference === undefined ? withValue(call, values) : one && maySee(call.user, one.event) ? [one] : [];
	const date = numberOf(given['timestamp']) ?? call.server.store.now();
	const added = attributes.map((attribute) => {
		attribute.event.sightingTimestamp = call.server.store.now();
		return call.server.sightings.add({
			attribute,
			user: call.user,
			date,
			source: textOf(given['source']) ?? '',
			type,
		});
	});
	const last = added.at(-1);
	return last ? ok({ Sighting: sightingShape(last) }) : failed(NO_MATCH);
}

const listed = (call: Call): Sighting[] =>
	call.server.sightings.sightings.filter(({ attribute }) => maySee(call.user, attribute.event));
const withOrg = (sighting: Sighting) => ({
	Sighting: sightingShape(sighting),
	Organisation: { name: sighting.org.name },
});

function index(call: Call): Answer {
	const [eventId] = call.args;
	const found = listed(call).filter(
		({ attribute }) =>
			eventId === undefined || String(attribute.event.id) === eventId || attribute.event.uuid === eventId,
	);
	return ok(
		found.map((sighting) => ({
			...sightingShape(sighting),
			attribute_uuid: call.server.store.uuidOf(sighting.attribute),
			Organisation: sightingOrg(sighting.org),
		})),
	);
}

/** Newest first. A UUID is taken for an object that nothing was seen of. */
function listSightings(call: Call): Answer {
	const given = fields(call);
	const id = textOf(given['id']) ?? call.args[0];
	const context = textOf(given['context']) ?? call.args[1] ?? 'attribute';
	if (id === undefined) throw notAllowed('Invalid object.');
	if (context !== 'attribute' && context !== 'event') throw internal();
	if (!/^\d+$/.test(id)) return ok([]);
	const { store } = call.server;
	const known = context === 'event' ? store.event(id) : store.attribute(id)?.event;
	if (!known || !maySee(call.user, known)) throw notAllowed('Invalid object.');
	const org = textOf(given['org_id']);
	const found = listed(call)
		.filter(({ attribute }) => String(context === 'event' ? attribute.event.id : attribute.id) === id)
		.filter((sighting) => org === undefined || String(sighting.org.id) === org)
		.sort((first, second) => second.date - first.date);
	return ok(found.map(withOrg));
}

/** Ids must be JSON integers: `Invalid ID` for the same number as text. */
function idFilter(
	call: Call,
	context: string | undefined,
	given: unknown,
): ((sighting: Sighting) => boolean) | undefined {
	if (given === undefined || context === undefined) return undefined;
	const ids = asList(given).map((id) => {
		if (typeof id !== 'number') throw new MispError(400, `Invalid ID \`${String(id)}\` provided.`);
		return id;
	});
	return ({ attribute }) => ids.includes(context === 'event' ? attribute.event.id : attribute.id);
}

const CSV_COLUMNS = ['id', 'attribute_id', 'event_id', 'org_id', 'date_sighting', 'uuid', 'source', 'type'] as const;

function csv(found: readonly Sighting[]): string {
	const rows = found
		.map(sightingShape)
		.map((row) =>
			CSV_COLUMNS.map((column) => (column === 'uuid' || column === 'source' ? `"${row[column]}"` : row[column])).join(
				',',
			),
		);
	return `${[CSV_COLUMNS.join(','), ...rows].join('\n')}\n\n`;
}

/** `X-Result-Count` is always 0, and `limit` and `page` are not looked at. */
function restSearch(call: Call): Answer {
	const [context] = call.args;
	if (context !== undefined && !['attribute', 'event', 'organisation'].includes(context))
		throw new MispError(400, `Invalid context ${context}.`);
	const params = searchParams({ ...call, args: [] });
	const { store } = call.server;
	const now = store.now();
	const uuid = textOf(params['uuid']);
	if (uuid !== undefined && context === 'event') throw internal();
	const byId = idFilter(call, context, params['id']);
	const types = parseChoice(params['type']);
	const sources = parseChoice(params['source']);
	const matchesType = types && chooses(types);
	const matchesSource = sources && chooses(sources);
	const inLast = parseWindow(params['last'], now);
	const from = parseWindow(params['from'], now);
	const to = params['to'] === undefined ? undefined : parseWindow([0, params['to']], now);
	const found = listed(call).filter(
		(sighting) =>
			(!byId || byId(sighting)) &&
			(uuid === undefined || store.uuidOf(sighting.attribute) === uuid) &&
			(!matchesType || matchesType(String(sighting.type))) &&
			(!matchesSource || matchesSource(sighting.source)) &&
			(!inLast || inLast(sighting.date)) &&
			(!from || from(sighting.date)) &&
			(!to || to(sighting.date)) &&
			// Compared with the wrong kind of value: no organisation ever matches.
			params['org_id'] === undefined,
	);
	const format = formatOf(params);
	const headers = searchHeaders(format, format, { resultCount: 0 });
	if (format === 'csv') return searched(csv(found), 'text/csv; charset=UTF-8', headers);
	const response = found.map((sighting) => {
		const { attribute } = sighting;
		const { id, type, category, toIds, value, event } = attribute;
		return {
			Sighting: {
				...sightingShape(sighting),
				value,
				...(isOn(params['includeAttribute'])
					? {
							Attribute: {
								id: String(id),
								uuid: store.uuidOf(attribute),
								type,
								category,
								to_ids: toIds,
								value,
							},
						}
					: {}),
				...(isOn(params['includeEvent'])
					? {
							Event: {
								id: String(event.id),
								uuid: event.uuid,
								orgc_id: String(event.orgc.id),
								org_id: String(event.org.id),
								info: event.info,
								Orgc: { name: event.orgc.name },
							},
						}
					: {}),
				Organisation: sightingOrg(sighting.org),
			},
		};
	});
	if (format === 'xml') {
		const rows = response.map(({ Sighting: row }) => row);
		return searched(xmlResponse('Sighting', rows), 'application/xml; charset=UTF-8', headers);
	}
	if (format !== 'json') throw unknownFormat();
	return searched({ response }, JSON_TYPE, headers);
}

function pick(call: Call): Sighting {
	const sighting = call.server.sightings.find(call.args[0] ?? '');
	if (!sighting || !maySee(call.user, sighting.attribute.event)) throw notFound('Invalid sighting.');
	return sighting;
}

function remove(call: Call): Answer {
	const POST_ONLY = 'This action can only be accessed via a post request.';
	if (call.method !== 'POST') throw notAllowed(POST_ONLY);
	const sighting = pick(call);
	if (!isSiteAdmin(call.user) && sighting.org !== call.user.org) throw notFound('Invalid sighting.');
	call.server.sightings.delete(sighting);
	return saved('Sighting successfully deleted.', call.path, call.args[0] ?? '');
}

export const sightings: Controller = {
	index: { run: index },
	add: { needs: 'sighting', run: add },
	listSightings: { run: listSightings },
	restSearch: { run: restSearch },
	view: { run: (call) => ok(withOrg(pick(call))) },
	delete: { needs: 'sighting', run: remove },
};
