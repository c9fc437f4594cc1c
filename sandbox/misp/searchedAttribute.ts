import type { Server } from './call';
import { isOn } from './filters';
import type { Attribute, MispEvent } from './model';
import type { SearchParams } from './search';
import { attributeBase, contextEvent, searchedAttributeTags, shortEvent } from './shapes';
import type { WarninglistHit } from './warninglists';

/** In attributes/restSearch the list's id is text; in events/restSearch it is a number. */
export function warning({ list, value, match }: WarninglistHit) {
	return {
		match,
		value,
		warninglist_id: String(list.id),
		warninglist_name: list.name,
		warninglist_category: list.category,
	};
}

function relatedAttributes(server: Server, attribute: Attribute): unknown[] {
	const related: unknown[] = [];
	for (const other of server.store.allAttributes()) {
		if (other === attribute || other.deleted || other.event === attribute.event || other.value !== attribute.value)
			continue;
		related.push({
			id: String(other.id),
			event_id: String(other.event.id),
			type: other.type,
			category: other.category,
			value: other.value,
			Event: shortEvent(other.event),
		});
	}
	return related;
}

/** How one attribute looks in attributes/restSearch with these `include…` switches; `undefined` when decay leaves it out. */
export function searchedAttribute(
	server: Server,
	params: SearchParams,
): (attribute: Attribute) => Record<string, unknown> | undefined {
	const on = (key: string): boolean => isOn(params[key]);
	const events = new Map<MispEvent, unknown>();
	const context = on('includeContext');
	const eventTags = on('includeEventTags');
	const warnings = on('includeWarninglistHits');
	const eventUuid = on('includeEventUuid');
	const correlations = on('includeCorrelations');
	const index = server.warninglists.index;
	const eventOf = (event: MispEvent): unknown => {
		let shape = events.get(event);
		if (shape === undefined) {
			shape = context ? contextEvent(event) : shortEvent(event);
			events.set(event, shape);
		}
		return shape;
	};
	const extras = server.extras.map((make) => make(params)).filter((extra) => extra !== undefined);
	return (attribute) => {
		const row: Record<string, unknown> = attributeBase(server.store, attribute);
		for (const extra of extras) {
			const added = extra(attribute);
			if (added === undefined) return undefined;
			Object.assign(row, added);
		}
		if (warnings) {
			const hits = index.hits(attribute.type, attribute.value);
			if (hits.length > 0) row['warnings'] = hits.map(warning);
		}
		if (correlations) row['RelatedAttribute'] = relatedAttributes(server, attribute);
		if (eventUuid) row['event_uuid'] = attribute.event.uuid;
		row['Event'] = eventOf(attribute.event);
		return Object.assign(row, searchedAttributeTags(attribute, eventTags));
	};
}
