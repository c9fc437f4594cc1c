import fc from 'fast-check';
import type { TtlPolicy } from '../../../nodes/CytomicOrion/ioc';
import { checkTtl, daysToExpiration, longestTtl } from '../../../nodes/CytomicOrion/ioc';
import { now } from './build';

const perType = { hash: 400, ip: 30, domain: 90, url: 60 };
const ip = (lastSeen?: string) => ({
	type: 'ip' as const,
	lastSeen: lastSeen === undefined ? undefined : new Date(lastSeen),
	now,
});

describe('The time to live of an IOC', () => {
	test.each<[policy: TtlPolicy, lastSeen: string | undefined, days: number | 'expired']>([
		[{ kind: 'fixed', days: 365 }, undefined, 365],
		[{ kind: 'fixed', days: 365 }, '1999-01-01T00:00:00Z', 365],
		[{ kind: 'perType', days: perType }, undefined, 30],
		[{ kind: 'fromLastSeen', days: 90 }, undefined, 90],
		[{ kind: 'fromLastSeen', days: 90, fallbackDays: 7 }, undefined, 7],
		[{ kind: 'fromLastSeen', days: 90, fallbackDays: 7 }, '2026-03-01T12:00:00Z', 90],
		[{ kind: 'fromLastSeen', days: 90 }, '2026-02-19T12:00:00Z', 80],
		// Part of a day counts as a day.
		[{ kind: 'fromLastSeen', days: 90 }, '2026-02-19T13:00:00Z', 81],
		[{ kind: 'fromLastSeen', days: 1 }, '2026-02-28T12:00:01Z', 1],
		[{ kind: 'fromLastSeen', days: 1 }, '2026-02-28T12:00:00Z', 'expired'],
		[{ kind: 'fromLastSeen', days: 1 }, '2020-01-01T00:00:00Z', 'expired'],
		[{ kind: 'fromLastSeen', days: 90 }, '9999-01-01T00:00:00Z', longestTtl],
	])('%j, last seen %s: %s', (policy, lastSeen, days) => {
		const judged = daysToExpiration(policy, ip(lastSeen));
		expect(judged.ok ? judged.value : judged.reason).toBe(days);
	});

	test('is never under one day, nor a part of one', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5_000 }), fc.date({ noInvalidDate: true }), (days, lastSeen) => {
				const judged = daysToExpiration({ kind: 'fromLastSeen', days }, { type: 'ip', lastSeen, now });
				if (judged.ok) expect(Number.isInteger(judged.value) && judged.value >= 1).toBe(true);
			}),
		);
	});

	test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, longestTtl + 1])('%s days is no policy', (days) => {
		expect(checkTtl({ kind: 'fixed', days })).toContain(`and is ${days}`);
		expect(checkTtl({ kind: 'fromLastSeen', days })).toContain('from last seen');
		expect(checkTtl({ kind: 'fromLastSeen', days: 1, fallbackDays: days })).toContain('without a last seen date');
		expect(checkTtl({ kind: 'perType', days: { ...perType, domain: days } })).toContain('Domain');
	});

	test('good policies are not objected to', () => {
		expect(checkTtl({ kind: 'fixed', days: 1 })).toBeUndefined();
		expect(checkTtl({ kind: 'perType', days: perType })).toBeUndefined();
		expect(checkTtl({ kind: 'fromLastSeen', days: longestTtl })).toBeUndefined();
	});
});
