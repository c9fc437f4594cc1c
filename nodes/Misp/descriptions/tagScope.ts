import type { INodeProperties } from 'n8n-workflow';

export const tagScope: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'options',
	options: [
		{
			name: 'Local',
			value: 'local',
			description: 'Stays on this MISP, leaves the event published and open to updates from its feed',
		},
		{
			name: 'Global',
			value: 'global',
			description:
				'Goes out with the event. MISP unpublishes the event and moves its timestamp, so that feeds no longer update it.',
		},
	],
	default: 'local',
	description: 'Whether it is part of the event as it is shared',
};

export const keepPublished: INodeProperties = {
	displayName: 'Keep Published',
	name: 'keepPublished',
	type: 'boolean',
	default: true,
	description:
		'Whether to publish an event again that MISP unpublishes because a global tag was removed. Local tags change nothing.',
};

export const publishMark: INodeProperties = {
	displayName: 'Publish Mark',
	name: 'publishMark',
	type: 'string',
	default: '',
	placeholder: 'cytomic-orion:state="publish-again"',
	displayOptions: { show: { keepPublished: [true] } },
	description:
		'Local tag put on such an event until it is published again, so that a run that breaks off in between leaves it named. Empty: none.',
};
