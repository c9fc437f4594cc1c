import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { toList } from '../../../shared/parameters';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { chosenAttribute } from '../../descriptions/entries';
import { eventLocator } from '../../descriptions/eventLocator';
import { simplify } from '../../descriptions/outputForm';
import { asRecord } from '../../json';
import { readPage } from '../../search/rows';
import { readTime } from '../../search/time';
import { eventState, hidden } from '../../transport/publishing';
import { compactSighting, sightingTypeOptions, sightingTypes } from './sightings';

/** POST /sightings/restSearch[/{attribute|event}]: MISP has no pages here. */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many sightings',
	description: 'Get sightings of an attribute, of an event or of all that the key may see',
	fields: [
		...allOrLimit,
		{
			displayName: 'Which Sightings',
			name: 'of',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Those of an Attribute', value: 'attribute' },
				{ name: 'Those of an Event', value: 'event' },
			],
			default: 'all',
			description: 'Which sightings to return',
		},
		{ ...chosenAttribute, displayOptions: { show: { of: ['attribute'] } } },
		{ ...eventLocator, displayOptions: { show: { of: ['event'] } } },
		{
			displayName: 'Filters',
			name: 'sightingFilters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					description: 'What saw it, the whole name',
				},
				{
					displayName: 'Types',
					name: 'types',
					type: 'multiOptions',
					options: sightingTypeOptions,
					default: [],
					description: 'What the sightings say',
				},
				{
					displayName: 'Since',
					name: 'since',
					type: 'string',
					default: '',
					description: 'A span back from now such as 7d, 12h or 30m, a date such as 2026-11-01, or seconds since 1970',
				},
			],
		},
		simplify,
	],
	async execute({ item, misp }) {
		const of = item.text('of');
		const path = of === 'all' ? '/sightings/restSearch' : `/sightings/restSearch/${of}`;
		const { body, headers } = await misp.post(path, {
			returnFormat: 'json',
			...(await whose(of, { item, misp })),
			...readFilters(item.options('sightingFilters')),
		});
		const rows = takeLimit(item, readPage('sightings', body, headers).rows).map(asRecord);
		return item.flag('simple') ? rows.map(compactSighting) : rows;
	},
});

/** Ids have to be whole numbers in JSON; an event's UUID makes MISP break off (2.5.1). */
async function whose(of: string, { item, misp }: Pick<MispCall, 'item' | 'misp'>): Promise<IDataObject> {
	if (of === 'all') return {};
	const wanted = item.locator(of);
	if (of === 'attribute') return wanted.includes('-') ? { uuid: wanted } : { id: Number(wanted) };
	const state = wanted.includes('-') ? await eventState(misp, wanted) : { id: wanted };
	if (!state) throw hidden(wanted);
	return { id: Number(state.id) };
}

function readFilters({ source, types, since }: IDataObject): IDataObject {
	const at = since === undefined || since === '' ? undefined : readTime('Since', since);
	if (at && !at.ok)
		throw new Problem(at.problem, 'Mend the filter. MISP would ignore it and return everything.', 'bad_filter');
	const wanted = toList(types).map((type) => sightingTypes[type] ?? type);
	return {
		...(source !== undefined && source !== '' && { source }),
		...(wanted.length > 0 && { type: wanted }),
		...(at && (typeof at.time === 'number' ? { from: at.time } : { last: at.time })),
	};
}
