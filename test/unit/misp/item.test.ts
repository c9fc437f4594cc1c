import * as fc from 'fast-check';
import { compactAttribute, compactEvent } from '../../../nodes/Misp/item';

const attribute = {
	id: '21',
	event_id: '16',
	object_id: '0',
	object_relation: null,
	category: 'Network activity',
	type: 'ip-dst',
	to_ids: true,
	uuid: '4adaec25-8efc-47b8-9e77-4a600fb2a5f2',
	timestamp: '1795487219',
	distribution: '5',
	sharing_group_id: '0',
	comment: 'c2',
	deleted: false,
	disable_correlation: false,
	first_seen: null,
	last_seen: '2026-02-02T00:00:00.000000+00:00',
	value: '203.0.113.5',
};
const event = {
	id: '16',
	uuid: 'd756e6e4-618b-4e4d-a8a8-e9862d2392ae',
	info: 'Campaign',
	date: '2026-11-24',
	threat_level_id: '1',
	published: true,
	timestamp: '1795486990',
	publish_timestamp: '0',
	attribute_count: '4',
	Org: { name: 'Here' },
	Orgc: { name: 'There' },
};

describe('an attribute as an item', () => {
	test('is small, and has what its event brings', () => {
		expect(compactAttribute({ ...attribute, Event: event })).toEqual({
			id: '21',
			uuid: attribute.uuid,
			type: 'ip-dst',
			category: 'Network activity',
			value: '203.0.113.5',
			to_ids: true,
			comment: 'c2',
			timestamp: 1795487219,
			event_id: '16',
			tags: [],
			last_seen: attribute.last_seen,
			event_uuid: event.uuid,
			event_info: 'Campaign',
			event_date: '2026-11-24',
			event_published: true,
			threat_level_id: 1,
			severity: 'High',
			org: 'There',
		});
	});

	test('tells own, local and inherited tags apart, each once', () => {
		const item = compactAttribute({
			...attribute,
			Tag: [
				{ name: 'own', local: false },
				{ name: 'mine', local: true },
				{ name: 'inherited', inherited: 1 },
			],
			Event: {
				...event,
				Tag: [
					{ name: 'inherited', local: false },
					{ name: 'of-event', local: true },
				],
			},
		});
		expect(item.tags).toEqual([
			{ name: 'own' },
			{ name: 'mine', local: true },
			{ name: 'inherited', inherited: true },
			{ name: 'of-event', local: true, inherited: true },
		]);
	});

	test('names warninglists, and sums up sightings, correlations and decay', () => {
		const item = compactAttribute({
			...attribute,
			deleted: true,
			warnings: [{ warninglist_name: 'Public DNS' }, { warninglist_name: 'Public DNS' }],
			Sighting: [{ type: '0' }, { type: '1' }, { type: '0' }],
			RelatedAttribute: [{}, {}],
			decay_score: [{ score: 12.5 }, { score: 40 }],
		});
		expect(item).toMatchObject({
			deleted: true,
			warninglists: ['Public DNS'],
			sightings: { seen: 2, false_positive: 1, expiration: 0 },
			correlations: 2,
			decay_score: 40,
		});
	});
});

describe('an event as an item', () => {
	test('comes without its attributes', () => {
		const item = compactEvent({
			Event: { ...event, Tag: [{ name: 'tlp:green', local: false }], Attribute: [attribute] },
		});
		expect(item).toEqual({
			id: '16',
			uuid: event.uuid,
			info: 'Campaign',
			date: '2026-11-24',
			threat_level_id: 1,
			severity: 'High',
			published: true,
			timestamp: 1795486990,
			publish_timestamp: 0,
			attribute_count: 4,
			org: 'Here',
			orgc: 'There',
			tags: [{ name: 'tlp:green' }],
		});
	});

	test('reads the tags of an index too', () => {
		expect(compactEvent({ ...event, EventTag: [{ local: true, Tag: { name: 'x' } }] }).tags).toEqual([
			{ name: 'x', local: true },
		]);
	});
});

test('whatever comes, neither throws', () => {
	const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true });
	const odd = fc.oneof(
		anything,
		fc.record({
			Event: anything,
			Tag: fc.array(anything),
			warnings: anything,
			decay_score: fc.array(anything),
			timestamp: anything,
			Sighting: anything,
		}),
	);
	fc.assert(
		fc.property(odd, (row) => {
			JSON.stringify(compactAttribute(row));
			JSON.stringify(compactEvent(row));
		}),
	);
	expect(compactAttribute(JSON.parse('{"__proto__": {"value": "x"}, "value": {"a": 1}}')).value).toBe('');
});
