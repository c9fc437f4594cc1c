import { permissions, type Role } from './model';
import { sqlDate } from './time';

/** MISP's own summary of a role. */
function level({ permissions: held }: Role): readonly [id: string, name: string] {
	if (held.has('publish')) return ['3', 'publish'];
	if (held.has('modify_org')) return ['2', 'manage_org'];
	return held.has('add') ? ['1', 'manage_own'] : ['0', 'read_only'];
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
		...Object.fromEntries(permissions.map((name) => [`perm_${name}`, role.permissions.has(name)])),
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
