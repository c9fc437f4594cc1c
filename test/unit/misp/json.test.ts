import * as fc from 'fast-check';
import { asNumber, asRecord, asRecords, asText, asTime } from '../../../nodes/Misp/json';

const anything = fc.oneof(
	fc.jsonValue(),
	fc.constantFrom({ toString: 'x', valueOf: null }, { __proto__: null }, [{ toString: 1 }], 1e308, -1e308, '1e400'),
);

test('whatever an answer holds, reading it gives a value of the type asked for', () => {
	fc.assert(
		fc.property(anything, (value) => {
			expect(typeof asText(value)).toBe('string');
			expect(Number.isFinite(asNumber(value))).toBe(true);
			expect(asTime(value)).toMatch(/^$|^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
			expect(Array.isArray(asRecord(value))).toBe(false);
			expect(asRecords(value).every((one) => typeof one === 'object')).toBe(true);
		}),
	);
});

test.each<[unknown, number]>([
	[7, 7],
	['7', 7],
	['1.5', 1.5],
	['seven', 0],
	[undefined, 0],
	[[7], 0],
	['Infinity', 0],
])('%j is read as the number %d', (value, number) => expect(asNumber(value)).toBe(number));

test.each<[unknown, string]>([
	['1700000000', '2023-11-14T22:13:20.000Z'],
	[0, '1970-01-01T00:00:00.000Z'],
	['', ''],
	[null, ''],
	['yesterday', ''],
	['9e99', ''],
])('%j is read as the time %j', (value, time) => expect(asTime(value)).toBe(time));
