import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import type { ImportRules, MinimumSeverity } from '../ioc';
import type { ImportTexts } from '../sending/requests';
import { readTtl } from './ttl';

const defaults = {
	policy: 'Detect',
	source: 'MISP',
	description: '{event_id} - {event_info}',
	additionalData: '{type} {comment}',
};

const { policy, source, description, additionalData } = defaults;

const severities: Record<string, MinimumSeverity> = { any: 'any', low: 'low', medium: 'medium', high: 'high' };

export const minimumSeverity: INodeProperties = {
	displayName: 'Minimum Severity',
	name: 'minimumSeverity',
	type: 'options',
	options: [
		{ name: 'Any', value: 'any' },
		{ name: 'High', value: 'high' },
		{ name: 'Low and Above', value: 'low' },
		{ name: 'Medium and Above', value: 'medium' },
	],
	default: 'any',
	description: "Threat level that the IOC's event must have at least. Undefined meets only Any.",
};

/** Options of whatever imports IOCs: what goes with them, and which are kept back. */
export const importOptions: INodeProperties[] = [
	{
		displayName: 'Additional Data',
		name: 'additionalData',
		type: 'string',
		default: additionalData,
		description: "Text shown beside the IOC in Orion. Names in braces stand for the item's fields.",
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: description,
		description: "Text that describes the IOC in Orion. Names in braces stand for the item's fields.",
	},
	{
		displayName: 'Policy',
		name: 'policy',
		type: 'string',
		default: policy,
		description: 'What Orion does on a hit. Detect is the only value known; others are not documented by the vendor.',
	},
	{
		displayName: 'Retrospective Search',
		name: 'retrospective',
		type: 'boolean',
		default: false,
		description: "Whether Orion also searches the last year's events for the IOCs, once",
	},
	{
		displayName: 'Safety List',
		name: 'safetyList',
		type: 'boolean',
		default: true,
		description:
			'Whether to skip private and reserved addresses and names that never resolve in public. One such IOC would raise an alert on every computer.',
	},
	{
		displayName: 'Send IPv6 Addresses',
		name: 'ipv6',
		type: 'boolean',
		default: false,
		description: 'Whether to send IPv6 addresses. Whether Orion takes them is not documented by the vendor.',
	},
	{
		displayName: 'Source',
		name: 'source',
		type: 'string',
		default: source,
		description: 'Where the IOC comes from, as shown in Orion',
	},
];

export const readImportRules = (item: Parameters, options: IDataObject, now: Date): ImportRules => ({
	ttl: readTtl(item),
	minimumSeverity: severities[item.text('minimumSeverity')] ?? 'any',
	safetyList: options.safetyList !== false,
	ipv6: options.ipv6 === true,
	now,
});

export function readImportTexts(options: IDataObject): ImportTexts {
	const text = (name: keyof typeof defaults) => String(options[name] ?? defaults[name]);
	return {
		source: text('source'),
		policy: text('policy'),
		description: text('description'),
		additionalData: text('additionalData'),
		retrospective: options.retrospective === true,
	};
}
