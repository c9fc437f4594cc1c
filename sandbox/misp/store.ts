import { randomBytes, randomUUID } from 'node:crypto';
import { TYPE_DEFAULTS } from './attributeTypes';
import { defaultRoles } from './defaultRoles';
import type { AttachedTag, Attribute, BlockedEvent, MispEvent, Organisation, Role, Tag, User } from './model';
import type { AttributeSeed, EventSeed, TagSeed } from './seeds';
import { attachedTo, type TagTarget } from './tagTarget';
import { isoDay, seconds, sqlDate } from './time';

function newKey(): string {
	return randomBytes(20).toString('hex');
}

function colourOf(name: string): string {
	let hash = 0;
	for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) & 0xffffff;
	return `#${hash.toString(16).padStart(6, '0')}`;
}

/** The state of the stand-in: pure data and the changes MISP makes to it, no HTTP. */
export class MispStore {
	readonly roles: Role[] = defaultRoles();
	readonly organisations: Organisation[] = [];
	readonly users: User[] = [];
	readonly events = new Map<number, MispEvent>();
	readonly tags: Tag[] = [];
	readonly blocklist: BlockedEvent[] = [];
	/** `MISP.live`: when false only site admins get in, everyone else is sent to the login page. */
	live = true;
	readonly instanceUuid: string = randomUUID();
	readonly hostOrg: Organisation;

	/** Index is the id; holes are hard-deleted attributes. */
	protected readonly attributes: Array<Attribute | undefined> = [undefined];
	private readonly eventsByUuid = new Map<string, MispEvent>();
	private readonly attributesByUuid = new Map<string, Attribute>();
	private readonly tagsByName = new Map<string, Tag>();
	private readonly uuidPrefix = randomUUID().slice(0, 23);
	protected nextEventId = 1;
	private nextTagId = 1;

	constructor() {
		this.hostOrg = this.addOrganisation({
			name: 'ORGNAME',
			type: 'ADMIN',
			description: 'Automatically generated admin organisation',
			createdBy: 0,
		});
		const other = this.addOrganisation({ name: 'OtherOrg' });
		this.addUser({ email: 'admin@admin.test', roleId: 1 });
		this.addUser({ email: 'readonly@admin.test', roleId: 6 });
		this.addUser({ email: 'user@admin.test', roleId: 3 });
		this.addUser({ email: 'publisher@admin.test', roleId: 4 });
		this.addUser({ email: 'other@admin.test', roleId: 4, org: other });
	}

	now(): number {
		return seconds();
	}

	// Organisations, users

	addOrganisation(seed: {
		name: string;
		uuid?: string;
		local?: boolean;
		description?: string | null;
		type?: string;
		nationality?: string;
		sector?: string;
		createdBy?: number;
	}): Organisation {
		const made: Organisation = {
			id: (this.organisations.at(-1)?.id ?? 0) + 1,
			name: seed.name,
			uuid: seed.uuid ?? randomUUID(),
			local: seed.local ?? true,
			description: seed.description ?? null,
			type: seed.type ?? '',
			nationality: seed.nationality ?? '',
			sector: seed.sector ?? '',
			contacts: null,
			createdBy: seed.createdBy ?? 1,
			created: sqlDate(),
			modified: sqlDate(),
		};
		this.organisations.push(made);
		return made;
	}

	organisation(idNameOrUuid: unknown): Organisation | undefined {
		const wanted = String(idNameOrUuid);
		return this.organisations.find((org) => String(org.id) === wanted || org.name === wanted || org.uuid === wanted);
	}

	addUser(seed: {
		email: string;
		roleId: number;
		org?: Organisation;
		key?: string;
		extra?: Record<string, unknown>;
	}): User {
		const role = this.roles.find(({ id }) => id === seed.roleId);
		if (!role) throw new Error(`No role ${seed.roleId} in the sandbox's MISP`);
		const made: User = {
			id: (this.users.at(-1)?.id ?? 0) + 1,
			email: seed.email,
			org: seed.org ?? this.hostOrg,
			role,
			key: seed.key ?? newKey(),
			disabled: false,
			extra: seed.extra ?? {},
			created: this.now(),
			modified: this.now(),
		};
		this.users.push(made);
		return made;
	}

	userByEmail(email: string): User {
		const found = this.users.find((user) => user.email === email);
		if (!found) throw new Error(`No user ${email} in the sandbox's MISP`);
		return found;
	}

	/** The old key is unknown from now on. */
	renewKey(user: User): string {
		user.key = newKey();
		return user.key;
	}

	get admin(): User {
		return this.userByEmail('admin@admin.test');
	}

	/** Let a role search only so often in 15 minutes, as MISP's role rate limits do. */
	limitSearches(role: string, count: number | undefined): void {
		for (const known of this.roles) if (known.name === role) known.searchLimit = count;
	}

	// Tags

	tag(name: string): Tag | undefined {
		return this.tagsByName.get(name);
	}

	tagById(id: number): Tag | undefined {
		return this.tags.find((tag) => tag.id === id);
	}

	addTag(name: string, fields: Partial<Omit<Tag, 'id' | 'name'>> = {}): Tag {
		const known = this.tagsByName.get(name);
		if (known) return known;
		const made: Tag = {
			id: this.nextTagId++,
			name,
			colour: fields.colour ?? colourOf(name),
			exportable: fields.exportable ?? true,
			hidden: fields.hidden ?? false,
			localOnly: fields.localOnly ?? false,
			numericalValue: fields.numericalValue ?? null,
			isGalaxy: fields.isGalaxy ?? name.startsWith('misp-galaxy:'),
			orgId: fields.orgId ?? 0,
			userId: fields.userId ?? 0,
		};
		this.tags.push(made);
		this.tagsByName.set(name, made);
		return made;
	}

	renameTag(tag: Tag, name: string): void {
		this.tagsByName.delete(tag.name);
		tag.name = name;
		this.tagsByName.set(name, tag);
	}

	deleteTag(tag: Tag): void {
		this.tags.splice(this.tags.indexOf(tag), 1);
		this.tagsByName.delete(tag.name);
		for (const event of this.events.values()) {
			event.tags = event.tags.filter((attached) => attached.tag !== tag);
			for (const attribute of event.attributes) {
				if (attribute.tags) attribute.tags = attribute.tags.filter((attached) => attached.tag !== tag);
			}
		}
	}

	protected attached(seed: TagSeed): AttachedTag {
		if (typeof seed === 'string') return { tag: this.addTag(seed), local: false, relationship: null };
		return {
			tag: this.addTag(seed.name, seed.colour === undefined ? {} : { colour: seed.colour }),
			local: seed.local ?? false,
			relationship: seed.relationship ?? null,
		};
	}

	// Events

	addEvent(seed: EventSeed): MispEvent {
		const now = this.now();
		const published = seed.published ?? false;
		const creator = seed.creator ?? this.admin;
		const event: MispEvent = {
			id: this.nextEventId++,
			uuid: seed.uuid ?? randomUUID(),
			info: seed.info,
			org: creator.org,
			orgc:
				seed.org === undefined
					? creator.org
					: (this.organisation(seed.org) ?? this.addOrganisation({ name: seed.org, local: false })),
			creator,
			date: seed.date ?? isoDay(),
			threatLevel: seed.threatLevel ?? 4,
			analysis: seed.analysis ?? 0,
			distribution: seed.distribution ?? 0,
			sharingGroupId: seed.sharingGroupId ?? 0,
			published,
			timestamp: seed.timestamp ?? now,
			publishTimestamp: seed.publishTimestamp ?? (published ? now : 0),
			sightingTimestamp: 0,
			extendsUuid: seed.extendsUuid ?? '',
			locked: seed.locked ?? false,
			disableCorrelation: seed.disableCorrelation ?? false,
			tags: (seed.tags ?? []).map((tag) => this.attached(tag)),
			attributes: [],
		};
		this.events.set(event.id, event);
		this.eventsByUuid.set(event.uuid, event);
		for (const attribute of seed.attributes ?? []) this.addAttribute(event, attribute);
		return event;
	}

	event(idOrUuid: unknown): MispEvent | undefined {
		const wanted = String(idOrUuid);
		return /^\d+$/.test(wanted) ? this.events.get(Number(wanted)) : this.eventsByUuid.get(wanted.toLowerCase());
	}

	deleteEvent(event: MispEvent): void {
		this.events.delete(event.id);
		this.eventsByUuid.delete(event.uuid);
		for (const attribute of event.attributes) this.forget(attribute);
		this.blockEvent(event.uuid, {
			info: event.info,
			comment: 'Automatically blocked by deleting event',
			orgc: event.orgc.name,
		});
	}

	blockEvent(uuid: string, { info = '', comment = '', orgc = '' } = {}): void {
		if (this.isBlocked(uuid)) return;
		this.blocklist.push({
			id: (this.blocklist.at(-1)?.id ?? 0) + 1,
			uuid,
			created: sqlDate(),
			info,
			comment,
			orgc,
		});
	}

	unblockEvent(entry: BlockedEvent): void {
		this.blocklist.splice(this.blocklist.indexOf(entry), 1);
	}

	isBlocked(uuid: string): boolean {
		return this.blocklist.some((entry) => entry.uuid === uuid);
	}

	// Attributes

	addAttribute(event: MispEvent, seed: AttributeSeed): Attribute {
		const defaults = TYPE_DEFAULTS.get(seed.type);
		const attribute: Attribute = {
			id: this.attributes.length,
			givenUuid: seed.uuid,
			event,
			type: seed.type,
			category: seed.category ?? defaults?.category ?? 'Other',
			value: seed.value,
			toIds: seed.to_ids ?? defaults?.toIds ?? false,
			timestamp: seed.timestamp ?? event.timestamp,
			comment: seed.comment ?? '',
			deleted: seed.deleted ?? false,
			disableCorrelation: seed.disableCorrelation ?? false,
			distribution: seed.distribution ?? 5,
			sharingGroupId: seed.sharingGroupId ?? 0,
			objectId: seed.objectId ?? 0,
			objectRelation: seed.objectRelation ?? null,
			firstSeen: seed.first_seen ?? null,
			lastSeen: seed.last_seen ?? null,
			tags: seed.tags && seed.tags.length > 0 ? seed.tags.map((tag) => this.attached(tag)) : undefined,
		};
		this.attributes.push(attribute);
		event.attributes.push(attribute);
		if (seed.uuid !== undefined) this.attributesByUuid.set(seed.uuid, attribute);
		return attribute;
	}

	uuidOf(attribute: Attribute): string {
		return attribute.givenUuid ?? `${this.uuidPrefix}-${attribute.id.toString(16).padStart(12, '0')}`;
	}

	attribute(idOrUuid: unknown): Attribute | undefined {
		const wanted = String(idOrUuid).toLowerCase();
		if (/^\d+$/.test(wanted)) return this.attributes[Number(wanted)];
		const given = this.attributesByUuid.get(wanted);
		if (given || !wanted.startsWith(`${this.uuidPrefix}-`)) return given;
		const found = this.attributes[Number.parseInt(wanted.slice(-12), 16)];
		return found?.givenUuid === undefined ? found : undefined;
	}

	/** All attributes by id; a fresh walk each time. */
	*allAttributes(): Generator<Attribute> {
		for (const attribute of this.attributes) if (attribute) yield attribute;
	}

	/** Whether going through the events in turn, and through the attributes of each, is going by time of change and id. */
	get isByChange(): boolean {
		return false;
	}

	/** Hard deletion: gone from every search. */
	deleteAttribute(attribute: Attribute): void {
		const siblings = attribute.event.attributes;
		siblings.splice(siblings.indexOf(attribute), 1);
		this.forget(attribute);
	}

	protected forget(attribute: Attribute): void {
		this.attributes[attribute.id] = undefined;
		if (attribute.givenUuid !== undefined) this.attributesByUuid.delete(attribute.givenUuid);
	}

	// What MISP does to an event whenever something global in it changes

	/** The event gets a new timestamp and is unpublished. */
	touch(event: MispEvent, attribute?: Attribute): void {
		const now = this.now();
		event.timestamp = now;
		event.published = false;
		if (attribute) attribute.timestamp = now;
	}

	publish(event: MispEvent): void {
		event.published = true;
		event.publishTimestamp = this.now();
	}

	/** A global tag touches the event (and the attribute it sits on); a local one leaves both as they are. */
	attach(target: TagTarget, tag: Tag, local: boolean, relationship: string | null = null): boolean {
		const attached = attachedTo(target);
		if (attached.some((known) => known.tag === tag)) return false;
		const list = [...attached, { tag, local, relationship }];
		if (target.kind === 'event') target.event.tags = list;
		else target.attribute.tags = list;
		if (!local) this.touchTarget(target);
		return true;
	}

	/** The attachment that was taken off, if the tag was there. */
	detach(target: TagTarget, tag: Tag): AttachedTag | undefined {
		const attached = attachedTo(target);
		const found = attached.find((known) => known.tag === tag);
		if (!found) return undefined;
		const rest = attached.filter((known) => known !== found);
		if (target.kind === 'event') target.event.tags = rest;
		else target.attribute.tags = rest.length > 0 ? rest : undefined;
		if (!found.local) this.touchTarget(target);
		return found;
	}

	private touchTarget(target: TagTarget): void {
		if (target.kind === 'event') this.touch(target.event);
		else this.touch(target.attribute.event, target.attribute);
	}
}
