import { randomUUID } from 'node:crypto';
import type { Organisation } from './model';
import { sqlDate } from './time';

export interface SharingGroup {
	readonly id: number;
	readonly uuid: string;
	name: string;
	releasability: string;
	description: string;
	active: boolean;
	roaming: boolean;
	readonly org: Organisation;
	readonly created: string;
	modified: string;
	members: Array<{ readonly org: Organisation; readonly extend: boolean }>;
}

export class SharingGroupBook {
	readonly groups: SharingGroup[] = [];
	private nextId = 1;

	add(
		seed: Pick<SharingGroup, 'name' | 'org'> &
			Partial<Pick<SharingGroup, 'releasability' | 'description' | 'active' | 'roaming' | 'members' | 'uuid'>>,
	): SharingGroup {
		const made: SharingGroup = {
			id: this.nextId++,
			uuid: seed.uuid ?? randomUUID(),
			name: seed.name,
			releasability: seed.releasability ?? '',
			description: seed.description ?? '',
			active: seed.active ?? true,
			roaming: seed.roaming ?? false,
			org: seed.org,
			created: sqlDate(),
			modified: sqlDate(),
			members: seed.members ?? [],
		};
		this.groups.push(made);
		return made;
	}

	find(idOrUuid: unknown): SharingGroup | undefined {
		return this.groups.find(({ id, uuid }) => String(id) === String(idOrUuid) || uuid === idOrUuid);
	}

	delete(group: SharingGroup): void {
		this.groups.splice(this.groups.indexOf(group), 1);
	}
}

export const organisationStub = ({ id, name, uuid }: Organisation) => ({
	id: String(id),
	name,
	uuid,
});

/** The group's own fields, alike in every answer. */
export function sharingGroupHead({
	id,
	uuid,
	name,
	releasability,
	description,
	active,
	roaming,
	org,
	created,
	modified,
}: SharingGroup) {
	return {
		id: String(id),
		name,
		releasability,
		description,
		uuid,
		organisation_uuid: org.uuid,
		org_id: String(org.id),
		sync_user_id: '1',
		active,
		created,
		modified,
		local: false,
		roaming,
	};
}

/** Inside an event of distribution 4. */
export function nestedSharingGroup(group: SharingGroup) {
	return {
		...sharingGroupHead(group),
		Organisation: organisationStub(group.org),
		SharingGroupOrg: group.members.map(({ org: member, extend }, position) => ({
			id: String(group.id * 100 + position),
			sharing_group_id: String(group.id),
			org_id: String(member.id),
			extend,
			Organisation: organisationStub(member),
		})),
		SharingGroupServer: [],
	};
}
