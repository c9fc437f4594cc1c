import { asList, isOn } from '../filters';
import type { Attribute } from '../model';
import { lines, type Source } from './format';

type Column = (attribute: Attribute, source: Source) => string | number;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const tagNames = (tags: Attribute['tags']): string => (tags ?? []).map(({ tag }) => tag.name).join(',');

const objectOf = (attribute: Attribute, source: Source) => source.call.server.objects.holding(attribute);

/** Written out here, although the column says id. */
const THREAT_LEVELS = ['High', 'Medium', 'Low', 'Undefined'];

const COLUMNS: Readonly<Record<string, Column>> = {
	uuid: (attribute, { call }) => call.server.store.uuidOf(attribute),
	event_id: (attribute) => attribute.event.id,
	category: (attribute) => attribute.category,
	type: (attribute) => attribute.type,
	value: (attribute) => attribute.value,
	comment: (attribute) => attribute.comment,
	to_ids: (attribute) => Number(attribute.toIds),
	date: (attribute) => attribute.timestamp,
	deleted: (attribute) => Number(attribute.deleted),
	object_relation: (attribute) => attribute.objectRelation ?? '',
	attribute_tag: (attribute) => tagNames(attribute.tags),
	event_tag: (attribute) => tagNames(attribute.event.tags),
	object_uuid: (attribute, source) => objectOf(attribute, source)?.uuid ?? '',
	object_name: (attribute, source) => objectOf(attribute, source)?.name ?? '',
	object_meta_category: (attribute, source) => objectOf(attribute, source)?.metaCategory ?? '',
	event_info: (attribute) => attribute.event.info,
	event_member_org: (attribute) => attribute.event.org.name,
	event_source_org: (attribute) => attribute.event.orgc.name,
	event_distribution: (attribute) => attribute.event.distribution,
	event_threat_level_id: (attribute) => THREAT_LEVELS[attribute.event.threatLevel - 1] ?? '',
	event_analysis: (attribute) => attribute.event.analysis,
	event_date: (attribute) => attribute.event.date,
	event_timestamp: (attribute) => attribute.event.timestamp,
};

const DEFAULT_COLUMNS = [
	'uuid',
	'event_id',
	'category',
	'type',
	'value',
	'comment',
	'to_ids',
	'date',
	'object_relation',
	'attribute_tag',
	'object_uuid',
	'object_name',
	'object_meta_category',
];

const CONTEXT_COLUMNS = [
	'event_info',
	'event_member_org',
	'event_source_org',
	'event_distribution',
	'event_threat_level_id',
	'event_analysis',
	'event_date',
	'event_tag',
	'event_timestamp',
];

export function csv(source: Source): string {
	const { params, attributes } = source;
	const wanted = asList(params['requested_attributes']).map((name) => (name === 'timestamp' ? 'date' : String(name)));
	const chosen =
		wanted.length > 0 ? wanted : [...DEFAULT_COLUMNS, ...(isOn(params['includeContext']) ? CONTEXT_COLUMNS : [])];
	const columns = chosen.map((name) => COLUMNS[name] ?? (() => ''));
	const rows = attributes.map((attribute) =>
		columns
			.map((column) => column(attribute, source))
			.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(cell)))
			.join(','),
	);
	return lines([...(isOn(params['headerless']) ? [] : [chosen.join(',')]), ...rows, '']);
}
