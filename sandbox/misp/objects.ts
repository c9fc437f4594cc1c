import { randomUUID } from 'node:crypto';
import type { Attribute, MispEvent } from './model';

export interface ObjectReference {
	readonly id: number;
	readonly uuid: string;
	readonly timestamp: number;
	readonly referencedUuid: string;
	readonly referencedId: number;
	/** "0" an attribute, "1" an object. */
	readonly referencedType: '0' | '1';
	readonly relationship: string;
	readonly comment: string;
	deleted: boolean;
}

export interface MispObject {
	readonly id: number;
	readonly uuid: string;
	readonly event: MispEvent;
	readonly name: string;
	readonly metaCategory: string;
	readonly description: string;
	readonly templateUuid: string;
	readonly templateVersion: string;
	timestamp: number;
	distribution: number;
	sharingGroupId: number;
	comment: string;
	deleted: boolean;
	firstSeen: string | null;
	lastSeen: string | null;
	references: ObjectReference[];
}

export type ObjectSeed = Pick<MispObject, 'event' | 'name'> &
	Partial<Omit<MispObject, 'id' | 'event' | 'name' | 'references'>>;

/** The objects of all events. Their attributes are kept with the event's, under `objectId`. */
export class ObjectBook {
	private readonly byNumber = new Map<number, MispObject>();
	private nextId = 1;
	private nextReferenceId = 1;

	add(seed: ObjectSeed): MispObject {
		const made: MispObject = {
			id: this.nextId++,
			uuid: seed.uuid ?? randomUUID(),
			event: seed.event,
			name: seed.name,
			metaCategory: seed.metaCategory ?? 'misc',
			description: seed.description ?? '',
			templateUuid: seed.templateUuid ?? randomUUID(),
			templateVersion: seed.templateVersion ?? '1',
			timestamp: seed.timestamp ?? seed.event.timestamp,
			distribution: seed.distribution ?? 5,
			sharingGroupId: seed.sharingGroupId ?? 0,
			comment: seed.comment ?? '',
			deleted: seed.deleted ?? false,
			firstSeen: seed.firstSeen ?? null,
			lastSeen: seed.lastSeen ?? null,
			references: [],
		};
		this.byNumber.set(made.id, made);
		return made;
	}

	find(idOrUuid: unknown): MispObject | undefined {
		const wanted = String(idOrUuid).toLowerCase();
		if (/^\d+$/.test(wanted)) return this.byNumber.get(Number(wanted));
		return [...this.byNumber.values()].find(({ uuid }) => uuid === wanted);
	}

	holding(attribute: Attribute): MispObject | undefined {
		return attribute.objectId === 0 ? undefined : this.byNumber.get(attribute.objectId);
	}

	ofEvent(event: MispEvent): MispObject[] {
		return [...this.byNumber.values()].filter((object) => object.event === event);
	}

	all(): IterableIterator<MispObject> {
		return this.byNumber.values();
	}

	delete(object: MispObject): void {
		this.byNumber.delete(object.id);
	}

	refer(object: MispObject, seed: Omit<ObjectReference, 'id' | 'uuid' | 'deleted'>): ObjectReference {
		const made: ObjectReference = {
			...seed,
			id: this.nextReferenceId++,
			uuid: randomUUID(),
			deleted: false,
		};
		object.references.push(made);
		return made;
	}
}
