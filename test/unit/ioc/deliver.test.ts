import fc from 'fast-check';
import type { Send, Sendable, SendResult } from '../../../nodes/CytomicOrion/ioc';
import { batches, deliver } from '../../../nodes/CytomicOrion/ioc';
import { bisect } from '../../../nodes/CytomicOrion/ioc/bisect';
import { md5, planned } from './build';

const hashes = (count: number): readonly Sendable[] =>
	planned(Array.from({ length: count }, (_, n) => ['md5', md5(n)] as const)).sendable;

const unavailable: SendResult = {
	kind: 'unavailable',
	code: 'http_503',
	message: 'Service Unavailable',
};

/** An Orion in a few lines: what it refuses, what it quietly drops, how it counts, when it falls silent. */
function orion(
	facts: {
		refuses?: readonly number[];
		drops?: readonly number[];
		counts?: 'new' | 'kept' | 'nothing';
		has?: readonly number[];
		silentFrom?: number;
	} = {},
) {
	const { refuses = [], drops = [], counts = 'kept', has = [], silentFrom = Number.POSITIVE_INFINITY } = facts;
	const holds = new Set<number>(has);
	const requests: number[][] = [];
	const send: Send<Sendable> = (entries) => {
		const ids = entries.map(({ id }) => id);
		if (requests.push(ids) > silentFrom) return Promise.resolve(unavailable);
		if (ids.some((id) => refuses.includes(id))) return Promise.resolve({ kind: 'refused', message: 'invalid value' });
		const kept = ids.filter((id) => !drops.includes(id));
		const fresh = kept.filter((id) => !holds.has(id));
		for (const id of kept) holds.add(id);
		if (counts === 'nothing') return Promise.resolve({ kind: 'accepted' });
		return Promise.resolve({
			kind: 'accepted',
			counted: counts === 'new' ? fresh.length : kept.length,
		});
	};
	return { send, requests, holds };
}

const statuses = (count: number, outcomes: Awaited<ReturnType<typeof deliver>>['outcomes']) =>
	Array.from({ length: count }, (_, id) => {
		const outcome = outcomes.get(id);
		return outcome?.status === 'failed' ? `${outcome.code}${outcome.final ? ' for good' : ''}` : outcome?.status;
	});

/** Numbers from 0 up to a size, and some of them. */
const someOf = (maxSize: number) =>
	fc.integer({ min: 1, max: maxSize }).chain((size) =>
		fc.record({
			size: fc.constant(size),
			some: fc.subarray(Array.from({ length: size }, (_, n) => n)),
		}),
	);

describe('Batches', () => {
	test('hold one type each, in order, and no more than their size', () => {
		const { sendable } = planned([
			['domain', 'a.com'],
			['md5', md5(1)],
			['domain', 'b.com'],
			['md5', md5(2)],
			['domain', 'c.com'],
		]);
		expect(batches(sendable, 2).map(({ type, entries }) => [type, ...entries.map(({ value }) => value)])).toEqual([
			['hash', md5(1), md5(2)],
			['domain', 'a.com', 'b.com'],
			['domain', 'c.com'],
		]);
		expect(batches([], 2)).toEqual([]);
	});

	test.each([0, -1, 1.5, Number.NaN])('of the size %s are refused', (size) =>
		expect(() => batches([], size)).toThrow(RangeError),
	);
});

describe('Delivering a batch', () => {
	test('a batch that is accepted takes one request', async () => {
		const { send, requests } = orion();
		const { outcomes, miscounted } = await deliver(hashes(3), send, 'imported');
		expect(statuses(3, outcomes)).toEqual(['imported', 'imported', 'imported']);
		expect([requests.length, miscounted]).toEqual([1, []]);
	});

	test('a deletion says deleted', async () => {
		expect(statuses(1, (await deliver(hashes(1), orion().send, 'deleted')).outcomes)).toEqual(['deleted']);
	});

	test('one refused value in a hundred fails alone, in a few requests', async () => {
		const { send, requests, holds } = orion({ refuses: [37] });
		const { outcomes } = await deliver(hashes(100), send, 'imported');
		expect(statuses(100, outcomes).filter((status) => status !== 'imported')).toEqual(['refused for good']);
		expect(outcomes.get(37)).toMatchObject({ final: true, message: 'invalid value' });
		expect(holds.size).toBe(99);
		expect(requests.length).toBeLessThanOrEqual(15);
	});

	test('exactly the refused values fail, whatever they are, within 1 + 2·k·log₂(n) requests', async () => {
		await fc.assert(
			fc.asyncProperty(someOf(120), async ({ size, some }) => {
				const { send, requests, holds } = orion({ refuses: some });
				const { outcomes } = await deliver(hashes(size), send, 'imported');
				const refused = statuses(size, outcomes).flatMap((status, id) => (status === 'refused for good' ? [id] : []));
				expect(refused).toEqual(some);
				expect(holds.size).toBe(size - some.length);
				expect(requests.length).toBeLessThanOrEqual(1 + 2 * some.length * Math.ceil(Math.log2(size)));
			}),
		);
	});

	test('an outage is not bisected, and costs no verdict that was reached before', async () => {
		const { send, requests } = orion({ refuses: [0], silentFrom: 5 });
		const { outcomes } = await deliver(hashes(8), send, 'imported');
		// All, 0-3, 0-1, 0, 1, and then silence: 2-3 was asked in vain, 4-7 not at all.
		expect(statuses(8, outcomes)).toEqual(['refused for good', 'imported', ...Array<string>(6).fill('http_503')]);
		expect(requests.length).toBe(6);
	});

	test('the parts of a bisected batch come out in order, each IOC once', async () => {
		await fc.assert(
			fc.asyncProperty(someOf(60), fc.integer({ min: 1, max: 40 }), async ({ size, some }, silentFrom) => {
				const parts = await bisect(hashes(size), orion({ refuses: some, silentFrom }).send);
				expect(parts.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(
					Array.from({ length: size }, (_, n) => n),
				);
			}),
		);
	});

	test('nothing to send is not sent', async () => {
		const { send, requests } = orion();
		expect((await deliver([], send, 'imported')).outcomes.size).toBe(0);
		expect(requests).toEqual([]);
	});
});

describe('An accepted count that falls short', () => {
	test('of an Orion that counts only what is new: all is well, and the count reported', async () => {
		const { send, requests } = orion({ counts: 'new', has: [0, 1] });
		const { outcomes, miscounted } = await deliver(hashes(5), send, 'imported');
		expect(statuses(5, outcomes)).toEqual(Array(5).fill('imported'));
		expect(miscounted).toEqual([{ sent: 5, counted: 3 }]);
		expect(requests.length).toBe(2);
	});

	test('of an Orion that drops some in silence: those fail, for another run to try', async () => {
		await fc.assert(
			fc.asyncProperty(someOf(80), async ({ size, some }) => {
				fc.pre(some.length < size);
				const { send, requests } = orion({ drops: some });
				const { outcomes, miscounted } = await deliver(hashes(size), send, 'imported');
				const missing = statuses(size, outcomes).flatMap((status, id) => (status === 'not_counted' ? [id] : []));
				expect(missing).toEqual(some);
				expect(miscounted).toEqual(some.length === 0 ? [] : [{ sent: size, counted: size - some.length }]);
				expect(requests.length).toBeLessThanOrEqual(2 + 2 * some.length * Math.ceil(Math.log2(size)));
			}),
		);
	});

	test('beside refused values: each gets its own verdict', async () => {
		const { outcomes } = await deliver(hashes(16), orion({ refuses: [3], drops: [9] }).send, 'imported');
		expect(statuses(16, outcomes).flatMap((status, id) => (status === 'imported' ? [] : [[id, status]]))).toEqual([
			[3, 'refused for good'],
			[9, 'not_counted'],
		]);
	});

	test('before an outage: what could not be confirmed fails, for another run to try', async () => {
		const { outcomes } = await deliver(hashes(4), orion({ drops: [2], silentFrom: 1 }).send, 'imported');
		expect(statuses(4, outcomes)).toEqual(Array(4).fill('http_503'));
	});

	test('an answer without a count is an answer', async () => {
		const { outcomes, miscounted } = await deliver(hashes(4), orion({ counts: 'nothing' }).send, 'imported');
		expect(statuses(4, outcomes)).toEqual(Array(4).fill('imported'));
		expect(miscounted).toEqual([]);
	});

	test('a count beyond what was sent is reported, too', async () => {
		const send: Send<Sendable> = () => Promise.resolve({ kind: 'accepted', counted: 9 });
		const { outcomes, miscounted } = await deliver(hashes(2), send, 'imported');
		expect([statuses(2, outcomes), miscounted]).toEqual([['imported', 'imported'], [{ sent: 2, counted: 9 }]]);
	});
});
