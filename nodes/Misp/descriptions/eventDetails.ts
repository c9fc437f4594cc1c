import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readDetails, detailFields } from './entryDetails';

const distribution: INodeProperties = {
	displayName: 'Distribution',
	name: 'eventDistribution',
	type: 'options',
	default: '0',
	options: [
		{ name: 'All Communities', value: '3' },
		{ name: 'Connected Communities', value: '2' },
		{ name: 'Sharing Group', value: '4', description: 'Needs Sharing Group ID' },
		{ name: 'This Community Only', value: '1' },
		{ name: 'Your Organisation Only', value: '0' },
	],
	description: 'Who may see the event. Without it MISP takes the default of the server.',
};

const ofEvents: INodeProperties[] = [
	{
		displayName: 'Analysis',
		name: 'analysis',
		type: 'options',
		default: '0',
		options: [
			{ name: 'Completed', value: '2' },
			{ name: 'Initial', value: '0' },
			{ name: 'Ongoing', value: '1' },
		],
		description: 'How far the analysis has come',
	},
	{
		displayName: 'Date',
		name: 'date',
		type: 'string',
		default: '',
		placeholder: '2026-11-24',
		description: 'Date of the event, YYYY-MM-DD',
	},
	distribution,
	{
		displayName: 'Extends Event (UUID)',
		name: 'extendsUuid',
		type: 'string',
		default: '',
		description: 'UUID of the event that this one extends',
	},
	{
		displayName: 'Severity',
		name: 'severity',
		type: 'options',
		default: '2',
		options: [
			{ name: 'High', value: '1' },
			{ name: 'Low', value: '3' },
			{ name: 'Medium', value: '2' },
			{ name: 'Undefined', value: '4' },
		],
		description: 'Threat level of the event',
	},
];

const mispName: Readonly<Record<string, string>> = {
	analysis: 'analysis',
	date: 'date',
	eventDistribution: 'distribution',
	extendsUuid: 'extends_uuid',
	info: 'info',
	severity: 'threat_level_id',
};

export const eventDetailFields = (
	name: string,
	displayName: string,
	wanted: Parameters<typeof detailFields>[2],
	more: INodeProperties[] = [],
): INodeProperties => detailFields(name, displayName, wanted, [...ofEvents, ...more]);

/** What was filled in, under MISP's own names. */
export function readEventDetails(given: IDataObject): IDataObject {
	const own = Object.entries(given).flatMap(([name, value]) => {
		const known = Object.hasOwn(mispName, name) ? mispName[name] : undefined;
		return known === undefined || value === ''
			? []
			: [[known, typeof value === 'string' && known === 'date' ? value.slice(0, 10) : value]];
	});
	return { ...readDetails(given), ...Object.fromEntries(own) };
}
