import { randomUUID } from 'node:crypto';
import type { Attribute, Organisation, User } from './model';

export interface Sighting {
	readonly id: number;
	readonly uuid: string;
	readonly attribute: Attribute;
	readonly org: Organisation;
	readonly user: User;
	readonly date: number;
	readonly source: string;
	/** 0 seen, 1 false positive, 2 expiration */
	readonly type: number;
}

export class SightingBook {
	readonly sightings: Sighting[] = [];
	private nextId = 1;

	add(seed: Omit<Sighting, 'id' | 'uuid' | 'org'>): Sighting {
		const made: Sighting = { ...seed, org: seed.user.org, id: this.nextId++, uuid: randomUUID() };
		this.sightings.push(made);
		return made;
	}

	find(idOrUuid: string): Sighting | undefined {
		return this.sightings.find(({ id, uuid }) => String(id) === idOrUuid || uuid === idOrUuid);
	}

	delete(sighting: Sighting): void {
		this.sightings.splice(this.sightings.indexOf(sighting), 1);
	}

	of(attribute: Attribute): Sighting[] {
		return this.sightings.filter((sighting) => sighting.attribute === attribute);
	}
}

export function sightingShape({ id, uuid, attribute, org, date, source, type }: Sighting) {
	return {
		id: String(id),
		attribute_id: String(attribute.id),
		event_id: String(attribute.event.id),
		org_id: String(org.id),
		date_sighting: String(date),
		uuid,
		source,
		type: String(type),
	};
}

export const sightingOrg = ({ id, uuid, name }: Organisation) => ({ id: String(id), uuid, name });
