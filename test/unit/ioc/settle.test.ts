import fc from 'fast-check';
import type { Entry, Outcome } from '../../../nodes/CytomicOrion/ioc';
import {
	doubtBlanketRefusals,
	planDeletion,
	planImport,
	settle,
	summarise,
	withOutcomes,
} from '../../../nodes/CytomicOrion/ioc';
import {
	attribute,
	importRules,
	md5,
	planned,
	read,
	someAttributes,
	someRules,
	someSentOutcome,
	upload,
} from './build';

const imported: Outcome = { status: 'imported' };
const refused: Outcome = {
	status: 'failed',
	final: true,
	code: 'refused',
	message: 'invalid value',
};
const outage: Outcome = {
	status: 'failed',
	final: false,
	code: 'http_503',
	message: 'Service Unavailable',
};

const inherited = [{ name: upload, inherited: 1 }];
const direct = [{ name: upload, local: true }];

const of = (event: string, uuid: string, value: string, Tag: unknown = inherited) =>
	attribute({
		uuid,
		value,
		Tag,
		event_id: event,
		Event: { id: event, uuid: `event-${event}`, info: `Event ${event}` },
	});

/** Plans these items and gives what was sent the outcome of its value. */
function run(items: unknown[], outcomes: Record<string, Outcome> = {}): Entry[] {
	const { entries, sendable } = planImport(read(items), importRules);
	return withOutcomes(entries, new Map(sendable.map(({ id, value }) => [id, outcomes[value] ?? imported])));
}

const settled = (entries: readonly Entry[], options = { controlTag: upload }) =>
	settle(entries, options).flatMap((event) => event.settled);

describe('Settling', () => {
	test('a tagged event is settled when each of its IOCs was accepted, refused or skipped', () => {
		const entries = run(
			[of('1', 'a', 'a.com'), of('1', 'b', 'b.com'), of('1', 'c', 'intranet'), of('2', 'd', 'd.com')],
			{
				'b.com': refused,
			},
		);
		expect(settled(entries)).toEqual(['event-1', 'event-2']);
	});

	test('an event with an IOC that Orion was not reached for keeps its tag', () => {
		expect(
			settled(
				run([of('1', 'a', 'a.com'), of('1', 'b', 'b.com'), of('2', 'c', 'c.com')], {
					'b.com': outage,
				}),
			),
		).toEqual(['event-2']);
	});

	test('an event whose IOC is a duplicate of one that failed in another event waits with it', () => {
		const entries = run([of('1', 'a', 'a.com'), of('2', 'b', 'A.com'), of('2', 'c', 'c.com')], {
			'a.com': outage,
		});
		expect(settled(entries)).toEqual([]);
		expect(settle(entries, { controlTag: upload })[1]?.notImported).toEqual([
			{
				uuid: 'b',
				mispType: 'domain',
				type: 'domain',
				value: 'a.com',
				status: 'failed',
				reason: 'http_503',
				message: 'Service Unavailable',
			},
		]);
	});

	test('a tagged attribute is settled when all of its own IOCs are, whatever its event waits for', () => {
		const both = { ...of('1', 'b', 'b.com|9.9.9.9', direct), type: 'domain|ip' };
		const items = [of('1', 'a', 'a.com', [...inherited, ...direct]), both, of('1', 'c', 'c.com', direct)];
		expect(settled(run(items, { '9.9.9.9': outage }))).toEqual(['a', 'c']);
		expect(settled(run(items))).toEqual(['event-1', 'a', 'b', 'c']);
	});

	test('attributes tagged directly do not settle their event', () => {
		expect(settled(run([of('1', 'a', 'a.com', direct)]))).toEqual(['a']);
	});

	test('other tags settle nothing, and the case of tag names does not matter', () => {
		expect(settled(run([of('1', 'a', 'a.com', [{ name: 'tlp:red', inherited: 1 }])]))).toEqual([]);
		expect(settled(run([of('1', 'a', 'a.com', [{ name: upload.toUpperCase(), inherited: true }])]))).toEqual([
			'event-1',
		]);
	});

	test('without a control tag, events settle whose IOCs are all done', () => {
		const entries = run([of('1', 'a', 'a.com', []), of('2', 'b', 'b.com', [])], {
			'b.com': outage,
		});
		expect(settle(entries, {}).flatMap((event) => event.settled)).toEqual(['event-1']);
	});

	test('a dry run settles nothing', () => {
		expect(settled(planImport(read([of('1', 'a', 'a.com')]), importRules).entries.slice())).toEqual([]);
	});

	test('an IOC that stays because it is still wanted is done', () => {
		const { entries } = planDeletion(read([of('1', 'a', 'a.com')]), {
			stillWanted: new Set(['domain:a.com']),
		});
		expect(settled(entries)).toEqual(['event-1']);
	});

	test('events with nothing to send are settled with zero counts, unless something of theirs was sent after all', () => {
		const extraEvents = [
			{ eventUuid: 'event-1', eventId: '1' },
			{ eventUuid: 'event-9', eventId: '9', eventInfo: 'Report only' },
		];
		const results = settle(run([of('1', 'a', 'a.com')], { 'a.com': outage }), {
			controlTag: upload,
			extraEvents,
		});
		expect(results.map(({ eventUuid, total, settled: uuids }) => [eventUuid, total, uuids])).toEqual([
			['event-1', 1, []],
			['event-9', 0, ['event-9']],
		]);
	});

	test('an event result says what became of each IOC', () => {
		const items = [
			of('1', 'a', 'a.com'),
			of('1', 'b', 'A.com'),
			of('1', 'c', 'intranet'),
			{ ...of('1', 'd', 'e3b0'), type: 'sha256' },
			{ ...of('1', 'e', `http://b.com/${'x'.repeat(500)}`), type: 'url' },
		];
		const [event] = settle(run(items, { [`http://b.com/${'x'.repeat(500)}`]: refused }), {
			controlTag: upload,
		});
		expect(event).toMatchObject({
			eventUuid: 'event-1',
			eventId: '1',
			eventInfo: 'Event 1',
			total: 5,
			imported: 1,
			duplicate: 1,
			skipped: 2,
			failed: 1,
			deleted: 0,
			planned: 0,
			byType: {
				domain: { imported: 1, duplicate: 1, skipped: 1 },
				url: { failed: 1 },
				other: { skipped: 1 },
			},
			skippedByReason: { not_routable: 1, unsupported_hash: 1 },
			failedByCode: { refused: 1 },
			settled: ['event-1'],
		});
		expect(event?.notImported.map(({ uuid, reason, message }) => [uuid, reason, message])).toEqual([
			['c', 'not_routable', expect.stringContaining('alert on every computer')],
			['d', 'unsupported_hash', 'Orion takes MD5 hashes only'],
			['e', 'refused', 'invalid value'],
		]);
		expect(event?.notImported[2]?.value.length).toBeLessThan(250);
	});

	test('items that belong to no event are counted all the same', () => {
		const [result] = settle(
			run([
				{ type: 'domain', value: 'a.com' },
				{ type: 'domain', value: 'b.com' },
			]),
			{ controlTag: upload },
		);
		expect(result).toMatchObject({ eventUuid: undefined, imported: 2, settled: [] });
	});

	test('nothing is ever settled that has an IOC neither accepted nor refused, and nothing goes uncounted', () => {
		const runs = fc.record({
			items: someAttributes,
			rules: someRules,
			sent: fc.array(someSentOutcome, { minLength: 1 }),
		});
		fc.assert(
			fc.property(runs, fc.option(fc.constant(upload)), ({ items, rules, sent }, tag) => {
				const plan = planImport(read(items), rules);
				const outcomes = new Map(plan.sendable.map(({ id }, n) => [id, sent[n % sent.length] ?? imported]));
				const entries = withOutcomes(plan.entries, outcomes);
				const results = settle(entries, { controlTag: tag ?? undefined });

				const open = entries.filter((entry) => {
					const { outcome } = entry.outcome.status === 'duplicate' ? (entries[entry.outcome.of] ?? entry) : entry;
					return outcome.status === 'planned' || (outcome.status === 'failed' && !outcome.final);
				});
				const names = new Set(results.flatMap((result) => result.settled));
				for (const { candidate } of open) {
					expect(names.has(candidate.eventUuid ?? '')).toBe(false);
				}
				const openAttributes = new Set(open.map(({ candidate }) => `${candidate.eventUuid}/${candidate.uuid}`));
				for (const { eventUuid, settled: uuids } of results) {
					for (const uuid of uuids) expect(openAttributes.has(`${eventUuid}/${uuid}`)).toBe(false);
				}

				const { total, byType } = summarise(entries);
				expect(results.reduce((sum, result) => sum + result.total, 0)).toBe(total);
				for (const result of [...results, summarise(entries)]) {
					const { planned: open_, imported: in_, deleted, duplicate, skipped, failed } = result;
					expect(open_ + in_ + deleted + duplicate + skipped + failed).toBe(result.total);
				}
				expect(
					Object.values(byType)
						.flatMap(Object.values<number>)
						.reduce((sum, n) => sum + n, 0),
				).toBe(total);
			}),
		);
	});
});

describe('A refusal of everything', () => {
	const refusals = (count: number, message: (n: number) => string, first: Outcome = refused) => {
		const { entries, sendable } = planned(Array.from({ length: count }, (_, n) => ['md5', md5(n)] as const));
		const outcomes = sendable.map(({ id }, n) => [id, n === 0 ? first : { ...refused, message: message(n) }] as const);
		return doubtBlanketRefusals(withOutcomes(entries, new Map(outcomes))).map(({ outcome }) => outcome);
	};
	const same = () => 'invalid value';

	test('in the same words is put down to the request, and stays to be sent again', () => {
		expect(refusals(10, same)).toEqual(Array(10).fill({ ...refused, final: false, code: 'all_refused' }));
	});

	test('is believed when it is of few IOCs, in words for each, or not of everything', () => {
		expect(refusals(9, same)).toContainEqual(refused);
		expect(refusals(20, (n) => `invalid value ${n}`)).toContainEqual(refused);
		expect(refusals(20, same, imported)).toContainEqual(refused);
	});

	test('that ended the sending before every IOC was tried counts for those that were', () => {
		const notSent: Outcome = { ...refused, final: false, code: 'all_refused' };
		expect(refusals(20, same, notSent)).not.toContainEqual(refused);
	});

	test('for one type leaves the other types as they are', () => {
		const { entries, sendable } = planned([
			['domain', 'a.com'],
			...Array.from({ length: 12 }, (_, n) => ['md5', md5(n)] as const),
		]);
		const doubted = doubtBlanketRefusals(withOutcomes(entries, new Map(sendable.map(({ id }) => [id, refused]))));
		expect(doubted.map(({ outcome }) => outcome.status === 'failed' && outcome.final)).toEqual([
			true,
			...Array<boolean>(12).fill(false),
		]);
	});
});

test('a summary counts attributes and IOCs, and keeps the miscounts', () => {
	const entries = run([{ ...of('1', 'a', 'a.com|9.9.9.9'), type: 'domain|ip' }, of('1', 'b', 'a.com')]);
	expect(summarise(entries, [{ sent: 2, counted: 1 }])).toMatchObject({
		attributes: 2,
		total: 3,
		imported: 2,
		duplicate: 1,
		miscounted: [{ sent: 2, counted: 1 }],
	});
});
