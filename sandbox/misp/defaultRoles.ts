import { permissions, type Permission, type Role } from './model';

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

const PUBLISHER: readonly Permission[] = [...EDITOR, 'publish', 'delegate', 'publish_zmq', 'publish_kafka'];

/** The roles a fresh MISP 2.5.1 comes with. */
const ROLES: ReadonlyArray<readonly [id: number, name: string, held: readonly Permission[]]> = [
	[1, 'admin', permissions],
	[2, 'Org Admin', [...PUBLISHER, 'admin', 'template', 'sharing_group', 'tag_editor']],
	[3, 'User', EDITOR],
	[4, 'Publisher', PUBLISHER],
	[5, 'Sync user', [...PUBLISHER, 'sync', 'sharing_group', 'tag_editor']],
	[6, 'Read Only', ['audit', 'auth']],
];

export function defaultRoles(): Role[] {
	return ROLES.map(([id, name, held]) => ({ id, name, permissions: new Set(held) }));
}
