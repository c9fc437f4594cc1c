/** What the stand-in keeps. Ids and timestamps (seconds) are numbers here and strings on the wire, as in MISP. */

export interface Organisation {
	readonly id: number;
	name: string;
	uuid: string;
	local: boolean;
	description: string | null;
	type: string;
	nationality: string;
	sector: string;
	contacts: string | null;
	readonly createdBy: number;
	readonly created: string;
	modified: string;
}

/** Without the perm_ that MISP writes before each. */
export const permissions = [
	'add',
	'modify',
	'modify_org',
	'publish',
	'delegate',
	'sync',
	'admin',
	'audit',
	'auth',
	'site_admin',
	'regexp_access',
	'tagger',
	'template',
	'sharing_group',
	'tag_editor',
	'sighting',
	'object_template',
	'publish_zmq',
	'publish_kafka',
	'decaying',
	'galaxy_editor',
	'warninglist',
	'view_feed_correlations',
	'analyst_data',
] as const;

export type Permission = (typeof permissions)[number];

export interface Role {
	readonly id: number;
	name: string;
	readonly permissions: ReadonlySet<Permission>;
	/** Searches allowed in 15 minutes; `undefined` is no limit. */
	searchLimit?: number;
}

export interface User {
	readonly id: number;
	email: string;
	org: Organisation;
	role: Role;
	key: string;
	disabled: boolean;
	/** Other fields as given to /admin/users/add and edit. */
	readonly extra: Record<string, unknown>;
	readonly created: number;
	modified: number;
}

export interface Tag {
	readonly id: number;
	name: string;
	colour: string;
	exportable: boolean;
	hidden: boolean;
	localOnly: boolean;
	numericalValue: string | null;
	isGalaxy: boolean;
	orgId: number;
	userId: number;
}

export interface AttachedTag {
	readonly tag: Tag;
	readonly local: boolean;
	readonly relationship: string | null;
}

export interface MispEvent {
	readonly id: number;
	readonly uuid: string;
	info: string;
	/** Owner on this server; the organisation of the user who added or pulled it. */
	readonly org: Organisation;
	/** Creator: who may change it and set global tags on it. */
	orgc: Organisation;
	creator: User;
	date: string;
	threatLevel: number;
	analysis: number;
	distribution: number;
	sharingGroupId: number;
	published: boolean;
	timestamp: number;
	publishTimestamp: number;
	sightingTimestamp: number;
	extendsUuid: string;
	locked: boolean;
	disableCorrelation: boolean;
	tags: AttachedTag[];
	/** By id, ascending; soft-deleted ones included. */
	attributes: Attribute[];
}

export interface Attribute {
	readonly id: number;
	/** `undefined` for most seeded attributes: the uuid is then worked out from the id, which saves memory. */
	readonly givenUuid: string | undefined;
	readonly event: MispEvent;
	type: string;
	category: string;
	value: string;
	toIds: boolean;
	timestamp: number;
	comment: string;
	deleted: boolean;
	disableCorrelation: boolean;
	distribution: number;
	sharingGroupId: number;
	objectId: number;
	objectRelation: string | null;
	firstSeen: string | null;
	lastSeen: string | null;
	/** `undefined` instead of an empty list. */
	tags: AttachedTag[] | undefined;
}

export interface BlockedEvent {
	readonly id: number;
	readonly uuid: string;
	readonly created: string;
	readonly info: string;
	readonly comment: string;
	readonly orgc: string;
}
