import fc from 'fast-check';
import type { Candidate, Entry, ImportRules, Outcome } from '../../../nodes/CytomicOrion/ioc';
import { candidateReader, mispFields, planImport } from '../../../nodes/CytomicOrion/ioc';

export const upload = 'cytomic-orion:action="upload"';
export const now = new Date('2026-03-01T12:00:00Z');

export const importRules: ImportRules = {
	safetyList: true,
	ipv6: false,
	ttl: { kind: 'fixed', days: 365 },
	minimumSeverity: 'any',
	now,
};

/** A MISP attribute as attributes/restSearch gives it, with what the test is about. */
export function attribute(facts: Record<string, unknown>): Record<string, unknown> {
	return {
		uuid: '11111111-0000-4000-8000-000000000001',
		event_id: '7',
		type: 'domain',
		value: 'evil.com',
		to_ids: true,
		last_seen: null,
		Event: {
			id: '7',
			info: 'Phishing wave',
			uuid: 'eeeeeeee-0000-4000-8000-000000000007',
			threat_level_id: '2',
		},
		Tag: [{ name: upload, inherited: 1 }],
		...facts,
	};
}

export const read = (items: readonly unknown[]): Candidate[] => items.map(candidateReader(mispFields));

/** Plans MISP attributes of these types and values, all of one event. */
export const planned = (pairs: ReadonlyArray<readonly [type: string, value: string]>, rules = importRules) =>
	planImport(read(pairs.map(([type, value]) => attribute({ type, value }))), rules);

/** An outcome in few words, for tables. */
export function inWords({ outcome }: Entry): string {
	if (outcome.status === 'skipped') return outcome.reason;
	return outcome.status === 'duplicate' ? `duplicate of ${outcome.of}` : outcome.status;
}

/** MD5 hashes that differ. */
export const md5 = (n: number): string => n.toString(16).padStart(32, '0');

const someValues = fc.oneof(
	fc.constantFrom(
		'evil.com',
		'EVIL.com.',
		'a.evil.com',
		'1.2.3.4',
		'10.0.0.1',
		'2a00::1',
		'9.9.9.0/24',
		'http://evil.com/a',
	),
	fc.constantFrom('evil.com|9.9.9.9', '9.9.9.9|443', 'x.exe|d41d8cd98f00b204e9800998ecf8427e', 'no scheme', '', '|'),
	fc.string(),
	fc.domain(),
	fc.ipV4(),
	fc.webUrl(),
);

const someTypes = fc.constantFrom(
	...[
		'md5',
		'sha256',
		'filename|md5',
		'ip-src',
		'ip-dst|port',
		'domain',
		'domain|ip',
		'hostname',
		'url',
		'uri',
		'link',
		'text',
		'',
		'hash',
	],
);

const someTags = fc.subarray([
	{ name: upload, inherited: 1 },
	{ name: upload, local: true },
	{ name: 'tlp:amber', local: false },
]);

/** MISP attributes of three events, good and bad, tagged in every way. */
export const someAttributes = fc.array(
	fc
		.record({
			type: someTypes,
			value: someValues,
			uuid: fc.integer({ min: 1, max: 30 }).map((n) => `attribute-${n}`),
			event: fc.integer({ min: 1, max: 3 }),
			threat: fc.constantFrom('1', '2', '3', '4'),
			Tag: someTags,
			last_seen: fc.constantFrom(null, '2026-02-02T00:00:00.000000+00:00', '2020-02-02T00:00:00.000000+00:00'),
		})
		.map(({ event, threat, ...facts }) =>
			attribute({
				...facts,
				event_id: `${event}`,
				Event: {
					id: `${event}`,
					info: `Event ${event}`,
					uuid: `event-${event}`,
					threat_level_id: threat,
				},
			}),
		),
	{ maxLength: 40 },
);

export const someRules: fc.Arbitrary<ImportRules> = fc.record({
	safetyList: fc.boolean(),
	ipv6: fc.boolean(),
	ttl: fc.constantFrom<ImportRules['ttl']>(
		{ kind: 'fixed', days: 30 },
		{ kind: 'perType', days: { hash: 1, ip: 2, domain: 3, url: 4 } },
		{ kind: 'fromLastSeen', days: 90, fallbackDays: 10 },
	),
	minimumSeverity: fc.constantFrom('any', 'low', 'medium', 'high'),
	now: fc.constant(now),
});

/** What Orion may have made of an entry that was sent. */
export const someSentOutcome: fc.Arbitrary<Outcome> = fc.constantFrom<Outcome>(
	{ status: 'planned' },
	{ status: 'imported' },
	{ status: 'failed', final: true, code: 'refused', message: 'invalid value' },
	{ status: 'failed', final: false, code: 'unavailable', message: '503' },
);
