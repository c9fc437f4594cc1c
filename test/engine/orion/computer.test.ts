import type { Computer } from '../../../sandbox/orion';
import { orionForTests } from './orion';

const orion = orionForTests();
let accounts: Computer;
let sales: Computer;
beforeEach(() => {
	accounts = orion.server.estate.seedComputer({ machineName: 'PC-ACCOUNTS' });
	sales = orion.server.estate.seedComputer({ machineName: 'PC-SALES' });
});

describe('looking up computers', () => {
	test('by MUID', async () => {
		const run = await orion.run('computer.get', { muid: accounts.muid });
		expect(run.json).toEqual([
			{
				muid: accounts.muid,
				machineName: 'PC-ACCOUNTS',
				clientId: '',
				clientName: 'Sandbox Client One',
				creationDate: new Date(accounts.creationDate).toISOString(),
				clientCreationDate: new Date(accounts.creationDate).toISOString(),
				lastSeen: new Date(accounts.lastSeen).toISOString(),
			},
		]);
	});

	test('with full details', async () => {
		const run = await orion.run('computer.get', { muid: accounts.muid, fullDetails: true });
		expect(run.json).toMatchObject([{ clientId: accounts.clientId, isOnline: true, isIsolated: false }]);
	});

	test('one that Orion does not know', async () => {
		const run = await orion.run('computer.get', { muid: 'ABC' });
		expect(run.error).toMatchObject({
			message: 'Orion knows no computer with the MUID "ABC"',
			description: expect.stringContaining('find the computer by its name'),
		});
	});

	test('by a part of the name', async () => {
		const run = await orion.run('computer.findByName', { clientId: accounts.clientId, name: 'pc-' });
		expect(run.json).toEqual([
			{ clientId: accounts.clientId, muid: accounts.muid, machineName: 'PC-ACCOUNTS' },
			{ clientId: accounts.clientId, muid: sales.muid, machineName: 'PC-SALES' },
		]);
		expect((await orion.run('computer.findByName', { clientId: accounts.clientId, name: 'x/../y' })).json).toEqual([]);
	});

	test('by name, where the answer is bare MUIDs', async () => {
		orion.server.faults.add({ path: /machine-name/, answer: { status: 200, body: ['A', 'B'] } });
		const run = await orion.run('computer.findByName', { clientId: 'c', name: 'x' });
		expect(run.json).toEqual([
			{ clientId: 'c', muid: 'A' },
			{ clientId: 'c', muid: 'B' },
		]);
	});
});

describe('isolating and rebooting', () => {
	const muids = () => `${accounts.muid}, ${sales.muid}`;

	test('isolates, and lets back', async () => {
		const run = await orion.run('computer.isolate', { muids: muids(), confirm: true });
		expect(run.json).toEqual([
			{ action: 'isolate', muid: accounts.muid, accepted: true },
			{ action: 'isolate', muid: sales.muid, accepted: true },
		]);
		expect([accounts.isolated, sales.isolated]).toEqual([true, true]);
		await orion.run('computer.stopIsolating', { muids: muids(), confirm: true });
		expect([accounts.isolated, sales.isolated]).toEqual([false, false]);
	});

	test.each(['isolate', 'stopIsolating', 'reboot'])('does nothing without being confirmed (%s)', async (operation) => {
		const run = await orion.run(`computer.${operation}`, { muids: muids() });
		expect(run.error?.message).toBe('"Confirm" is off, so no computer was touched');
		expect(orion.requests()).toHaveLength(0);
	});

	test('says for each computer whether Orion took it', async () => {
		const run = await orion.run('computer.reboot', { muids: `${accounts.muid},UNKNOWN`, confirm: true });
		expect(run.json).toEqual([
			{ action: 'reboot', muid: accounts.muid, accepted: true },
			{ action: 'reboot', muid: 'UNKNOWN', accepted: false, message: 'The computer was not found.', errorCode: '1' },
		]);
		expect(run.hints.join()).toContain('1 of 2 computers');
	});

	test('restarts a computer once, however many items name it', async () => {
		const run = await orion.run(
			'computer.reboot',
			{ muids: '={{ $json.muid }}', confirm: true },
			{ input: [{ muid: accounts.muid }, { muid: accounts.muid.toLowerCase() }, { muid: '' }, { muid: [sales.muid] }] },
		);
		expect(run.json).toMatchObject([
			{ muid: null, accepted: false, message: 'The item names no computer' },
			{ muid: accounts.muid },
			{ muid: sales.muid },
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 2 },
			[{ item: 0 }, { item: 1 }],
			[{ item: 3 }],
		]);
		expect([accounts.reboots, sales.reboots]).toEqual([1, 1]);
	});

	test.each([
		['the connection breaks off', { drop: true }],
		['an error comes', { answer: { status: 502, body: '<html>' } }],
		['the answer is cut off', { truncate: true }],
	])('never sends a reboot twice: %s', async (_, fault) => {
		orion.server.faults.add({ path: /reboot/, ...fault });
		const run = await orion.run('computer.reboot', { muids: muids(), confirm: true });
		expect(run.error?.message).toContain('Whether Orion took the request is not known, so it was not sent again');
		expect(run.error?.description).toContain("See in Orion's console");
		expect(orion.requests()).toHaveLength(1);
		expect(accounts.reboots).toBeLessThanOrEqual(1);
	});

	test('a reboot that Orion cannot have seen is sent again: token refused, too many requests', async () => {
		await orion.run('computer.get', { muid: accounts.muid });
		orion.server.revokeTokens();
		orion.server.faults.add({
			path: /reboot/,
			times: 1,
			answer: { status: 429, headers: { 'retry-after': '0' }, body: {} },
		});
		const run = await orion.run('computer.reboot', { muids: accounts.muid, confirm: true });
		expect(run.json).toMatchObject([{ accepted: true }]);
		expect(accounts.reboots).toBe(1);
	});

	test('isolation does no harm twice, so it is sent again', async () => {
		orion.server.faults.add({ path: /isolate/, times: 2, drop: true });
		const run = await orion.run('computer.isolate', { muids: accounts.muid, confirm: true });
		expect(run.json).toMatchObject([{ accepted: true }]);
	});

	test('without the permission, nothing is accepted and the message says which one to give', async () => {
		orion.server.permissions.restartComputers = false;
		const run = await orion.run('computer.reboot', { muids: accounts.muid, confirm: true });
		expect(run.error?.description).toContain('"Restart computers"');
	});
});

describe('as a tool of an AI agent', () => {
	const asTool = { type: 'cytomicOrionTool' };

	test.each(['computer.isolate', 'computer.stopIsolating', 'computer.reboot'])(
		'%s is refused, even where it is confirmed',
		async (operation) => {
			const run = await orion.run(operation, { muids: accounts.muid, confirm: true }, asTool);
			expect(run.error).toMatchObject({
				message: expect.stringMatching(/^AI agents may not run ".+" here$/),
				description: expect.stringContaining('"Allow AI Agents"'),
			});
			expect(orion.requests()).toHaveLength(0);
			expect(accounts).toMatchObject({ isolated: false, reboots: 0 });
		},
	);

	test('so are deleting IOCs and free requests', async () => {
		for (const operation of ['ioc.delete', 'request.send']) {
			const run = await orion.run(operation, operation === 'request.send' ? { path: '/x' } : {}, asTool);
			expect(run.error?.message).toContain('AI agents may not run');
		}
	});

	test('it runs where the person who built the workflow allowed it', async () => {
		const run = await orion.run('computer.isolate', { muids: accounts.muid, confirm: true, allowAgents: true }, asTool);
		expect(run.json).toMatchObject([{ accepted: true }]);
	});

	test('an agent cannot allow itself', async () => {
		const run = await orion.run(
			'computer.isolate',
			{ muids: accounts.muid, confirm: true, allowAgents: '={{ true }}' },
			asTool,
		);
		expect(run.error?.message).toContain('AI agents may not run');
	});

	test('looking up is open to agents', async () => {
		expect((await orion.run('computer.get', { muid: accounts.muid }, asTool)).json).toMatchObject([
			{ machineName: 'PC-ACCOUNTS' },
		]);
	});
});
