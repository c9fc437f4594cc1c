/** What a search can be about. */
export type Scope = 'attributes' | 'events' | 'objects' | 'sightings';

/**
 * How a parameter's value is checked.
 * flag: 0 or 1 · texts: text, list, or {OR, AND, NOT} of lists · time: a point or [from, to], as in `7d`, a date, or epoch seconds ·
 * date: a calendar day · ids: whole numbers · number · deleted: 0, 1 or [0, 1] · severity: threat levels 1–4 · data: as it comes ·
 * node: set by the node itself.
 */
export type Kind = 'flag' | 'texts' | 'time' | 'date' | 'ids' | 'number' | 'deleted' | 'severity' | 'data' | 'node';

export interface Parameter {
	kind: Kind;
	scopes: readonly Scope[];
	/** True where it says which entries are meant, closely enough to act on what it finds. Flags, types and times do not. */
	identifies?: true;
	description: string;
}

const everywhere = ['attributes', 'events', 'objects'] as const;
const attributes = ['attributes'] as const;
const events = ['events'] as const;
const objects = ['objects'] as const;
const sightings = ['sightings'] as const;
const rows = ['attributes', 'objects'] as const;
const both = ['attributes', 'events'] as const;

/**
 * The parameters that MISP's restSearch honours (`RestSearchComponent::$paramArray`, MISP 2.5). MISP drops all others without a word
 * and then returns everything, so what is not listed here is refused. Parameters of text formats (rpz, suricata …) are left out.
 */
export const parameters: Readonly<Record<string, Parameter>> = {
	value: {
		kind: 'texts',
		scopes: everywhere,
		identifies: true,
		description: 'The value. % at its start or end stands for any text',
	},
	value1: { kind: 'texts', scopes: attributes, identifies: true, description: 'First half of a composite value' },
	value2: { kind: 'texts', scopes: attributes, identifies: true, description: 'Second half of a composite value' },
	type: { kind: 'texts', scopes: everywhere, description: 'Attribute types' },
	category: { kind: 'texts', scopes: everywhere, description: 'Attribute categories' },
	org: {
		kind: 'texts',
		scopes: everywhere,
		identifies: true,
		description: 'Creator organisation, by name, id or UUID',
	},
	tags: { kind: 'texts', scopes: everywhere, identifies: true, description: 'Tags of the attribute or of its event' },
	event_tags: { kind: 'texts', scopes: events, identifies: true, description: 'Tags of the event itself' },
	tag: { kind: 'texts', scopes: events, identifies: true, description: 'Older name of tags, honoured for events only' },
	eventid: { kind: 'texts', scopes: everywhere, identifies: true, description: 'Events, by id or UUID' },
	event_ids: { kind: 'texts', scopes: attributes, identifies: true, description: 'Events, by id' },
	idList: { kind: 'texts', scopes: events, identifies: true, description: 'Events, by id' },
	event_uuid: { kind: 'texts', scopes: events, identifies: true, description: 'Events, by UUID' },
	uuid: {
		kind: 'texts',
		scopes: [...everywhere, 'sightings'],
		identifies: true,
		description: 'UUIDs; on objects that of one of their attributes',
	},
	eventinfo: {
		kind: 'texts',
		scopes: both,
		identifies: true,
		description: 'Title of the event; % stands for any text',
	},
	searchall: { kind: 'texts', scopes: events, identifies: true, description: 'Text anywhere in the event' },
	sharinggroup: { kind: 'texts', scopes: both, identifies: true, description: 'Sharing groups' },
	sharing_group_id: { kind: 'texts', scopes: events, identifies: true, description: 'Sharing groups, by id' },
	object_relation: { kind: 'texts', scopes: everywhere, description: 'Role of the attribute in its object' },
	object_name: { kind: 'texts', scopes: objects, description: 'Name of the object template' },
	object_template_uuid: { kind: 'texts', scopes: objects, description: 'UUID of the object template' },
	object_template_version: { kind: 'texts', scopes: objects, description: 'Version of the object template' },
	threat_level_id: {
		kind: 'severity',
		scopes: everywhere,
		description: 'Threat levels of the event: 1 High, 2 Medium, 3 Low, 4 Undefined',
	},
	distribution: { kind: 'ids', scopes: events, description: 'Distribution levels' },
	attackGalaxy: { kind: 'texts', scopes: everywhere, description: 'Galaxy for the ATT&CK format' },
	eventsExtendingUuid: { kind: 'texts', scopes: events, identifies: true, description: 'Events that extend this one' },

	timestamp: {
		kind: 'time',
		scopes: everywhere,
		description: 'Last change: of the attribute, or of the event in event searches',
	},
	attribute_timestamp: { kind: 'time', scopes: attributes, description: 'Last change of the attribute' },
	event_timestamp: { kind: 'time', scopes: everywhere, description: 'Last change of the event' },
	publish_timestamp: {
		kind: 'time',
		scopes: everywhere,
		description: 'Last publishing of the event; never-published events are missed',
	},
	last: {
		kind: 'time',
		scopes: [...everywhere, 'sightings'],
		description: 'Publishing of the event within this time; for sightings the time of the sighting',
	},
	from: { kind: 'date', scopes: [...everywhere, 'sightings'], description: 'Date of the event, from this day on' },
	to: { kind: 'date', scopes: [...everywhere, 'sightings'], description: 'Date of the event, up to this day' },
	date: { kind: 'date', scopes: events, description: 'Date of the event' },
	first_seen: { kind: 'time', scopes: rows, description: 'First seen' },
	last_seen: { kind: 'time', scopes: rows, description: 'Last seen' },

	published: { kind: 'flag', scopes: everywhere, description: 'The event is published' },
	to_ids: { kind: 'flag', scopes: everywhere, description: 'For detection' },
	deleted: { kind: 'deleted', scopes: everywhere, description: 'Soft-deleted: 1 only these, [0, 1] these too' },
	enforceWarninglist: { kind: 'flag', scopes: everywhere, description: 'Leave out what is on a warninglist' },
	protected: { kind: 'flag', scopes: events, description: 'Protected events' },
	metadata: { kind: 'flag', scopes: ['events', 'objects'], description: 'Without the attributes' },
	allow_proposal_blocking: {
		kind: 'flag',
		scopes: attributes,
		description: 'Leave out what a proposal wants to delete',
	},

	decayingModel: {
		kind: 'ids',
		scopes: attributes,
		description: 'Decaying models by number; by name MISP ignores them',
	},
	score: { kind: 'number', scopes: attributes, description: 'Threshold of the decay score' },
	excludeDecayed: { kind: 'flag', scopes: attributes, description: 'Leave out what has decayed' },
	modelOverrides: { kind: 'data', scopes: attributes, description: 'Parameters of the decaying model to replace' },
	includeDecayScore: { kind: 'flag', scopes: both, description: 'With decay scores' },
	includeFullModel: { kind: 'flag', scopes: attributes, description: 'With the decaying model' },
	includeScoresOnEvent: { kind: 'flag', scopes: events, description: 'With decay scores on the event' },

	includeContext: {
		kind: 'flag',
		scopes: everywhere,
		description: 'With severity, organisation, tags and state of the event',
	},
	includeEventTags: { kind: 'flag', scopes: rows, description: 'With the tags of the event' },
	includeEventUuid: { kind: 'flag', scopes: rows, description: 'With the UUID of the event' },
	includeAttributeUuid: { kind: 'flag', scopes: attributes, description: 'With the UUID of the event' },
	includeSightings: { kind: 'flag', scopes: attributes, description: 'With sightings' },
	includeCorrelations: { kind: 'flag', scopes: attributes, description: 'With correlations; slow' },
	includeWarninglistHits: {
		kind: 'flag',
		scopes: everywhere,
		description: 'With the warninglists that have the value',
	},
	includeProposals: { kind: 'flag', scopes: rows, description: 'With proposals' },
	includeGalaxy: { kind: 'flag', scopes: attributes, description: 'With galaxies' },
	includeAllTags: { kind: 'flag', scopes: everywhere, description: 'With tags that are not exportable' },
	includeAttachments: { kind: 'flag', scopes: events, description: 'With the content of attachments' },
	includeSightingdb: { kind: 'flag', scopes: events, description: 'With SightingDB data' },
	includeAnalystData: { kind: 'flag', scopes: events, description: 'With notes, opinions and relationships' },
	includeRelatedTags: { kind: 'flag', scopes: events, description: 'With tags of related events' },
	includeFeedCorrelations: { kind: 'flag', scopes: events, description: 'With correlations to feeds' },
	includeServerCorrelations: { kind: 'flag', scopes: events, description: 'With correlations to servers' },
	includeGranularCorrelations: { kind: 'flag', scopes: events, description: 'With correlations per attribute' },
	excludeLocalTags: { kind: 'flag', scopes: events, description: 'Without local tags' },
	excludeGalaxy: { kind: 'flag', scopes: events, description: 'Without galaxies' },
	noEventReports: { kind: 'flag', scopes: events, description: 'Without event reports' },
	noShadowAttributes: { kind: 'flag', scopes: events, description: 'Without proposals' },
	sgReferenceOnly: { kind: 'flag', scopes: events, description: 'Sharing groups by id only' },
	extended: { kind: 'flag', scopes: events, description: 'With what extends the event' },
	extensionList: { kind: 'flag', scopes: events, description: 'With a list of extending events' },
	flatten: { kind: 'flag', scopes: both, description: 'Attributes of objects among the others' },
	list: { kind: 'flag', scopes: attributes, description: 'As a list of ids' },
	blockedAttributeTags: {
		kind: 'texts',
		scopes: events,
		description: 'Without attributes that carry one of these tags',
	},
	disableSiteAdmin: { kind: 'flag', scopes: events, description: 'See only what the organisation sees' },
	withAttachments: { kind: 'flag', scopes: everywhere, description: 'With the content of attachments' },
	requested_attributes: { kind: 'texts', scopes: everywhere, description: 'Columns of CSV' },
	headerless: { kind: 'flag', scopes: everywhere, description: 'CSV without its first line' },

	context: { kind: 'data', scopes: sightings, description: 'attribute or event' },
	id: { kind: 'ids', scopes: sightings, identifies: true, description: 'Attributes or events, as whole numbers' },
	org_id: { kind: 'ids', scopes: sightings, description: 'Organisations, by id' },
	source: { kind: 'texts', scopes: sightings, identifies: true, description: 'Source of the sighting' },
	includeAttribute: { kind: 'flag', scopes: sightings, description: 'With the attribute' },
	includeEvent: { kind: 'flag', scopes: sightings, description: 'With the event' },
	includeUuid: { kind: 'flag', scopes: sightings, description: 'With the UUID of the attribute' },

	returnFormat: { kind: 'node', scopes: [...everywhere, 'sightings'], description: 'Format' },
	limit: { kind: 'node', scopes: everywhere, description: 'Page size' },
	page: { kind: 'node', scopes: everywhere, description: 'Page number' },
	order: { kind: 'node', scopes: both, description: 'Order' },
};

// `type` means kinds of sighting there: 0 seen, 1 false positive, 2 expiration.
const sightingType: Parameter = {
	kind: 'ids',
	scopes: sightings,
	description: '0 seen, 1 false positive, 2 expiration',
};

/** The parameter as MISP honours it in this scope, or undefined where MISP would ignore it. */
export function parameterOf(scope: Scope, name: string): Parameter | undefined {
	if (scope === 'sightings' && name === 'type') return sightingType;
	const found = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
	return found?.scopes.includes(scope) ? found : undefined;
}

export function namesOf(scope: Scope): string[] {
	return [...Object.keys(parameters), 'type'].filter((name) => parameterOf(scope, name) !== undefined);
}
