import { setTimeout as pause } from 'node:timers/promises';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { type QueueN8n, startQueueMode, type Worker } from '../../sandbox/n8n/queue';
import type { WebhookAnswer } from '../../sandbox/n8n/server';
import { type Job, remove, type Rules, upload } from './crash/jobs';
import { arm, type KillPoint } from './crash/killing';
import { differences, install, startWorld, stateOf, type World } from './crash/world';

interface Round {
	world: World;
	rules: Rules;
	/** Starts a run, as the clock would, and says how it ended. */
	run(): Promise<WebhookAnswer>;
}

const WORK_DONE_TIMEOUT_MS = 120_000;
const POLL_MS = 200;

async function until(isSo: () => boolean): Promise<void> {
	for (const deadline = Date.now() + WORK_DONE_TIMEOUT_MS; !isSo(); await pause(POLL_MS))
		if (Date.now() > deadline) throw new Error(`Not so after ${WORK_DONE_TIMEOUT_MS / 1000} s: ${isSo.toString()}`);
}

describe('n8n in queue mode: a main process, two workers, Redis and PostgreSQL', () => {
	let n8n: QueueN8n;
	let rounds = 0;
	const worlds: World[] = [];
	/** What an undisturbed run leaves behind, and the middle of it. */
	const undisturbed = new Map<Job, { state: string[]; middle: KillPoint }>();

	beforeAll(async () => {
		n8n = await withPackedPackage(async (tarball) => await startQueueMode({ tarball }));
	});
	// What the test before has ended comes back, as whoever looks after the servers would see to.
	beforeEach(async () => {
		await n8n.main.start();
		await Promise.all(n8n.workers.map(async (worker) => await worker.start()));
	});
	afterAll(async () => {
		await n8n?.remove();
		for (const world of worlds) await world.close();
	});

	async function begin(job: Job): Promise<Round> {
		const world = await startWorld();
		worlds.push(world);
		const rules = job.seed(world);
		const webhook = `${job.name}-${++rounds}`;
		await install(n8n.main, world, await job.workflow(webhook));
		return { world, rules, run: async () => await n8n.main.callWebhook(webhook) };
	}

	/** Begins a run, and makes trouble in the middle of it: at a request to Orion that is held back meanwhile, and carried out then. */
	async function disturb(job: Job, trouble: (busy: Worker) => Promise<void>) {
		const round = await begin(job);
		const before = n8n.workers.map((worker) => worker.begun());
		const { middle } = wanted(job);
		const { over } = arm(round.world, middle, async () => {
			const busy = n8n.workers.find((worker, n) => worker.begun() > (before[n] ?? 0));
			if (busy === undefined) throw new Error('No worker has begun the run');
			await trouble(busy);
		});
		const answer = round.run();
		await over;
		expect(round.rules.broken()).toEqual([]);
		expect(round.rules.left()).toBeGreaterThan(0);
		return { ...round, answer };
	}

	function wanted(job: Job) {
		const known = undisturbed.get(job);
		if (known === undefined) throw new Error(`${job.name} was not run undisturbed before`);
		return known;
	}

	async function expectNextRunToFinish(
		job: Job,
		{ world, rules, run }: Round,
		otherRunToEnd: () => Promise<void> = async () => await Promise.resolve(),
	): Promise<void> {
		expect(await run()).toEqual({ kind: 'ok' });
		expect(rules.broken()).toEqual([]);
		await otherRunToEnd();
		expect(differences(stateOf(world), wanted(job).state)).toEqual([]);
	}

	it.each([upload, remove])('$name does its work on $size IOCs, on a worker', async (job) => {
		const { world, rules, run } = await begin(job);
		expect(await run()).toEqual({ kind: 'ok' });
		expect(rules.left()).toBe(0);
		expect(rules.broken()).toEqual([]);
		expect(n8n.workers.map((worker) => worker.begun())).not.toEqual([0, 0]);
		const request = Math.ceil(world.orion.requests.length / 2);
		undisturbed.set(job, {
			state: stateOf(world),
			middle: { server: 'orion', request, moment: 'before it is answered', delayMs: 0 },
		});
	});

	// n8n itself declares the broken-off run failed after one or two minutes, and does not take it up again.
	it.each([upload, remove])('what a killed worker leaves of $name, the next run finishes on the other', async (job) => {
		const round = await disturb(job, async (busy) => await busy.kill());
		await expectNextRunToFinish(job, round);
	});

	it('with the main process killed, the worker finishes its run all the same', async () => {
		const { world, rules, run } = await disturb(upload, async () => await n8n.main.kill());
		await until(() => rules.left() === 0);
		expect(rules.broken()).toEqual([]);
		await n8n.main.start();
		await expectNextRunToFinish(upload, { world, rules, run });
	});

	// The worker goes on with the run that Redis has forgotten, so that the next one overtakes it.
	it('with Redis killed and started again empty, the next run finishes at the latest', async () => {
		let isOver = () => false;
		const round = await disturb(upload, async (busy) => {
			// The next run may be given to the same worker.
			const open = () => busy.begun() - busy.ran();
			const before = open();
			isOver = () => open() < before || !busy.running();
			await n8n.redis.kill();
			await n8n.redis.start();
		});
		await expectNextRunToFinish(upload, round, async () => await until(() => isOver()));
	});

	it('a worker that is asked to end finishes its run first', async () => {
		let asked: Worker | undefined;
		const { answer, ...round } = await disturb(upload, async (busy) => {
			asked = busy;
			busy.signal('SIGTERM');
			await Promise.resolve();
		});
		await asked?.ended();
		expect(await answer).toEqual({ kind: 'ok' });
		expect(round.rules.left()).toBe(0);
		await expectNextRunToFinish(upload, round);
	});
});
