import fc from 'fast-check';
import type { Entry } from '../../../nodes/CytomicOrion/ioc';
import { iocKey, iocKeysOf, planDeletion, planImport, summarise } from '../../../nodes/CytomicOrion/ioc';
import { attribute, importRules, inWords, md5, planned, read, someAttributes, someRules } from './build';

const inLines = (entries: readonly Entry[]) =>
	entries.map((entry) => `${entry.type ?? '-'} ${entry.value}: ${inWords(entry)}`);

describe('Planning an import', () => {
	test('every attribute comes out as IOCs to send or with the reason why not', () => {
		const { entries } = planned([
			['domain|ip', 'Evil.com|9.9.9.9'],
			['hostname', 'evil.com.'],
			['ip-dst|port', '9.9.9.9|443'],
			['filename|md5', `setup.exe|${md5(1).toUpperCase()}`],
			['filename|sha256', 'setup.exe|e3b0'],
			['x509-fingerprint-md5', md5(2)],
			['link', 'https://blog.com/report'],
			['url', 'evil.com/path'],
			['ip-src', '10.1.2.3'],
			['ip-src', '2a00::1'],
			['ip-src', '9.9.9.0/24'],
			['domain|ip', 'evil.net'],
			['domain', ''],
		]);
		expect(inLines(entries)).toEqual([
			'domain evil.com: planned',
			'ip 9.9.9.9: planned',
			'domain evil.com: duplicate of 0',
			'ip 9.9.9.9: duplicate of 1',
			`hash ${md5(1)}: planned`,
			'- setup.exe|e3b0: unsupported_hash',
			`- ${md5(2)}: not_a_file`,
			'- https://blog.com/report: unsupported_type',
			'url evil.com/path: missing_scheme',
			'ip 10.1.2.3: not_routable',
			'ip 2a00::1: ipv6_not_sent',
			'ip 9.9.9.0/24: network_not_sent',
			'domain evil.net: planned',
			'ip : no_value',
			'domain : no_value',
		]);
	});

	test('events below the minimum severity are skipped, and so are those without one', () => {
		const of = (threat_level_id: string | undefined, value: string) =>
			attribute({ value, Event: { id: '7', uuid: 'e', threat_level_id } });
		const items = [of('1', 'a.com'), of('2', 'b.com'), of('3', 'c.com'), of('4', 'd.com'), of(undefined, 'e.com')];
		const { entries } = planImport(read(items), { ...importRules, minimumSeverity: 'medium' });
		expect(entries.map(inWords)).toEqual(['planned', 'planned', 'below_severity', 'below_severity', 'below_severity']);
	});

	test('of equal IOCs one is sent, and lives as long as the longest-lived of them', () => {
		const seen = (last_seen: string, value = 'evil.com') => attribute({ value, last_seen });
		const { entries, sendable } = planImport(
			read([
				seen('2020-01-01T00:00:00Z'),
				seen('2026-01-30T12:00:00Z'),
				seen('2026-02-28T12:00:00Z', 'EVIL.com'),
				seen('2026-01-01T12:00:00Z', 'other.com'),
				seen('2026-02-04T12:00:00Z', 'evil[.]com'),
			]),
			{ ...importRules, ttl: { kind: 'fromLastSeen', days: 100 } },
		);
		expect(entries.map(inWords)).toEqual(['expired', 'planned', 'duplicate of 1', 'planned', 'duplicate of 1']);
		expect(sendable.map(({ id, daysToExpiration }) => [id, daysToExpiration])).toEqual([
			[1, 99],
			[3, 41],
		]);
		expect(entries[1]).toBe(sendable[0]);
	});

	test('counts in are counts out, no IOC is sent twice, and each has a time to live of a day or more', () => {
		fc.assert(
			fc.property(someAttributes, someRules, (items, rules) => {
				const candidates = read(items);
				const { entries, sendable } = planImport(candidates, rules);
				expect(new Set(entries.map(({ candidate }) => candidate)).size).toBe(items.length);
				expect(entries.map(({ id }) => id)).toEqual(entries.map((_, position) => position));

				const { total, planned, duplicate, skipped, attributes } = summarise(entries);
				expect([planned + duplicate + skipped, attributes]).toEqual([total, items.length]);
				expect(planned).toBe(sendable.length);

				expect(new Set(sendable.map(iocKey)).size).toBe(sendable.length);
				for (const entry of sendable) {
					expect(entry.daysToExpiration).toBeGreaterThanOrEqual(1);
					expect(entries[entry.id]).toBe(entry);
				}
				for (const { type, value, outcome } of entries) {
					if (outcome.status === 'duplicate')
						expect(entries[outcome.of]).toMatchObject({
							type,
							value,
							outcome: { status: 'planned' },
						});
				}
			}),
		);
	});

	test('100,000 attributes become 100,000 IOCs', () => {
		const items = Array.from({ length: 100_000 }, (_, n) =>
			attribute(
				[
					{ type: 'md5', value: md5(n) },
					{ type: 'ip-dst', value: `11.${n >> 16}.${(n >> 8) & 255}.${n & 255}` },
					{ type: 'domain', value: `host-${n}.evil.com` },
					{ type: 'url', value: `https://host-${n}.evil.com/path?q=${n}` },
				][n % 4] ?? {},
			),
		);
		const { sendable } = planImport(read(items), importRules);
		expect(sendable).toHaveLength(100_000);
	});
});

describe('Planning a deletion', () => {
	const deletion = (pairs: ReadonlyArray<readonly [string, string]>, stillWanted = new Set<string>()) =>
		inLines(planDeletion(read(pairs.map(([type, value]) => attribute({ type, value }))), { stillWanted }).entries);

	test('whatever may have been sent is erased, whatever the rules say now', () => {
		expect(
			deletion([
				['ip-dst', '10.0.0.1'],
				['ip-dst', '2a00::1'],
				['domain', 'printer.local'],
				['domain', 'PRINTER.local'],
				['sha256', 'e3b0'],
				['ip-dst', '9.9.9.0/24'],
				['url', 'no scheme'],
			]),
		).toEqual([
			'ip 10.0.0.1: planned',
			'ip 2a00::1: planned',
			'domain printer.local: planned',
			'domain printer.local: duplicate of 2',
			'- e3b0: unsupported_hash',
			'ip 9.9.9.0/24: network_not_sent',
			'url no scheme: malformed',
		]);
	});

	test('an IOC that another uploaded event still wants stays', () => {
		const stillWanted = iocKeysOf(
			read([attribute({ type: 'domain|ip', value: 'Evil.com|9.9.9.9' }), attribute({ type: 'link' })]),
		);
		expect(
			deletion(
				[
					['hostname', 'evil[.]com'],
					['domain', 'other.com'],
					['ip-src|port', '9.9.9.9|80'],
				],
				stillWanted,
			),
		).toEqual(['domain evil.com: still_wanted', 'domain other.com: planned', 'ip 9.9.9.9: still_wanted']);
	});
});
