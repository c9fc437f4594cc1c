import { createHash } from 'node:crypto';
import { internal, type Answer } from '../answers';
import type { Call } from '../call';
import type { AttributeResult, EventResult, SearchParams } from '../search';
import { searched, searchHeaders } from '../searching';
import { csv } from './csv';
import { lines, unique, type Format } from './format';
import { hashes, hosts, netfilter, openioc, rpz, rules } from './rules';
import { xml } from './xml';

/** restSearch's other formats. What needs libraries that a plain server lacks fails with a 500, as on MISP 2.5.1. */

const TEXT = 'text/plain; charset=UTF-8';

const XML = 'application/xml; charset=UTF-8';

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
		write: ({ attributes, events }) => lines(attributes.map(({ value }) => md5(events ? '' : value))),
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
		write: (source) => (source.events ? lines(['# Blocklist in the HOSTS format', '0.0.0.0 ', '']) : hosts(source)),
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

export function exportAttributes(call: Call, format: string, params: SearchParams, found: AttributeResult): Answer {
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
