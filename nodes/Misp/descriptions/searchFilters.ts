import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import { toList } from '../../shared/parameters';
import { Problem } from '../../shared/problem';
import type { SearchFilters } from '../search/filters';

const onePerLine = { rows: 2 };

const times = 'A span back from now such as 7d, 12h or 30m, a date such as 2026-11-01, or seconds since 1970';

const filter = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
	...more,
});

const lines = (displayName: string, name: string, description: string): INodeProperties =>
	filter(displayName, name, `${description.replace(/\.$/, '')}. One per line, or a list from an expression.`, {
		typeOptions: onePerLine,
	});

const choice = (
	displayName: string,
	name: string,
	description: string,
	options: Array<[name: string, value: string]>,
): INodeProperties =>
	filter(displayName, name, description, {
		type: 'options',
		options: options.map(([label, value]) => ({ name: label, value })),
		default: options[0]?.[1] ?? '',
	});

const yesNo: Array<[string, string]> = [
	['Any', 'any'],
	['No', 'no'],
	['Yes', 'yes'],
];

const shared: INodeProperties[] = [
	filter('Categories', 'category', 'Categories of the attributes', {
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCategories' },
		default: [],
	}),
	choice('Deleted', 'deleted', 'Whether soft-deleted attributes count', [
		['Leave Out', 'exclude'],
		['Include', 'include'],
		['Only Deleted', 'only'],
	]),
	filter('Event Changed Since', 'eventChangedSince', `Only events changed since then. ${times}.`),
	filter('Event Changed Until', 'eventChangedUntil', `Only events last changed before then. ${times}.`),
	filter('Event Date From', 'dateFrom', 'First day of the date of the event, such as 2026-11-01'),
	filter('Event Date To', 'dateTo', 'Last day of the date of the event, such as 2026-11-30'),
	lines('Event Info Contains', 'eventInfo', "Part of the event's title"),
	lines('Events', 'eventIds', 'IDs or UUIDs of events'),
	{
		displayName: 'Extra (JSON)',
		name: 'extra',
		type: 'json',
		default: '{}',
		description:
			"More of MISP's own search parameters. Names that MISP would ignore, and then return everything, are refused.",
	},
	choice('For Detection (IDS)', 'toIds', 'Whether the attribute is meant for detection (to_ids)', yesNo),
	choice('Minimum Severity', 'minimumSeverity', 'Threat level that the event must have at least', [
		['Any', 'any'],
		['High', 'high'],
		['Low and Above', 'low'],
		['Medium and Above', 'medium'],
	]),
	lines('Organisations', 'org', 'Creator organisations, by name, ID or UUID'),
	choice('Published', 'published', 'Whether the event is published', yesNo),
	filter('Published Since', 'publishedSince', `Only events published since then. ${times}.`),
	filter('Published Until', 'publishedUntil', `Only events published before then. ${times}.`),
	lines('Tags: All Of', 'tagsAll', 'Names of tags that must all be there. % stands for any text.'),
	lines(
		'Tags: Any Of',
		'tagsAny',
		'Names of tags of which one must be there, on the attribute or its event. % stands for any text.',
	),
	lines('Tags: None Of', 'tagsNone', 'Names of tags that must not be there. % stands for any text.'),
	filter('Types', 'type', 'Types of the attributes', {
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAttributeTypes' },
		default: [],
	}),
	lines('UUIDs', 'uuids', 'UUIDs'),
	lines('Value Contains', 'valueContains', 'Parts of values'),
	lines('Values', 'value', 'Whole values'),
	choice(
		'Warninglists',
		'warninglists',
		'What to do with values on an enabled warninglist, which names frequent false positives',
		[
			['Ignore the Lists', 'ignore'],
			['Mark', 'mark'],
			['Suppress, and Count', 'suppress'],
		],
	),
];

const ofAttributes: INodeProperties[] = [
	filter('Changed Since', 'changedSince', `Only attributes changed since then. ${times}.`),
	filter('Changed Until', 'changedUntil', `Only attributes last changed before then. ${times}.`),
	filter('Decay Score, at Least', 'decayScore', 'Lowest score, 0 to 100, that the decaying model still gives'),
	filter(
		'Decaying Model ID',
		'decayModel',
		'ID of the decaying model, which says how indicators lose their score with time',
	),
	{
		displayName: 'Exclude Decayed',
		name: 'excludeDecayed',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out attributes that the decaying model takes for decayed',
	},
	lines('Object Relations', 'objectRelation', 'What attributes are in their object, such as filename or sha256'),
];

const collection = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	description: 'All of them must hold',
});

/** What MISP honours in a search for objects (2.5). */
const onObjects = new Set([
	'changedSince',
	'changedUntil',
	'deleted',
	'eventIds',
	'extra',
	'minimumSeverity',
	'objectRelation',
	'org',
	'published',
	'tagsAll',
	'tagsAny',
	'tagsNone',
	'toIds',
	'type',
	'value',
	'valueContains',
]);
const ofObjects: INodeProperties[] = [lines('Object Names', 'objectName', 'Names of object templates, such as file')];

export const objectFilters = collection([
	...[...shared, ...ofAttributes].filter(({ name }) => onObjects.has(name)),
	...ofObjects,
]);
export const attributeFilters = collection([...shared, ...ofAttributes]);
export const eventFilters = collection(shared);

/** The filters as the search takes them, and MISP's own parameters beside them. */
export function readFilters(item: Pick<Parameters, 'options'>): { filters: SearchFilters; extra: unknown } {
	const given = item.options('filters');
	const list = (name: string) => listOf(given, name);
	const text = (name: string) => String(given[name] ?? '').trim();
	return {
		extra: given.extra === '{}' ? undefined : given.extra,
		filters: {
			value: list('value'),
			valueContains: list('valueContains'),
			type: list('type'),
			category: list('category'),
			org: list('org'),
			tags: { any: list('tagsAny'), all: list('tagsAll'), none: list('tagsNone') },
			toIds: flag(text('toIds')),
			published: flag(text('published')),
			deleted: oneOf('Deleted', text('deleted'), ['exclude', 'include', 'only']),
			minimumSeverity: oneOf('Minimum Severity', text('minimumSeverity'), ['any', 'low', 'medium', 'high']),
			eventIds: list('eventIds'),
			uuids: list('uuids'),
			changedSince: text('changedSince'),
			changedUntil: text('changedUntil'),
			eventChangedSince: text('eventChangedSince'),
			eventChangedUntil: text('eventChangedUntil'),
			publishedSince: text('publishedSince'),
			publishedUntil: text('publishedUntil'),
			dateFrom: text('dateFrom'),
			dateTo: text('dateTo'),
			eventInfo: list('eventInfo'),
			objectName: list('objectName'),
			objectRelation: list('objectRelation'),
			decay: { model: text('decayModel'), score: text('decayScore'), excludeDecayed: given.excludeDecayed === true },
			warninglists: oneOf('Warninglists', text('warninglists'), ['ignore', 'suppress', 'mark']),
		},
	};
}

/**
 * Entries of a list, one per line. A filter that was added and comes out empty (an expression without result) is refused:
 * leaving it out would widen the search to the whole instance.
 */
function listOf(given: IDataObject, name: string): string[] | undefined {
	const value = given[name];
	if (value === undefined) return undefined;
	const entries =
		typeof value === 'string'
			? value
					.split('\n')
					.map((line) => line.trim())
					.filter(Boolean)
			: toList(value);
	if (entries.length > 0) return entries;
	throw new Problem(
		`The filter "${labelOf(name)}" is empty`,
		'Give it a value or take it away. It is not ignored, since then everything would be found.',
		'empty_filter',
	);
}

const labelOf = (name: string): string =>
	[...shared, ...ofAttributes, ...ofObjects].find((field) => field.name === name)?.displayName ?? name;

function flag(value: string): boolean | 'any' {
	if (value === 'yes' || value === 'true') return true;
	if (value === 'no' || value === 'false') return false;
	return 'any';
}

function oneOf<Value extends string>(field: string, value: string, allowed: readonly Value[]): Value | undefined {
	if (value === '') return undefined;
	const found = allowed.find((one) => one === value);
	if (found !== undefined) return found;
	throw new Problem(`"${field}" cannot be "${value}"`, `Use one of ${allowed.join(', ')}.`, 'bad_choice');
}
