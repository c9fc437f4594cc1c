import type { Permission, Role } from './model';

const ALL: readonly Permission[] = [
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
];

const EDITOR: readonly Permission[] = [
	'add',
	'modify',
	'modify_org',
	'audit',
	'auth',
	'tagger',
	'sighting',
	'decaying',
	'galaxy_editor',
	'analyst_data',
];

const PUBLISHER: readonly Permission[] = [
	...EDITOR,
	'publish',
	'delegate',
	'publish_zmq',
	'publish_kafka',
];

/** The roles a fresh MISP 2.5.1 comes with. */
const ROLES: ReadonlyArray<
	readonly [id: number, name: string, permissions: readonly Permission[]]
> = [
	[1, 'admin', ALL],
	[2, 'Org Admin', [...PUBLISHER, 'admin', 'template', 'sharing_group', 'tag_editor']],
	[3, 'User', EDITOR],
	[4, 'Publisher', PUBLISHER],
	[5, 'Sync user', [...PUBLISHER, 'sync', 'sharing_group', 'tag_editor']],
	[6, 'Read Only', ['audit', 'auth']],
];

export function defaultRoles(): Role[] {
	return ROLES.map(([id, name, permissions]) => ({ id, name, permissions: new Set(permissions) }));
}
