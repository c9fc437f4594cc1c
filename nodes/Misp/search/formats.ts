/** A format of MISP's restSearch, as a file. */
export interface ExportFormat {
	/** MISP's name of it. */
	value: string;
	name: string;
	extension: string;
	mimeType: string;
	description: string;
	scopes: ReadonlyArray<'attributes' | 'events'>;
}

const both = ['attributes', 'events'] as const;
const events = ['events'] as const;
const text = { extension: 'txt', mimeType: 'text/plain' };
const rules = { extension: 'rules', mimeType: 'text/plain' };
const xml = { extension: 'xml', mimeType: 'application/xml' };
const json = { extension: 'json', mimeType: 'application/json' };
const needsLibrary = 'Needs a library that not every MISP server has';

/** Formats of MISP 2.5, by what a plain server offers; what needs more says so. Newer servers may have others. */
export const exportFormats: readonly ExportFormat[] = [
	{
		value: 'attack',
		name: 'ATT&CK Matrix (HTML)',
		extension: 'html',
		mimeType: 'text/html',
		description: needsLibrary,
		scopes: events,
	},
	{
		value: 'cache',
		name: 'Cache (MD5 of Each Value)',
		...text,
		description: 'Hashes of values, for look-ups without the values',
		scopes: both,
	},
	{
		value: 'context',
		name: 'Context (HTML)',
		extension: 'html',
		mimeType: 'text/html',
		description: needsLibrary,
		scopes: events,
	},
	{
		value: 'context-markdown',
		name: 'Context (Markdown)',
		extension: 'md',
		mimeType: 'text/markdown',
		description: needsLibrary,
		scopes: events,
	},
	{
		value: 'csv',
		name: 'CSV',
		extension: 'csv',
		mimeType: 'text/csv',
		description: 'One line for each attribute',
		scopes: both,
	},
	{
		value: 'hashes',
		name: 'Hashes',
		...text,
		description: 'File hashes only, of published events unless Published says otherwise',
		scopes: both,
	},
	{ value: 'hosts', name: 'Hosts File', ...text, description: 'A block list in the form of /etc/hosts', scopes: both },
	{ value: 'json', name: 'JSON', ...json, description: 'Everything MISP knows', scopes: both },
	{
		value: 'netfilter',
		name: 'Netfilter (Iptables)',
		extension: 'sh',
		mimeType: 'text/plain',
		description: 'Iptables commands that drop the addresses',
		scopes: both,
	},
	{
		value: 'openioc',
		name: 'OpenIOC',
		extension: 'ioc',
		mimeType: 'application/xml',
		description: 'Mandiant OpenIOC 1.0',
		scopes: both,
	},
	{
		value: 'rpz',
		name: 'RPZ (DNS)',
		extension: 'zone',
		mimeType: 'text/plain',
		description: 'Response policy zone for name servers',
		scopes: both,
	},
	{ value: 'snort', name: 'Snort', ...rules, description: 'Rules for Snort', scopes: both },
	{ value: 'stix', name: 'STIX 1 (XML)', ...xml, description: needsLibrary, scopes: both },
	{ value: 'stix-json', name: 'STIX 1 (JSON)', ...json, description: needsLibrary, scopes: both },
	{ value: 'stix2', name: 'STIX 2', ...json, description: needsLibrary, scopes: both },
	{
		value: 'suricata',
		name: 'Suricata',
		...rules,
		description: 'Rules for Suricata, of published events unless Published says otherwise',
		scopes: both,
	},
	{
		value: 'text',
		name: 'Text (Values)',
		...text,
		description: 'One value a line, of published events unless Published says otherwise',
		scopes: both,
	},
	{ value: 'xml', name: 'XML', ...xml, description: 'Everything MISP knows, in XML', scopes: both },
	{ value: 'yara', name: 'YARA', extension: 'yar', mimeType: 'text/plain', description: needsLibrary, scopes: both },
	{ value: 'yara-json', name: 'YARA (JSON)', ...json, description: needsLibrary, scopes: both },
];

/** The format by MISP's name; one that is not listed here is asked for all the same, since servers may have more. */
export function exportFormat(value: string): ExportFormat {
	return (
		exportFormats.find((format) => format.value === value) ?? {
			value,
			name: value,
			extension: 'txt',
			mimeType: 'application/octet-stream',
			description: 'Not known to this node',
			scopes: both,
		}
	);
}
