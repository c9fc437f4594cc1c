import fc from 'fast-check';
import { candidateReader, mispFields, planDeletion, planImport } from '../../../nodes/CytomicOrion/ioc';
import { attribute, importRules, read, upload } from './build';

const first = (item: unknown) => candidateReader(mispFields)(item, 0);

describe('Reading items', () => {
	const expected = {
		index: 0,
		mispType: 'domain',
		value: 'evil.com',
		uuid: '11111111-0000-4000-8000-000000000001',
		eventUuid: 'eeeeeeee-0000-4000-8000-000000000007',
		eventId: '7',
		eventInfo: 'Phishing wave',
		threatLevel: 2,
		lastSeen: new Date('2026-02-02T00:00:00Z'),
		tags: [{ name: upload, inherited: true }],
	};

	test('a full MISP attribute is read as it comes', () => {
		const item = attribute({ last_seen: '2026-02-02T00:00:00.000000+00:00' });
		expect(first(item)).toEqual({ ...expected, item });
	});

	test('a compact item says the same', () => {
		const item = {
			uuid: '11111111-0000-4000-8000-000000000001',
			event_id: 7,
			event_uuid: 'eeeeeeee-0000-4000-8000-000000000007',
			event_info: 'Phishing wave',
			threat_level_id: 2,
			type: 'domain',
			value: 'evil.com',
			last_seen: '2026-02-02T00:00:00Z',
			tags: [{ name: upload, local: true, inherited: true }],
		};
		expect(first(item)).toEqual({ ...expected, item });
	});

	test('tags of the event that came as its context count as inherited', () => {
		const Event = { id: '7', uuid: 'e', Tag: [{ name: 'tlp:red', local: false }] };
		expect(first(attribute({ Event, Tag: [{ name: upload, local: true }] })).tags).toEqual([
			{ name: upload, inherited: false },
			{ name: 'tlp:red', inherited: true },
		]);
	});

	test("value and type are read from the fields that are named, in MISP's words or Orion's, or of one fixed type", () => {
		const row = { indicator: { text: '9.9.9.9' }, kind: 'ip' };
		const named = candidateReader({ value: 'indicator.text', type: { field: 'kind' } })(row, 3);
		const fixed = candidateReader({ value: 'indicator.text', type: { fixed: 'ip-dst' } })(row, 3);
		expect([named.mispType, fixed.mispType]).toEqual(['ip', 'ip-dst']);
		expect([named.value, fixed.value, named.index]).toEqual(['9.9.9.9', '9.9.9.9', 3]);
	});

	test.each([
		['2026-02-02T00:00:00.123456+00:00', '2026-02-02T00:00:00.123Z'],
		['2026-02-02T02:00:00+0200', '2026-02-02T00:00:00.000Z'],
		['2026-02-02T00:00:00', '2026-02-02T00:00:00.000Z'],
		['2026-02-02 00:00:00', '2026-02-02T00:00:00.000Z'],
		['2026-02-02', '2026-02-02T00:00:00.000Z'],
		['2026-13-45', undefined],
		['yesterday', undefined],
		['12', undefined],
		[null, undefined],
	])('last_seen %s is %s', (last_seen, iso) =>
		expect(first(attribute({ last_seen })).lastSeen?.toISOString()).toBe(iso),
	);

	test('whatever comes in is read, planned and explained, never thrown at', () => {
		const anything = fc.oneof(
			fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true }),
			fc.record({
				type: fc.anything(),
				value: fc.anything(),
				Event: fc.anything(),
				Tag: fc.anything(),
				tags: fc.anything(),
				last_seen: fc.anything(),
			}),
			fc.constantFrom<unknown>(
				JSON.parse('{"__proto__": {"value": "evil.com", "type": "domain"}}'),
				JSON.parse('{"type": "__proto__", "value": "constructor", "Tag": [{"__proto__": {"name": "x"}}, null, 3]}'),
				{ type: 'url', value: 'http://'.repeat(100_000) },
				{ type: 'md5', value: 'a'.repeat(1_000_000) },
			),
		);
		fc.assert(
			fc.property(fc.array(anything, { maxLength: 5 }), (items) => {
				const candidates = read(items);
				expect(planImport(candidates, importRules).entries.length).toBeGreaterThanOrEqual(items.length);
				expect(planDeletion(candidates, { stillWanted: new Set() }).entries.length).toBeGreaterThanOrEqual(
					items.length,
				);
			}),
			{ numRuns: 1_000 },
		);
	});
});
