import { isoDay } from '../time';
import type { AttachedTag, Attribute, MispEvent, Organisation, User } from '../model';

export interface Origin {
	readonly id: number;
	readonly uuid: string;
	readonly info: string;
	readonly org: Organisation;
	readonly orgc: Organisation;
	readonly creator: User;
	/** When it and its attributes were made, in seconds. */
	readonly born: number;
	readonly tags: AttachedTag[];
	/** Its attributes, worked out anew. */
	readonly attributes: () => Attribute[];
}

/** An event whose attributes are not kept but worked out as they are read. */
export class GeneratedEvent implements MispEvent {
	readonly id: number;
	readonly uuid: string;
	readonly born: number;
	readonly org: Organisation;
	info: string;
	orgc: Organisation;
	creator: User;
	date: string;
	threatLevel = 2;
	analysis = 2;
	distribution = 3;
	sharingGroupId = 0;
	published = true;
	timestamp: number;
	publishTimestamp: number;
	sightingTimestamp = 0;
	extendsUuid = '';
	locked = false;
	disableCorrelation = false;
	tags: AttachedTag[];
	private readonly made: () => Attribute[];

	constructor(origin: Origin) {
		this.id = origin.id;
		this.uuid = origin.uuid;
		this.born = origin.born;
		this.org = origin.org;
		this.info = origin.info;
		this.orgc = origin.orgc;
		this.creator = origin.creator;
		this.date = isoDay(new Date(origin.born * 1000));
		this.timestamp = origin.born;
		this.publishTimestamp = origin.born;
		this.tags = origin.tags;
		this.made = origin.attributes;
	}

	get attributes(): Attribute[] {
		return this.made();
	}
}
