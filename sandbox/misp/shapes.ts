import type { AttachedTag, Attribute, MispEvent, Organisation, Tag } from './model';
import type { MispStore } from './store';

/** The JSON that MISP 2.5.1 sends for its records; each place sends a selection of its own. */

export function orgShape(org: Organisation) {
	return { id: String(org.id), name: org.name, uuid: org.uuid, local: org.local };
}

/** As in `/tags/add` and `/tags/search`. */
export function tagShape(tag: Tag) {
	return {
		id: String(tag.id),
		name: tag.name,
		colour: tag.colour,
		exportable: tag.exportable,
		org_id: String(tag.orgId),
		user_id: String(tag.userId),
		hide_tag: tag.hidden,
		numerical_value: tag.numericalValue,
		is_galaxy: tag.isGalaxy,
		is_custom_galaxy: false,
		local_only: tag.localOnly,
	};
}

/** A tag where it is attached, as in `/events/view`. */
export function attachedTagShape({ tag, local, relationship }: AttachedTag) {
	const { org_id: _org, ...shape } = tagShape(tag);
	return { ...shape, local, relationship_type: relationship };
}

function tagList(tags: readonly AttachedTag[] | undefined): { Tag?: unknown[] } {
	return tags && tags.length > 0 ? { Tag: tags.map(attachedTagShape) } : {};
}

export function attributeBase(store: MispStore, attribute: Attribute) {
	return {
		id: String(attribute.id),
		event_id: String(attribute.event.id),
		object_id: String(attribute.objectId),
		object_relation: attribute.objectRelation,
		category: attribute.category,
		type: attribute.type,
		to_ids: attribute.toIds,
		uuid: store.uuidOf(attribute),
		timestamp: String(attribute.timestamp),
		distribution: String(attribute.distribution),
		sharing_group_id: String(attribute.sharingGroupId),
		comment: attribute.comment,
		deleted: attribute.deleted,
		disable_correlation: attribute.disableCorrelation,
		first_seen: attribute.firstSeen,
		last_seen: attribute.lastSeen,
		value: attribute.value,
	};
}

/** As in `/attributes/add`: with the value's two parts. */
export function addedAttribute(store: MispStore, attribute: Attribute) {
	const [value1, value2] = attribute.type.includes('|') ? splitComposite(attribute.value) : [attribute.value, ''];
	const { value, ...base } = attributeBase(store, attribute);
	return { ...base, value1, value2, value };
}

export function splitComposite(value: string): [string, string] {
	const bar = value.indexOf('|');
	return bar < 0 ? [value, ''] : [value.slice(0, bar), value.slice(bar + 1)];
}

/** As in `/attributes/view` and `/attributes/edit`. */
export function viewedAttribute(store: MispStore, attribute: Attribute) {
	return {
		...attributeBase(store, attribute),
		...(attribute.tags && attribute.tags.length > 0 ? { Tag: attribute.tags.map(({ tag }) => withoutOrg(tag)) } : {}),
	};
}

function withoutOrg(tag: Tag) {
	const { org_id: _org, ...shape } = tagShape(tag);
	return shape;
}

/** An attribute inside its event. */
export function eventAttribute(store: MispStore, attribute: Attribute, extra: Record<string, unknown> = {}) {
	return {
		...attributeBase(store, attribute),
		Galaxy: [],
		ShadowAttribute: [],
		...extra,
		...tagList(attribute.tags),
	};
}

export function countedAttributes(event: MispEvent): number {
	let count = 0;
	for (const attribute of event.attributes) if (!attribute.deleted) count++;
	return count;
}

export function eventHead(event: MispEvent) {
	return {
		id: String(event.id),
		orgc_id: String(event.orgc.id),
		org_id: String(event.org.id),
		date: event.date,
		threat_level_id: String(event.threatLevel),
		info: event.info,
		published: event.published,
		uuid: event.uuid,
		attribute_count: String(countedAttributes(event)),
		analysis: String(event.analysis),
		timestamp: String(event.timestamp),
		distribution: String(event.distribution),
		proposal_email_lock: false,
		locked: event.locked,
		publish_timestamp: String(event.publishTimestamp),
		sharing_group_id: String(event.sharingGroupId),
		disable_correlation: event.disableCorrelation,
		extends_uuid: event.extendsUuid,
		protected: null,
		event_creator_email: event.creator.email,
		Org: orgShape(event.org),
		Orgc: orgShape(event.orgc),
	};
}

/** With `metadata: 1`: no attributes, objects or reports. */
export function eventMetadata(event: MispEvent) {
	return {
		...eventHead(event),
		RelatedEvent: [],
		Galaxy: [],
		CryptographicKey: [],
		...tagList(event.tags),
	};
}

export interface EventParts {
	readonly attributes: readonly Attribute[];
	readonly objects?: readonly unknown[];
	readonly reports?: readonly unknown[];
	readonly proposals?: readonly unknown[];
	/** Galaxies made of the event's misp-galaxy tags. */
	readonly galaxies?: readonly unknown[];
	readonly attributeExtra?: (attribute: Attribute) => Record<string, unknown>;
	readonly extra?: Record<string, unknown>;
}

/** The whole event, as in `/events/view` and events/restSearch. */
export function eventShape(store: MispStore, event: MispEvent, parts: EventParts) {
	return {
		...eventHead(event),
		Attribute: parts.attributes.map((attribute) => eventAttribute(store, attribute, parts.attributeExtra?.(attribute))),
		ShadowAttribute: parts.proposals ?? [],
		RelatedEvent: [],
		Galaxy: parts.galaxies ?? [],
		Object: parts.objects ?? [],
		EventReport: parts.reports ?? [],
		CryptographicKey: [],
		...tagList(event.tags),
		...parts.extra,
	};
}

// attributes/restSearch

function searchedTag({ tag, local }: AttachedTag) {
	return {
		id: String(tag.id),
		name: tag.name,
		colour: tag.colour,
		numerical_value: tag.numericalValue,
		is_galaxy: tag.isGalaxy,
		local,
	};
}

/** What `includeEventTags` adds to an attribute for each tag of its event, its own tags included (not recorded for those). */
function inheritedTag({ tag }: AttachedTag) {
	return {
		id: String(tag.id),
		name: tag.name,
		colour: tag.colour,
		numerical_value: tag.numericalValue,
		inherited: 1,
	};
}

export function searchedAttributeTags(attribute: Attribute, includeEventTags: boolean): { Tag?: unknown[] } {
	const own = attribute.tags;
	const inherited = includeEventTags ? attribute.event.tags : [];
	if ((own === undefined || own.length === 0) && inherited.length === 0) return {};
	return { Tag: [...(own ?? []).map(searchedTag), ...inherited.map(inheritedTag)] };
}

/** The event beside each attribute found: seven fields. */
export function shortEvent(event: MispEvent) {
	return {
		org_id: String(event.org.id),
		distribution: String(event.distribution),
		publish_timestamp: String(event.publishTimestamp),
		id: String(event.id),
		info: event.info,
		orgc_id: String(event.orgc.id),
		uuid: event.uuid,
	};
}

/** The same with `includeContext`. */
export function contextEvent(event: MispEvent) {
	return {
		id: String(event.id),
		orgc_id: String(event.orgc.id),
		org_id: String(event.org.id),
		date: event.date,
		threat_level_id: String(event.threatLevel),
		info: event.info,
		published: event.published,
		uuid: event.uuid,
		analysis: String(event.analysis),
		timestamp: String(event.timestamp),
		distribution: String(event.distribution),
		publish_timestamp: String(event.publishTimestamp),
		sharing_group_id: String(event.sharingGroupId),
		extends_uuid: event.extendsUuid,
		Tag: event.tags.map(({ tag, local }) => ({
			local,
			id: String(tag.id),
			name: tag.name,
			colour: tag.colour,
			numerical_value: tag.numericalValue,
		})),
		Orgc: orgShape(event.orgc),
	};
}
