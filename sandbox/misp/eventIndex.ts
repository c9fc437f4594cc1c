import { ok, type Answer } from './answers';
import { maySee } from './auth';
import { fields, textOf, type Call } from './call';
import { asList, chooses, isOn, parseChoice, parsePage, parseSwitch, parseWindow } from './filters';
import type { MispEvent, Organisation } from './model';
import { countedAttributes } from './shapes';

/** `/events/index`: filters from the body or from `key:value` in the path; the query string counts for nothing. */

type Test = (event: MispEvent) => boolean;

/** Also known with a `search` before the name. */
function param(params: Readonly<Record<string, unknown>>, name: string): unknown {
	return params[name] ?? params[`search${name}`];
}

function contains(
	params: Readonly<Record<string, unknown>>,
	name: string,
	read: (event: MispEvent) => readonly string[],
): Test | undefined {
	const wanted = textOf(param(params, name))?.toLowerCase().replaceAll('%', '');
	if (wanted === undefined || wanted === '') return undefined;
	return (event) => read(event).some((text) => text.toLowerCase().includes(wanted));
}

function choice(
	params: Readonly<Record<string, unknown>>,
	name: string,
	read: (event: MispEvent) => readonly string[],
): Test | undefined {
	const parsed = parseChoice(param(params, name));
	if (!parsed) return undefined;
	const any = chooses({ ...parsed, none: [] });
	const none = parsed.none.length > 0 ? chooses({ any: parsed.none, all: [], none: [] }) : () => false;
	return (event) => {
		const texts = read(event);
		return (parsed.any.length === 0 || texts.some(any)) && !texts.some(none);
	};
}

const names = (org: Organisation): string[] => [org.name, String(org.id), org.uuid];

function tests(call: Call, params: Readonly<Record<string, unknown>>): Test[] {
	const now = call.server.store.now();
	const window = (name: string, at: (event: MispEvent) => number): Test | undefined => {
		const inside = parseWindow(param(params, name), now);
		return inside && ((event) => inside(at(event)));
	};
	const from = textOf(param(params, 'datefrom'));
	const until = textOf(param(params, 'dateuntil'));
	const published = parseSwitch(param(params, 'published'));
	const proposals = isOn(param(params, 'hasproposal'));
	const all: Array<Test | undefined> = [
		contains(params, 'eventinfo', ({ info }) => [info]),
		contains(params, 'all', ({ info, attributes }) => [info, ...attributes.map(({ value }) => value)]),
		contains(params, 'attribute', ({ attributes }) => attributes.map(({ value }) => value)),
		contains(params, 'email', ({ creator }) => [creator.email]),
		choice(params, 'eventid', ({ id, uuid }) => [String(id), uuid]),
		choice(params, 'org', ({ orgc }) => names(orgc)),
		choice(params, 'tag', ({ tags }) => tags.flatMap(({ tag }) => [tag.name, String(tag.id)])),
		choice(params, 'tags', ({ tags }) => tags.flatMap(({ tag }) => [tag.name, String(tag.id)])),
		choice(params, 'threatlevel', ({ threatLevel }) => [String(threatLevel)]),
		choice(params, 'analysis', ({ analysis }) => [String(analysis)]),
		choice(params, 'distribution', ({ distribution }) => [String(distribution)]),
		window('timestamp', ({ timestamp }) => timestamp),
		window('publish_timestamp', ({ publishTimestamp }) => publishTimestamp),
		from === undefined ? undefined : ({ date }) => date >= from,
		until === undefined ? undefined : ({ date }) => date <= until,
		published === undefined ? undefined : (event) => event.published === published,
		proposals ? (event) => call.server.proposals.open(event).length > 0 : undefined,
	];
	return all.filter((test) => test !== undefined);
}

const SORTS: Readonly<Record<string, (event: MispEvent) => number | string>> = {
	id: ({ id }) => id,
	timestamp: ({ timestamp }) => timestamp,
	publish_timestamp: ({ publishTimestamp }) => publishTimestamp,
	date: ({ date }) => date,
	info: ({ info }) => info,
	threat_level_id: ({ threatLevel }) => threatLevel,
	attribute_count: countedAttributes,
};

const org = ({ id, name, uuid }: Organisation) => ({ id: String(id), name, uuid });

function row(event: MispEvent): Record<string, unknown> {
	return {
		id: String(event.id),
		org_id: String(event.org.id),
		date: event.date,
		info: event.info,
		uuid: event.uuid,
		published: event.published,
		analysis: String(event.analysis),
		attribute_count: String(countedAttributes(event)),
		orgc_id: String(event.orgc.id),
		timestamp: String(event.timestamp),
		distribution: String(event.distribution),
		sharing_group_id: String(event.sharingGroupId),
		proposal_email_lock: false,
		locked: event.locked,
		threat_level_id: String(event.threatLevel),
		publish_timestamp: String(event.publishTimestamp),
		sighting_timestamp: String(event.sightingTimestamp),
		disable_correlation: event.disableCorrelation,
		extends_uuid: event.extendsUuid,
		protected: null,
		Org: org(event.org),
		Orgc: org(event.orgc),
		EventTag: event.tags.map(({ tag, local, relationship }, index) => ({
			id: String(event.id * 100 + index),
			event_id: String(event.id),
			tag_id: String(tag.id),
			local,
			relationship_type: relationship ?? '',
			Tag: { id: String(tag.id), name: tag.name, colour: tag.colour, is_galaxy: tag.isGalaxy },
		})),
	};
}

function minimalRow(event: MispEvent): Record<string, unknown> {
	return {
		id: String(event.id),
		timestamp: String(event.timestamp),
		sighting_timestamp: String(event.sightingTimestamp),
		published: event.published,
		uuid: event.uuid,
		orgc_uuid: event.orgc.uuid,
	};
}

export function eventIndex(call: Call): Answer {
	const params: Readonly<Record<string, unknown>> = { ...call.named, ...fields(call) };
	const wanted = tests(call, params);
	const found = [...call.server.store.events.values()].filter(
		(event) => maySee(call.user, event) && wanted.every((test) => test(event)),
	);
	const key = SORTS[textOf(params['sort']) ?? 'id'] ?? SORTS['id'];
	const sign = textOf(params['direction'])?.toLowerCase() === 'desc' ? -1 : 1;
	if (key) {
		found.sort((first, second) => {
			const [left, right] = [key(first), key(second)];
			return (left < right ? -1 : Number(left > right)) * sign || first.id - second.id;
		});
	}
	const paging = parsePage(params);
	const page =
		paging && paging.limit !== Infinity
			? found.slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
			: found;
	return ok(page.map(isOn(asList(params['minimal'])[0]) ? minimalRow : row), {
		'X-Result-Count': String(found.length),
	});
}
