import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { attributeFilters, eventFilters } from '../descriptions/searchFilters';
import type { Kind } from './kinds';

const kinds: Array<INodePropertyOptions & { value: Kind }> = [
	{
		name: 'Attribute Revoked',
		value: 'attributeRevoked',
		description:
			'An attribute was deleted, or is no longer meant for detection (to_ids). One that never was meant for it counts too when it is changed: filter by tags.',
	},
	{ name: 'Event Changed', value: 'eventChanged', description: 'An event was created or changed' },
	{
		name: 'Event Published',
		value: 'eventPublished',
		description: 'An event was published, for the first time or again',
	},
	{ name: 'New Event', value: 'newEvent', description: 'An event was created, or came from a feed or another server' },
	{
		name: 'New or Changed Attribute',
		value: 'attributeChanged',
		description: 'An attribute was created or changed, by hand or by a feed',
	},
	{
		name: 'New Sighting',
		value: 'newSighting',
		description: 'A value was seen, or reported as false positive or expired',
	},
];

/** Times are the trigger's own business. */
const ownTimes = [
	'changedSince',
	'changedUntil',
	'eventChangedSince',
	'eventChangedUntil',
	'publishedSince',
	'publishedUntil',
];

function without(filters: INodeProperties, names: readonly string[], shownFor: Kind[]): INodeProperties {
	return {
		...filters,
		options: (filters.options ?? []).filter(({ name }) => !names.includes(name)),
		displayOptions: { show: { event: shownFor } },
	};
}

export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: kinds,
		default: 'eventPublished',
		description: 'What starts the workflow',
	},
	without(eventFilters, [...ownTimes, 'deleted'], ['eventChanged', 'newEvent']),
	without(eventFilters, [...ownTimes, 'deleted', 'published'], ['eventPublished']),
	without(attributeFilters, [...ownTimes, 'deleted'], ['attributeChanged']),
	without(attributeFilters, [...ownTimes, 'deleted', 'toIds'], ['attributeRevoked']),
	{
		displayName: 'Filters',
		name: 'sightingFilters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: { show: { event: ['newSighting'] } },
		options: [
			{
				displayName: 'Organisation Name or ID',
				name: 'organisationId',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getOrganisations' },
				default: '',
				description:
					'Only sightings that this organisation reported. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				description: 'Only sightings of this source, such as honeypot',
			},
			{
				displayName: 'Types',
				name: 'types',
				type: 'multiOptions',
				options: [
					{ name: 'Expiration', value: '2' },
					{ name: 'False Positive', value: '1' },
					{ name: 'Seen', value: '0' },
				],
				default: ['0'],
				description: 'Only sightings of these types',
			},
		],
		description: 'All of them must hold',
	},
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Catch Up with Feeds',
				name: 'catchUp',
				type: 'boolean',
				default: true,
				description:
					'Whether to find also what feeds and other servers bring with an older time of change. What changed in the last 30 days may then come once more when its event is published.',
			},
			{
				displayName: 'Look Back',
				name: 'lookBack',
				type: 'string',
				default: '',
				placeholder: '7d',
				description:
					'How far back to begin when the trigger is activated for the first time, such as 7d, 12h or 30m. Empty to begin now.',
			},
		],
	},
];
