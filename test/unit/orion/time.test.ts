import fc from 'fast-check';
import { isoTime, timeOf } from '../../../nodes/CytomicOrion/answers/time';
import { zonedTime } from '../../../nodes/CytomicOrion/indicators/zonedTime';

test.each([
	['milliseconds', 1_767_323_045_000, '2026-01-02T03:04:05.000Z'],
	['seconds', 1_767_323_045, '2026-01-02T03:04:05.000Z'],
	['milliseconds as text', '1767323045000', '2026-01-02T03:04:05.000Z'],
	['ISO text', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
	['ISO text without a zone, which is UTC', '2023-04-26T11:22:51.080000', '2023-04-26T11:22:51.080Z'],
	['ISO text with an offset', '2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05.000Z'],
	['a date', '2026-01-02', '2026-01-02T00:00:00.000Z'],
	["an empty date of .NET's", '0001-01-01T00:00:00', undefined],
	['nothing', null, undefined],
	['zero', 0, undefined],
	['text', 'yesterday', undefined],
	['a short number in a text', '42', undefined],
])('reads a time out of %s', (_, value, expected) => {
	expect(isoTime(value)).toBe(expected);
});

test('whatever comes, it gives a time or nothing', () => {
	fc.assert(
		fc.property(fc.anything(), (value) => {
			const time = timeOf(value);
			expect(time === undefined || Number.isFinite(time)).toBe(true);
			expect(() => isoTime(value)).not.toThrow();
		}),
	);
});

test.each([
	['2026-01-15T12:00:00', 'Europe/Madrid', '2026-01-15T11:00:00.000Z'],
	['2026-07-15T12:00', 'Europe/Madrid', '2026-07-15T10:00:00.000Z'],
	['2026-07-15 12:00:00', 'UTC', '2026-07-15T12:00:00.000Z'],
	['2026-07-15', 'America/New_York', '2026-07-15T04:00:00.000Z'],
	['2026-03-29T03:30:00', 'Europe/Madrid', '2026-03-29T01:30:00.000Z'],
])('%s in %s', (text, zone, expected) => {
	expect(new Date(zonedTime(text, zone) ?? 0).toISOString()).toBe(expected);
});

test('a time that names its zone is left to others', () => {
	expect(zonedTime('2026-01-15T12:00:00Z', 'Europe/Madrid')).toBeUndefined();
	expect(zonedTime('soon', 'Europe/Madrid')).toBeUndefined();
});
