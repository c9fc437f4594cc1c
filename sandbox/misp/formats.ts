import { createHash } from 'node:crypto';
import { internal, type Answer } from './answers';
import type { Call } from './call';
import { asList, isOn, isRecord } from './filters';
import type { Attribute, MispEvent } from './model';
import type { AttributeResult, EventResult, SearchParams } from './search';
import { searched, searchHeaders } from './searching';
import { searchedAttribute } from './searchedAttribute';
import { wholeEvent } from './wholeEvent';

/** restSearch's other formats. What needs libraries that a plain server lacks fails with a 500, as on MISP 2.5.1. */

interface Format {
	/** What `X-Response-Format` says. */
	readonly response: string;
	readonly contentType: string;
	/** Written for detection: published events and to_ids only, unless the caller says otherwise. */
	readonly detection?: boolean;
	readonly write: (source: Source) => string;
}

interface Source {
	readonly call: Call;
	readonly params: SearchParams;
	readonly attributes: readonly Attribute[];
	readonly events: readonly MispEvent[] | undefined;
	readonly count: number;
}

const TEXT = 'text/plain; charset=UTF-8';
const XML = 'application/xml; charset=UTF-8';
const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
const unique = (list: readonly string[]): string[] => [...new Set(list)];

// CSV

type Column = (attribute: Attribute, source: Source) => string | number;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const tagNames = (tags: Attribute['tags']): string =>
	(tags ?? []).map(({ tag }) => tag.name).join(',');
const objectOf = (attribute: Attribute, source: Source) =>
	source.call.server.objects.holding(attribute);

/** Written out here, although the column says id. */
const THREAT_LEVELS = ['High', 'Medium', 'Low', 'Undefined'];

const COLUMNS: Readonly<Record<string, Column>> = {
	uuid: (attribute, { call }) => call.server.store.uuidOf(attribute),
	event_id: (attribute) => attribute.event.id,
	category: (attribute) => attribute.category,
	type: (attribute) => attribute.type,
	value: (attribute) => attribute.value,
	comment: (attribute) => attribute.comment,
	to_ids: (attribute) => Number(attribute.toIds),
	date: (attribute) => attribute.timestamp,
	deleted: (attribute) => Number(attribute.deleted),
	object_relation: (attribute) => attribute.objectRelation ?? '',
	attribute_tag: (attribute) => tagNames(attribute.tags),
	event_tag: (attribute) => tagNames(attribute.event.tags),
	object_uuid: (attribute, source) => objectOf(attribute, source)?.uuid ?? '',
	object_name: (attribute, source) => objectOf(attribute, source)?.name ?? '',
	object_meta_category: (attribute, source) => objectOf(attribute, source)?.metaCategory ?? '',
	event_info: (attribute) => attribute.event.info,
	event_member_org: (attribute) => attribute.event.org.name,
	event_source_org: (attribute) => attribute.event.orgc.name,
	event_distribution: (attribute) => attribute.event.distribution,
	event_threat_level_id: (attribute) => THREAT_LEVELS[attribute.event.threatLevel - 1] ?? '',
	event_analysis: (attribute) => attribute.event.analysis,
	event_date: (attribute) => attribute.event.date,
	event_timestamp: (attribute) => attribute.event.timestamp,
};

const DEFAULT_COLUMNS = [
	'uuid',
	'event_id',
	'category',
	'type',
	'value',
	'comment',
	'to_ids',
	'date',
	'object_relation',
	'attribute_tag',
	'object_uuid',
	'object_name',
	'object_meta_category',
];
const CONTEXT_COLUMNS = [
	'event_info',
	'event_member_org',
	'event_source_org',
	'event_distribution',
	'event_threat_level_id',
	'event_analysis',
	'event_date',
	'event_tag',
	'event_timestamp',
];

function csv(source: Source): string {
	const { params, attributes } = source;
	const wanted = asList(params['requested_attributes']).map((name) =>
		name === 'timestamp' ? 'date' : String(name),
	);
	const chosen =
		wanted.length > 0
			? wanted
			: [...DEFAULT_COLUMNS, ...(isOn(params['includeContext']) ? CONTEXT_COLUMNS : [])];
	const columns = chosen.map((name) => COLUMNS[name] ?? (() => ''));
	const rows = attributes.map((attribute) =>
		columns
			.map((column) => column(attribute, source))
			.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(cell)))
			.join(','),
	);
	return lines([...(isOn(params['headerless']) ? [] : [chosen.join(',')]), ...rows, '']);
}

// XML

const escapeXml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function element(name: string, value: unknown): string {
	if (value === null || value === undefined || value === '') return `<${name}/>`;
	if (Array.isArray(value)) return value.map((one: unknown) => element(name, one)).join('');
	if (isRecord(value))
		return `<${name}>${Object.entries(value)
			.map(([key, inner]) => element(key, inner))
			.join('')}</${name}>`;
	return `<${name}>${typeof value === 'boolean' ? String(Number(value)) : escapeXml(String(value))}</${name}>`;
}

function xml({ call, params, attributes, events }: Source): string {
	const shape = searchedAttribute(call.server, params);
	const parts = events
		? events.map((event) =>
				element(
					'Event',
					wholeEvent(
						call.server,
						event,
						attributes.filter((attribute) => attribute.event === event),
					),
				),
			)
		: attributes.flatMap((attribute) => {
				const row = shape(attribute);
				if (!row) return [];
				const { Event: _event, ...fields } = row;
				return [element('Attribute', fields)];
			});
	return `<?xml version="1.0" encoding="UTF-8"?>\n<response>${parts.join('\n')}\n</response>\n`;
}

// Lists and rules

const HASH = /^(md5|sha\d+|filename\|(md5|sha\d+)|imphash|ssdeep)$/;
const IP = /^ip-(src|dst)(\|port)?$/;
const NAME = /^(domain|hostname)/;

const first = (value: string): string => value.split('|')[0] ?? value;
const last = (value: string): string => value.split('|').at(-1) ?? value;

function hashes({ attributes }: Source): string {
	return lines(
		unique(attributes.filter(({ type }) => HASH.test(type)).map(({ value }) => last(value))),
	);
}

function hosts({ attributes }: Source): string {
	const names = unique(
		attributes.filter(({ type }) => NAME.test(type)).map(({ value }) => first(value)),
	);
	return lines([
		'# Blocklist in the HOSTS format',
		`# Generated: ${new Date().toISOString().slice(0, 19).replace('T', ' ')} +0000`,
		...names.map((name) => `0.0.0.0 ${name}`),
	]);
}

function netfilter({ attributes }: Source): string {
	return lines(
		unique(
			attributes
				.filter(({ type }) => IP.test(type))
				.map(({ value }) => `iptables -A INPUT -s ${first(value)} -j DROP`),
		),
	);
}

const NXDOMAIN =
	'will return NXDOMAIN (name does not exist) irrespective of actual result received.';

function rpz({ attributes }: Source): string {
	const serial = new Date().toISOString().slice(0, 10).replaceAll('-', '');
	const valuesOf = (test: RegExp): string[] =>
		unique(attributes.filter(({ type }) => test.test(type)).map(({ value }) => first(value)));
	const addresses = valuesOf(IP).filter((address) => address.includes('.'));
	const section = (what: string, records: readonly string[]): string[] =>
		records.length === 0 ? [] : [`; The following ${what} ${NXDOMAIN}`, ...records, ''];
	return lines([
		'$TTL 1w;',
		`@               SOA localhost. root.localhost (${serial}00 2h 30m 30d 1h)`,
		'                NS localhost.',
		'',
		...section(
			'list of IP addresses',
			addresses.map((address) => `32.${address.split('.').reverse().join('.')}.rpz-ip CNAME .`),
		),
		...section(
			'domain names and all of their sub-domains',
			valuesOf(/^domain/).flatMap((name) => [`${name} CNAME .`, `*.${name} CNAME .`]),
		),
		...section(
			'hostnames',
			valuesOf(/^hostname/).map((name) => `${name} CNAME .`),
		),
		'',
	]);
}

/** A rule for each address and name: MISP's own are longer, and more. */
function rules(engine: 'snort' | 'suricata') {
	return ({ call, attributes }: Source): string => {
		const header = [
			`# MISP export of IDS rules - optimized for ${engine}`,
			'#',
			'# These NIDS rules contain some variables that need to exist in your configuration.',
			'# Make sure you have set:',
			'#',
			'# $HOME_NET     - Your internal network range',
			'# $EXTERNAL_NET - The network considered as outside',
			'# $SMTP_SERVERS - All your internal SMTP servers',
			'# $HTTP_PORTS   - The ports used to contain HTTP traffic (not required with suricata export)',
			'# ',
		];
		const made = attributes.flatMap(({ id, type, value, event }) => {
			const name = first(value);
			const options = `classtype:trojan-activity; sid:${4_000_000 + id * 10 + 1}; rev:1; priority:${event.threatLevel}; reference:url,${call.server.baseUrl}/events/view/${event.id};`;
			if (IP.test(type))
				return [
					`alert ip $HOME_NET any -> ${name} any (msg: "MISP e${event.id} [] Outgoing To IP: ${name}";   ${options}) `,
				];
			if (!NAME.test(type)) return [];
			const kind = type.startsWith('domain') ? 'Domain' : 'Hostname';
			return engine === 'suricata'
				? [
						`alert dns any any -> any any (msg: "MISP e${event.id} [] ${kind} ${name}"; dns.query; content:"${name}"; nocase;  ${options}) `,
					]
				: [
						`alert udp any any -> any 53 (msg: "MISP e${event.id} [] ${kind}: ${name}"; content:"${name}"; fast_pattern; nocase;  ${options}) `,
					];
		});
		return lines([...header, ...made]);
	};
}

function openioc({ attributes }: Source): string {
	const items = attributes.map(
		({ type, value }) =>
			`<IndicatorItem condition="is"><Context document="${escapeXml(type)}" search="${escapeXml(type)}" type="misp"/><Content type="string">${escapeXml(value)}</Content></IndicatorItem>`,
	);
	return `<?xml version="1.0" encoding="utf-8"?>\n<ioc xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="http://schemas.mandiant.com/2010/ioc"><definition><Indicator operator="OR">${items.join('')}</Indicator></definition></ioc>\n`;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const WORKING: Readonly<Record<string, Format>> = {
	csv: { response: 'csv', contentType: 'text/csv; charset=UTF-8', write: csv },
	text: {
		response: 'txt',
		contentType: TEXT,
		detection: true,
		write: ({ attributes }) => lines(unique(attributes.map(({ value }) => value))),
	},
	xml: { response: 'xml', contentType: XML, write: xml },
	// On events it is the MD5 of nothing, once for each attribute: a bug of 2.5.1.
	cache: {
		response: 'txt',
		contentType: TEXT,
		write: ({ attributes, events }) =>
			lines(attributes.map(({ value }) => md5(events ? '' : value))),
	},
	count: { response: 'txt', contentType: TEXT, write: ({ count }) => String(count) },
	hashes: { response: 'txt', contentType: TEXT, detection: true, write: hashes },
	openioc: { response: 'xml', contentType: XML, detection: true, write: openioc },
	rpz: { response: 'txt', contentType: TEXT, detection: true, write: rpz },
	snort: { response: 'txt', contentType: TEXT, detection: true, write: rules('snort') },
	suricata: { response: 'txt', contentType: TEXT, detection: true, write: rules('suricata') },
	hosts: {
		response: 'txt',
		contentType: TEXT,
		detection: true,
		write: (source) =>
			source.events ? lines(['# Blocklist in the HOSTS format', '0.0.0.0 ', '']) : hosts(source),
	},
	netfilter: {
		response: 'txt',
		contentType: TEXT,
		detection: true,
		write: (source) => (source.events ? '\n\n' : netfilter(source)),
	},
	'attack-sightings': {
		response: 'json',
		contentType: 'application/json; charset=UTF-8',
		write: () => '[]',
	},
};

/** Known, but the server lacks what they need. */
const FAILING = new Set(['stix', 'stix-json', 'stix2', 'yara', 'yara-json', 'opendata']);
/** These exist for events only, and fail there too on a plain server. */
const FAILING_FOR_EVENTS = new Set([...FAILING, 'attack', 'context', 'context-markdown']);

export function isAttributeFormat(format: string): boolean {
	return format === 'json' || format in WORKING || FAILING.has(format);
}

export function isEventFormat(format: string): boolean {
	return format === 'json' || format in WORKING || FAILING_FOR_EVENTS.has(format);
}

/** Search parameters that a format sets unless they are given. */
export function exportDefaults(format: string): SearchParams {
	return WORKING[format]?.detection ? { published: 1, to_ids: 1 } : {};
}

function working(format: string): Format {
	const known = WORKING[format];
	if (!known) throw internal();
	return known;
}

export function exportAttributes(
	call: Call,
	format: string,
	params: SearchParams,
	found: AttributeResult,
): Answer {
	const made = working(format);
	const body = made.write({
		call,
		params,
		attributes: found.rows,
		events: undefined,
		count: found.resultCount,
	});
	return searched(body, made.contentType, searchHeaders(format, made.response, found));
}

export function exportEvents(
	call: Call,
	format: string,
	params: SearchParams,
	found: EventResult,
	fileName: string,
): Answer {
	const made = working(format);
	const response = format === 'text' ? 'text' : made.response;
	const body = made.write({
		call,
		params,
		attributes: found.rows.flatMap(({ attributes }) => attributes),
		events: found.rows.map(({ event }) => event),
		count: found.resultCount,
	});
	return searched(body, made.contentType, {
		...searchHeaders(format, response, found),
		'Content-Disposition': `attachment; filename="${fileName}.${response}"`,
	});
}
