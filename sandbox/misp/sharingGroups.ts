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

	add(seed: Pick<SharingGroup, 'name' | 'org'> & Partial<Pick<SharingGroup, 'releasability' | 'description' | 'active' | 'roaming' | 'members' | 'uuid'>>): SharingGroup {
		const made: SharingGroup = {
			id: this.nextId++, uuid: seed.uuid ?? randomUUID(), name: seed.name, releasability: seed.releasability ?? '', description: seed.description ?? '', active: seed.active ?? true,
			roaming: seed.roaming ?? false, org: seed.org, created: sqlDate(), modified: sqlDate(), members: seed.members ?? [],
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
