import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runPoll } from '../harness';
import { attribute, md5, orionForTests } from './orion';

const orion = orionForTests();
const minute = 60_000;
const day = 24 * 60 * minute;

/** A trigger that is polled again and again, with its memory. */
function trigger(parameters: INodeParameters = {}) {
	let memory: IDataObject = {};
	const call = async (mode: 'trigger' | 'manual', staticData: IDataObject) =>
		await runPoll({ type: 'cytomicOrionTrigger', parameters, credentials: orion.credentials, staticData, mode });
	const ids = (result: Awaited<ReturnType<typeof call>>) => result.items?.map(({ json }) => json.id) ?? null;
	return {
		/** IDs of what came out; null where the workflow does not start. */
		poll: async () => {
			const result = await call('trigger', memory);
			if (result.error) throw new Error(result.error.message);
			memory = result.staticData;
			return ids(result);
		},
		/** A poll after which n8n could not save: the memory is what it was. */
		pollAndCrash: async () => ids(await call('trigger', memory)),
		failingPoll: async () => {
			const result = await call('trigger', memory);
			return { error: result.error, remembered: JSON.stringify(result.staticData) === JSON.stringify(memory) };
		},
		test: async () => await call('manual', memory),
		memory: () => memory,
		/** As if n8n had been down for so long: it all happened so much earlier. */
		sleep: (ms: number) => {
			const { upTo, seen, ...rest } = memory;
			const earlier = Object.fromEntries(
				Object.entries(typeof seen === 'object' && seen !== null ? seen : {}).map(([id, time]) => [
					id,
					Number(time) - ms,
				]),
			);
			memory = { ...rest, upTo: Number(upTo) - ms, seen: earlier };
		},
	};
}

const raise = (
	id: string,
	facts: {
		agoMs?: number;
		severity?: number;
		status?: 'Pending' | 'InProgress' | 'Closed';
		huntingRule?: string;
		machineName?: string;
		clientId?: string;
	} = {},
) => {
	const { agoMs = 0, ...more } = facts;
	return orion.server.indicators.seed({ id, timestamp: Date.now() - agoMs, ...more });
};

describe('new indicators', () => {
	test('come out once, the oldest first, from the activation on', async () => {
		raise('before', { agoMs: 10 * minute });
		const node = trigger();
		expect(await node.poll()).toBeNull();
		expect(await node.poll()).toBeNull();
		raise('two', { agoMs: 1 });
		raise('one', { agoMs: 200 });
		expect(await node.poll()).toEqual(['one', 'two']);
		expect(await node.poll()).toBeNull();
	});

	test('look as they do in Get Many', async () => {
		const node = trigger();
		await node.poll();
		const computer = orion.server.estate.seedComputer({ machineName: 'PC-1' });
		await orion.run('ioc.import', {}, { input: [attribute({ type: 'md5', value: md5(3) })] });
		orion.server.raiseHit({ iocValue: md5(3), muid: computer.muid });
		const { items } = await runPoll({
			type: 'cytomicOrionTrigger',
			credentials: orion.credentials,
			staticData: node.memory(),
		});
		expect(items?.map(({ json }) => json)).toMatchObject([
			{ severity: 'High', status: 'Pending', machineName: 'PC-1', observables: [{ type: 'hash', value: md5(3) }] },
		]);
	});

	test('that turn up late come out as long as they are within the overlap', async () => {
		const node = trigger();
		await node.poll();
		raise('late', { agoMs: 50 * minute });
		raise('too late', { agoMs: 70 * minute });
		expect(await node.poll()).toEqual(['late']);
		expect(await node.poll()).toBeNull();
	});

	test('of the past come out at first where the trigger is told to look back', async () => {
		raise('old', { agoMs: 40 * day });
		raise('older', { agoMs: 50 * day });
		const node = trigger({ options: { lookBackDays: 45 } });
		expect(await node.poll()).toEqual(['old']);
		expect(await node.poll()).toBeNull();
	});
});

describe('nothing is lost', () => {
	test('where n8n dies before it has saved, the same indicators come again', async () => {
		const node = trigger();
		await node.poll();
		raise('one');
		expect(await node.pollAndCrash()).toEqual(['one']);
		expect(await node.poll()).toEqual(['one']);
		expect(await node.poll()).toBeNull();
	});

	test('where Orion is away, the memory stays, and the next poll has all', async () => {
		const node = trigger();
		await node.poll();
		raise('one');
		orion.server.faults.add({ path: /alerts/, answer: { status: 503, headers: { 'retry-after': '0' }, body: {} } });
		const { error, remembered } = await node.failingPoll();
		expect(error).toMatchObject({
			message: 'Orion is not available at the moment (HTTP 503)',
			description: expect.stringContaining('later'),
		});
		expect(remembered).toBe(true);
		orion.server.faults.clear();
		expect(await node.poll()).toEqual(['one']);
	});

	test('where an answer is nested too deep for n8n to save, that is said in plain words, and the next poll has all', async () => {
		const node = trigger({ simple: false });
		await node.poll();
		raise('one');
		const row = JSON.stringify({ id: 'deep', timestamp: Date.now(), details: 'DEEP' });
		orion.server.faults.add({
			path: /alerts/,
			answer: {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: `[${row.replace('"DEEP"', '['.repeat(250) + ']'.repeat(250))}]`,
			},
		});
		const deep = {
			message: expect.stringContaining('nested more than 200 levels deep'),
			description: expect.stringContaining('credential'),
		};
		expect(await node.failingPoll()).toEqual({ error: expect.objectContaining(deep), remembered: true });
		expect((await node.test()).error).toMatchObject(deep);
		orion.server.faults.clear();
		expect(await node.poll()).toEqual(['one']);
	});

	test('after a silence of months all that happened meanwhile comes out, each once', async () => {
		const node = trigger();
		await node.poll();
		node.sleep(100 * day);
		for (let n = 0; n < 99; n++) raise(`i-${n}`, { agoMs: (99 - n) * day - minute });
		expect(await node.poll()).toEqual(Array.from({ length: 99 }, (_, n) => `i-${n}`));
		expect(await node.poll()).toBeNull();
	});

	test('a flood comes out in portions, none missing and none twice', async () => {
		const node = trigger({ filters: { includeDetails: false } });
		await node.poll();
		node.sleep(100 * day);
		const start = Date.now() - 100 * day;
		for (let n = 0; n < 40_000; n++) orion.server.indicators.seed({ id: `i-${n}`, timestamp: start + n * 200_000 });
		const portions = [];
		for (let portion = await node.poll(); portion !== null; portion = await node.poll()) portions.push(portion);
		expect(portions.length).toBeGreaterThan(1);
		expect(portions.flat()).toHaveLength(40_000);
		expect(new Set(portions.flat()).size).toBe(40_000);
	}, 60_000);

	test('what it remembers stays small', async () => {
		const node = trigger();
		await node.poll();
		for (let n = 0; n < 1_000; n++) raise(`0123456789-0123456789-0123456789-${n}`, { agoMs: 1_000 - n });
		expect(await node.poll()).toHaveLength(1_000);
		expect(JSON.stringify(node.memory()).length).toBeLessThan(35_000);
		node.sleep(2 * 60 * minute);
		orion.server.indicators.all.length = 0;
		await node.poll();
		expect(node.memory().seen).toEqual({});
	});
});

describe('filters', () => {
	test.each([
		[{ statuses: ['Pending'] }, ['a']],
		[{ statuses: ['InProgress', 'Closed'] }, ['b']],
		[{ severities: ['Critical'] }, ['a']],
		[{ huntingRule: 'Rule B' }, ['b']],
		[{ machineName: 'PC-A' }, ['a']],
		[{ clientId: 'C-B' }, ['b']],
	])('%j', async (filters, expected) => {
		const node = trigger({ filters });
		await node.poll();
		raise('a', { status: 'Pending', severity: 1, huntingRule: 'Rule A', machineName: 'PC-A', clientId: 'C-A' });
		raise('b', { status: 'InProgress', severity: 2, huntingRule: 'Rule B', machineName: 'PC-B', clientId: 'C-B' });
		expect(await node.poll()).toEqual(expected);
	});

	test('an indicator that is closed comes out of a trigger for closed ones, once', async () => {
		const node = trigger({
			filters: { statuses: ['Closed'], includeExcluded: true },
			options: { overlapMinutes: 30 * 24 * 60 },
		});
		raise('closed before', { agoMs: 5 * day, status: 'Closed' });
		const open = raise('open', { agoMs: 20 * day });
		expect(await node.poll()).toBeNull();
		orion.server.closeIndicator(open.id, { falsePositive: true });
		expect(await node.poll()).toEqual(['open']);
		expect(await node.poll()).toBeNull();
	});
});

describe('a test in the editor', () => {
	test('shows the latest indicators and leaves the memory as it is', async () => {
		for (let n = 0; n < 5; n++) raise(`i-${n}`, { agoMs: n * day });
		const node = trigger();
		await node.poll();
		const before = JSON.stringify(node.memory());
		const sample = await node.test();
		expect(sample.items?.map(({ json }) => json.id)).toEqual(['i-0', 'i-1', 'i-2']);
		expect(JSON.stringify(sample.staticData)).toBe(before);
		raise('new');
		expect(await node.poll()).toEqual(['new']);
	});

	test('shows nothing where nothing matches', async () => {
		expect((await trigger().test()).items).toBeNull();
	});

	test('says what is wrong with the credential', async () => {
		orion.credentials.cytomicOrionApi.password = 'wrong';
		expect((await trigger().test()).error?.message).toContain('Orion refused the sign-in');
	});
});
