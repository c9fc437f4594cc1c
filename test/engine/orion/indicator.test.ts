import { attribute, md5, orionForTests } from './orion';

const orion = orionForTests();
const day = 86_400_000;
const daysAgo = (days: number) => Date.now() - days * day;

/** So many indicators up to now, the last one the newest. */
const seed = (count: number, spacingMs: number) => {
	const start = Date.now() - count * spacingMs;
	for (let n = 0; n < count; n++) orion.server.indicators.seed({ id: `i-${n}`, timestamp: start + n * spacingMs });
};

const ids = (run: { json: Array<Record<string, unknown>> }) => run.json.map(({ id }) => id);
const alertRequests = () => orion.requests().filter(({ path }) => path.includes('/alerts/'));

describe('what an indicator looks like', () => {
	const hit = async () => {
		const computer = orion.server.estate.seedComputer({ machineName: 'PC-ACCOUNTS' });
		await orion.run('ioc.import', {}, { input: [attribute({ type: 'md5', value: md5(10) })] });
		orion.server.raiseHit({ iocValue: md5(10), muid: computer.muid });
		return computer;
	};

	test.each(['documented', 'camel'] as const)(
		'names in one spelling, severity and status as words, ISO times, and the IOC among its observables (%s)',
		async (fieldCase) => {
			orion.server.behaviour.fieldCase = fieldCase;
			const computer = await hit();
			const run = await orion.run('indicator.getMany');
			expect(run.json).toMatchObject([
				{
					muid: computer.muid,
					clientId: computer.clientId,
					machineName: 'PC-ACCOUNTS',
					severity: 'High',
					status: 'Pending',
					huntingRule: 'IOC real-time search',
					timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
					details: { IocType: 'FileHashIoc' },
					observables: [{ type: 'hash', value: md5(10) }],
				},
			]);
		},
	);

	test('raw, where it is not to be simplified', async () => {
		await hit();
		const run = await orion.run('indicator.getMany', { simple: false });
		expect(run.json).toMatchObject([
			{ MUID: expect.any(String), severity: 2, details: expect.stringContaining('IocValue') },
		]);
	});

	test('without details, where they are not wanted', async () => {
		await hit();
		const run = await orion.run('indicator.getMany', { filters: { includeDetails: false } });
		expect(run.json).toMatchObject([{ details: null, observables: [] }]);
	});
});

describe('any period', () => {
	test('of years is asked for in parts of less than a month, and each indicator comes once, the newest first', async () => {
		for (let n = 0; n < 800; n++) orion.server.indicators.seed({ id: `i-${n}`, timestamp: daysAgo(n) });
		const run = await orion.run('indicator.getMany', { returnAll: true, period: 'lastDays', days: 730 });
		expect(run.error).toBeUndefined();
		expect(ids(run)).toEqual(Array.from({ length: 730 }, (_, n) => `i-${n}`));
		expect(alertRequests().length).toBe(27);
	});

	test('with more than 30,000 indicators in a part comes whole', async () => {
		seed(70_000, 1_000);
		const run = await orion.run('indicator.getMany', { returnAll: true, days: 7, filters: { includeDetails: false } });
		expect(run.json).toHaveLength(70_000);
		expect(new Set(ids(run)).size).toBe(70_000);
		expect(run.hints).toEqual([]);
	}, 240_000);

	test('between two times, in the time zone of the workflow or one of their own', async () => {
		orion.server.indicators.seed({ id: 'in', timestamp: Date.parse('2026-03-10T12:00:00Z') });
		orion.server.indicators.seed({ id: 'out', timestamp: Date.parse('2026-03-12T12:00:00Z') });
		const run = await orion.run('indicator.getMany', {
			period: 'between',
			from: '2026-03-10T00:00:00',
			to: '2026-03-11T00:00:00+02:00',
		});
		expect(ids(run)).toEqual(['in']);
		const day = await orion.run('indicator.getMany', { period: 'between', from: '2026-03-10' });
		expect(ids(day)).toEqual(['out', 'in']);
	});

	test.each([
		[{ period: 'between', from: 'yesterday' }, '"From" is "yesterday", which is no time'],
		[{ period: 'between', from: '2026-03-11', to: '2026-03-10' }, '"From" is later than "To"'],
		[{ period: 'between', from: "={{ '' }}" }, '"From" is empty'],
		[{ period: 'lastDays', days: -1 }, '"Days" is -1'],
	])('that is none is refused: %j', async (parameters, message) => {
		const run = await orion.run('indicator.getMany', parameters);
		expect(run.error?.message).toBe(message);
	});

	test('only as many as wanted, without reading further', async () => {
		for (let n = 0; n < 100; n++) orion.server.indicators.seed({ id: `i-${n}`, timestamp: daysAgo(n) });
		const run = await orion.run('indicator.getMany', { limit: 5, days: 365 });
		expect(ids(run)).toEqual(['i-0', 'i-1', 'i-2', 'i-3', 'i-4']);
		expect(alertRequests()).toHaveLength(1);
	});
});

describe('filters', () => {
	beforeEach(() => {
		const { indicators } = orion.server;
		indicators.seed({
			id: 'a',
			severity: 1,
			status: 'Pending',
			huntingRule: 'Rule A',
			machineName: 'PC-1',
			muid: 'M1',
			clientId: 'C1',
			caseId: 'K1',
		});
		indicators.seed({ id: 'b', severity: 2, status: 'InProgress', huntingRule: 'Rule B' });
		indicators.seed({ id: 'c', severity: 4, status: 'Closed', huntingRule: 'Rule B' });
		indicators.seed({ id: 'x', severity: 9, status: 'Closed', excluded: true });
	});
	test.each([
		[{}, ['a', 'b', 'c']],
		[{ statuses: ['Closed'] }, ['c']],
		[{ statuses: ['Pending', 'InProgress'] }, ['a', 'b']],
		[{ severities: ['Critical', 'High'] }, ['a', 'b']],
		[{ severities: ['Undefined'], includeExcluded: true }, ['x']],
		[{ huntingRule: 'Rule B' }, ['b', 'c']],
		[{ machineName: 'PC-1' }, ['a']],
		[{ muid: 'M1' }, ['a']],
		[{ clientId: 'C1' }, ['a']],
		[{ caseId: 'K1' }, ['a']],
		[{ includeExcluded: true }, ['a', 'b', 'c', 'x']],
	])('%j', async (filters, expected) => {
		const run = await orion.run('indicator.getMany', { filters });
		expect(ids(run).sort()).toEqual(expected);
	});
});

test('without the permission, the message says which one to give', async () => {
	orion.server.permissions.getIndicators = false;
	expect((await orion.run('indicator.getMany')).error?.description).toContain('"Get indicators"');
});
