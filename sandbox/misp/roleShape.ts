import type { Permission, Role } from './model';
import { sqlDate } from './time';

const PERMISSIONS: readonly Permission[] = [
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

/** MISP's own summary of a role. */
function level({ permissions }: Role): readonly [id: string, name: string] {
	if (permissions.has('publish')) return ['3', 'publish'];
	if (permissions.has('modify_org')) return ['2', 'manage_org'];
	return permissions.has('add') ? ['1', 'manage_own'] : ['0', 'read_only'];
}

/** Roles are as old as the installation. */
const CREATED = sqlDate();

export function roleShape(role: Role) {
	const [permission, description] = level(role);
	return {
		id: String(role.id),
		name: role.name,
		created: CREATED,
		modified: CREATED,
		...Object.fromEntries(PERMISSIONS.map((name) => [`perm_${name}`, role.permissions.has(name)])),
		perm_skip_otp: false,
		default_role: role.id === 3,
		memory_limit: null,
		max_execution_time: null,
		restricted_to_site_admin: false,
		enforce_rate_limit: role.searchLimit !== undefined,
		rate_limit_count: String(role.searchLimit ?? 0),
		permission,
		permission_description: description,
	};
}
