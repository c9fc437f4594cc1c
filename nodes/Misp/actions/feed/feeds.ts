import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { asRecord, pick } from '../../json';

/** What matters of a feed in a list of feeds. */
export const feedFields = [
	'id',
	'name',
	'provider',
	'url',
	'source_format',
	'enabled',
	'caching_enabled',
	'publish',
	'fixed_event',
	'delta_merge',
];

export const compactFeed = (feed: IDataObject): IDataObject => pick(feed, feedFields);

export const feedFormat: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'CSV', value: 'csv', description: 'One indicator per line, in columns' },
		{ name: 'Freetext', value: 'freetext', description: 'Any text: MISP finds the indicators in it' },
		{ name: 'MISP', value: 'misp', description: 'Events in MISP’s own format, with a manifest' },
	],
	default: 'misp',
	description: 'What the feed looks like',
};

/** Everything else that a feed can be set to. Names are MISP's, but for what is collected in `settings`. */
export const feedOptions: INodeProperties[] = [
	{
		displayName: 'Caching',
		name: 'caching_enabled',
		type: 'boolean',
		default: true,
		description: 'Whether MISP keeps the values of the feed for look-ups and comparisons',
	},
	{
		displayName: 'CSV Columns',
		name: 'csvColumns',
		type: 'string',
		default: '',
		placeholder: '2',
		description: 'Which columns hold the values, counted from 1 and parted by commas. Empty for all.',
	},
	{
		displayName: 'CSV Delimiter',
		name: 'csvDelimiter',
		type: 'string',
		default: ',',
		description: 'What parts the columns',
	},
	{
		displayName: 'Delta Merge',
		name: 'delta_merge',
		type: 'boolean',
		default: false,
		description:
			'Whether what is no longer in a CSV or free-text feed is deleted from its event, so that it can be taken back from Orion too',
	},
	{
		displayName: 'Distribution',
		name: 'distribution',
		type: 'options',
		options: [
			{ name: 'All Communities', value: '3' },
			{ name: 'Connected Communities', value: '2' },
			{ name: 'Sharing Group', value: '4' },
			{ name: 'This Community', value: '1' },
			{ name: 'Your Organisation', value: '0' },
		],
		default: '0',
		description: 'Who sees the events of the feed',
	},
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		description: 'Whether MISP fetches the feed when it fetches all',
	},
	{
		displayName: 'Exclude (Regular Expression)',
		name: 'excludeRegex',
		type: 'string',
		default: '',
		placeholder: '/^#/',
		description: 'Lines of a CSV or free-text feed to leave out',
	},
	{
		displayName: 'Fixed Event',
		name: 'fixed_event',
		type: 'boolean',
		default: true,
		description: 'Whether a CSV or free-text feed always goes into the same event, instead of a new one at each fetch',
	},
	{
		displayName: 'Force to IDS',
		name: 'force_to_ids',
		type: 'boolean',
		default: false,
		description: 'Whether all its attributes count as meant for detection (to_ids), whatever the feed says',
	},
	{
		displayName: 'Headers',
		name: 'headers',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'X-Custom: value',
		description: 'Headers that MISP sends to the feed’s server, one per line',
	},
	{
		displayName: 'Override IDS',
		name: 'override_ids',
		type: 'boolean',
		default: false,
		description: 'Whether none of its attributes counts as meant for detection (to_ids), whatever the feed says',
	},
	{
		displayName: 'Publish',
		name: 'publish',
		type: 'boolean',
		default: false,
		description: 'Whether MISP publishes the events of the feed when it fetches them',
	},
	{
		displayName: 'Rules (JSON)',
		name: 'rules',
		type: 'json',
		default: '{}',
		description:
			'Which events of a MISP feed to take, as MISP writes it: {"tags":{"OR":[],"NOT":[]},"orgs":{"OR":[],"NOT":[]}}',
	},
	{
		displayName: 'Sharing Group Name or ID',
		name: 'sharing_group_id',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getSharingGroups' },
		default: '',
		description:
			'Who may see its events, where Distribution is Sharing Group. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Tag Name or ID',
		name: 'tag_id',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: '',
		description:
			'Tag that its events get. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Visible to All',
		name: 'lookup_visible',
		type: 'boolean',
		default: false,
		description: 'Whether users who are no site admin see that a value is in this feed',
	},
];

/**
 * The body that MISP takes: what it collects in `settings` is put there, and what was left empty is left out. MISP replaces `settings`
 * as a whole, so those that the feed has (`there`, JSON in a text) are sent along.
 */
export function feedBody(
	{ csvColumns, csvDelimiter, excludeRegex, rules, ...fields }: IDataObject,
	there: unknown = '',
): IDataObject {
	const csv = {
		...(csvColumns && { value: String(csvColumns) }),
		...(csvDelimiter && { delimiter: String(csvDelimiter) }),
	};
	const common = { ...(excludeRegex && { excluderegex: String(excludeRegex) }) };
	const before = asRecord(jsonParse(String(there), { fallbackValue: {} }));
	const settings = {
		...before,
		...(Object.keys(csv).length > 0 && { csv: { ...asRecord(before.csv), ...csv } }),
		...(excludeRegex && { common: { ...asRecord(before.common), ...common } }),
	};
	const changesSettings = Object.keys(csv).length > 0 || Object.keys(common).length > 0;
	return {
		...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
		...(changesSettings && { settings }),
		...(rules !== undefined && rules !== '' && rules !== '{}' && { rules: rulesText(rules) }),
	};
}

/** MISP keeps the rules as JSON in a text. */
function rulesText(rules: unknown): string {
	if (typeof rules !== 'string') return JSON.stringify(rules);
	if (/^\s*\{[\s\S]*\}\s*$/.test(rules)) return rules;
	throw new Problem(
		'"Rules (JSON)" is not a JSON object',
		'Write it as {"tags":{"OR":[],"NOT":[]},"orgs":{"OR":[],"NOT":[]}}.',
		'bad_json',
	);
}
