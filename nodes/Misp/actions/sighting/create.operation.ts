import type { IDataObject } from 'n8n-workflow';
import { inParallel } from '../../../shared/inParallel';
import type { Result } from '../../../shared/operation';
import { Outcomes } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { toList } from '../../../shared/parameters';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { chosenAttribute } from '../../descriptions/entries';
import { asRecord } from '../../json';
import { limits } from '../../limits';
import { readTime } from '../../search/time';
import { problemOf } from '../../transport/connect';
import { compactSighting, sightingTypeOptions, sightingTypes } from './sightings';

/** POST /sightings/add */
export const create = eachItem({
	name: 'Create',
	action: 'Create a sighting',
	description: 'Report that an indicator was seen, is a false positive, or expires',
	fields: [
		{
			displayName: 'What Was Sighted',
			name: 'of',
			type: 'options',
			options: [
				{ name: 'One Attribute', value: 'attribute', description: 'An attribute, by its ID or UUID' },
				{ name: 'Values', value: 'values', description: 'All attributes that have one of the values' },
			],
			default: 'values',
			description: 'Whether the report is about one attribute, or about values wherever they are',
		},
		{
			displayName: 'Values',
			name: 'values',
			type: 'string',
			typeOptions: { rows: 2 },
			displayOptions: { show: { of: ['values'] } },
			required: true,
			default: '',
			placeholder: '={{ $json.value }}',
			description: 'The values: one, one per line, or a list from an expression',
		},
		{ ...chosenAttribute, displayOptions: { show: { of: ['attribute'] } } },
		{
			displayName: 'Type',
			name: 'sightingType',
			type: 'options',
			options: sightingTypeOptions,
			default: 'seen',
			description: 'What the sighting says',
		},
		{
			displayName: 'Additional Fields',
			name: 'details',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'cytomic-orion',
					description: 'What saw it: a sensor, a product, a honeypot',
				},
				{
					displayName: 'Time',
					name: 'time',
					type: 'dateTime',
					default: '',
					description: 'When it was seen, or when it expires; now without it',
				},
			],
		},
	],
	async execute({ item, misp }) {
		const common = { type: sightingTypes[item.text('sightingType')] ?? '0', ...readDetails(item.options('details')) };
		if (item.text('of') === 'attribute') return await sightAttribute(misp, item.locator('attribute'), common);
		const raw = item.raw('values');
		const values = typeof raw === 'string' ? toList(raw.split('\n')) : toList(raw);
		if (values.length === 0) throw new Problem('No value was given', 'Fill in "Values".', 'empty');
		// One request each: for a list, MISP says nothing of the values that it does not have.
		return new Outcomes(
			await inParallel(values, limits.concurrency, async (value) => await sightValue(misp, value, common)),
		);
	},
});

function readDetails({ source, time }: IDataObject): IDataObject {
	const at = time === undefined || time === '' ? undefined : readTime('Time', time);
	if (at && !at.ok) throw new Problem(at.problem, 'Give the time as a date.', 'bad_time');
	// MISP takes seconds since 1970 here.
	if (at && typeof at.time !== 'number')
		throw new Problem('Time: give a point in time, not a span', 'Use a date such as 2026-11-24T08:00:00Z.', 'bad_time');
	return { ...(source !== undefined && source !== '' && { source }), ...(at && { timestamp: at.time }) };
}

async function sightAttribute(misp: MispCall['misp'], attribute: string, common: IDataObject): Promise<IDataObject> {
	const { body } = await misp.create('/sightings/add', {
		[attribute.includes('-') ? 'uuid' : 'id']: attribute,
		...common,
	});
	return compactSighting(asRecord(asRecord(body).Sighting));
}

async function sightValue(misp: MispCall['misp'], value: string, common: IDataObject): Promise<Result> {
	const reading = await misp.ask({ method: 'POST', path: '/sightings/add', body: { value, ...common } });
	if (reading.kind === 'data')
		return { json: { ...compactSighting(asRecord(asRecord(reading.body).Sighting)), value } };
	const unknown = reading.problem.code === 'sighting_refused';
	return {
		json: { value },
		problem: unknown
			? new Problem(
					`No attribute that this key may see has the value "${value.slice(0, 100)}"`,
					'Check the value, or add it to an event first.',
					'not_found',
				)
			: problemOf(reading.problem),
	};
}
