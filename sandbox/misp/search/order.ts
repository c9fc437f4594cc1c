import { parseOrder, type OrderClause } from '../filters';
import type { Attribute, MispEvent } from '../model';

const ATTRIBUTE_ORDER = [
	'id',
	'event_id',
	'object_id',
	'type',
	'category',
	'value',
	'distribution',
	'timestamp',
	'object_relation',
];

const EVENT_ORDER = ['id', 'info', 'analysis', 'threat_level_id', 'distribution', 'timestamp', 'publish_timestamp'];

const ATTRIBUTE_KEYS: Readonly<Record<string, (attribute: Attribute) => string | number>> = {
	id: (attribute) => attribute.id,
	event_id: (attribute) => attribute.event.id,
	object_id: (attribute) => attribute.objectId,
	type: (attribute) => attribute.type,
	category: (attribute) => attribute.category,
	value: (attribute) => attribute.value,
	distribution: (attribute) => attribute.distribution,
	timestamp: (attribute) => attribute.timestamp,
	object_relation: (attribute) => attribute.objectRelation ?? '',
};

const EVENT_KEYS: Readonly<Record<string, (event: MispEvent) => string | number>> = {
	id: (event) => event.id,
	info: (event) => event.info,
	analysis: (event) => event.analysis,
	threat_level_id: (event) => event.threatLevel,
	distribution: (event) => event.distribution,
	timestamp: (event) => event.timestamp,
	publish_timestamp: (event) => event.publishTimestamp,
};

function compare(first: string | number, second: string | number): number {
	if (typeof first === 'number' && typeof second === 'number') return first - second;
	return first < second ? -1 : Number(first > second);
}

function sort<Row>(
	rows: Row[],
	clauses: readonly OrderClause[],
	keys: Readonly<Record<string, (row: Row) => string | number>>,
): Row[] {
	const steps = clauses.flatMap(({ field, descending }) => {
		const key = keys[field];
		return key ? [{ key, sign: descending ? -1 : 1 }] : [];
	});
	return rows.sort((first, second) => {
		for (const { key, sign } of steps) {
			const order = compare(key(first), key(second));
			if (order !== 0) return order * sign;
		}
		return 0;
	});
}

const BY_ID: OrderClause = { field: 'id', descending: false };

export function sortAttributes(rows: Attribute[], clauses: readonly OrderClause[]): Attribute[] {
	return sort(rows, [...clauses, BY_ID], ATTRIBUTE_KEYS);
}

export function sortEvents(rows: MispEvent[], clauses: readonly OrderClause[]): MispEvent[] {
	return sort(rows, [...clauses, BY_ID], EVENT_KEYS);
}

export const attributeOrder = (value: unknown): OrderClause[] => parseOrder(value, 'Attribute', ATTRIBUTE_ORDER);

export const eventOrder = (value: unknown): OrderClause[] => parseOrder(value, 'Event', EVENT_ORDER);
