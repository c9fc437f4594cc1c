import type { MispEvent, Permission, User } from './model';

export function may(user: User, permission: Permission): boolean {
	return user.role.permissions.has(permission);
}

export function isSiteAdmin(user: User): boolean {
	return may(user, 'site_admin');
}

/**
 * Events of one's own organisation, and those shared beyond it; what a sharing group (distribution 4) opens to others
 * is not modelled.
 * Drafts of others are hidden only by `MISP.unpublishedprivate`, which is off on a fresh server.
 */
export function maySee(user: User, event: MispEvent): boolean {
	if (isSiteAdmin(user) || event.org.id === user.org.id) return true;
	return event.distribution >= 1 && event.distribution <= 3;
}

/** Changes to an event's data: its creating organisation's, or a site admin's. */
export function mayModify(user: User, event: MispEvent): boolean {
	if (isSiteAdmin(user)) return true;
	if (event.orgc.id !== user.org.id) return false;
	return may(user, 'modify_org') || (may(user, 'modify') && event.creator === user);
}

export function mayPublish(user: User, event: MispEvent): boolean {
	return isSiteAdmin(user) || (may(user, 'publish') && event.orgc.id === user.org.id);
}

export type TagRight = 'allowed' | 'foreign' | 'forbidden';

/** Global tags belong to the creating organisation, local ones to whoever sees the event and may tag. */
export function tagRight(user: User, event: MispEvent, local: boolean): TagRight {
	if (isSiteAdmin(user)) return 'allowed';
	if (!may(user, 'tagger')) return 'forbidden';
	return local || event.orgc.id === user.org.id ? 'allowed' : 'foreign';
}
