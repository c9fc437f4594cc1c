import { Chance } from '../../sandbox/feeds/chance';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import { type Job, remove, type Rules, syncRemove, syncUpload, upload } from './crash/jobs';
import { anyPoint, arm, inWords, type Requests } from './crash/killing';
import { install, startWorld, stateOf, type World } from './crash/world';

// `CRASH_SEED=… npm run test:e2e` repeats a run; `CRASH_KILLS` makes it longer.
const SEED = process.env['CRASH_SEED'] || String(Date.now());
const KILLS = Number(process.env['CRASH_KILLS'] || 22);
// So that not only the first requests of a job are hit: then it comes to its end, and the next one starts afresh.
const KILLS_PER_JOB = 4;
const JOBS: readonly Job[] = [upload, remove, syncUpload, syncRemove];

describe(`n8n killed with SIGKILL at random points (CRASH_SEED=${SEED})`, () => {
	const kills = Math.ceil(KILLS / JOBS.length);
	let n8n: N8n;
	let server: N8nServer;

	beforeAll(async () => {
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		server = await n8n.start();
	});
	afterAll(async () => await n8n?.remove());

	/** A new world, with the job ready in n8n. */
	async function begin(job: Job, path: string) {
		const world = await startWorld();
		try {
			const rules = job.seed(world);
			await install(server, world, await job.workflow(path));
			return { world, rules, run: async () => await server.callWebhook(path) };
		} catch (error) {
			await world.close();
			throw error;
		}
	}

	async function undisturbed(job: Job): Promise<{ state: unknown; requests: Requests }> {
		const { world, rules, run } = await begin(job, `${job.name}-undisturbed`);
		try {
			expect(await run()).toEqual({ kind: 'ok' });
			expect(rules.left()).toBe(0);
			expect(rules.broken()).toEqual([]);
			return {
				state: stateOf(world),
				requests: { misp: world.misp.requests.length, orion: world.orion.requests.length },
			};
		} finally {
			await world.close();
		}
	}

	describe.each(JOBS)('$name of $size IOCs', (job) => {
		it(`comes to the end of an undisturbed run after ${kills} kills, and at no time was anything lost`, async () => {
			const chance = new Chance(`${SEED} ${job.name}`);
			const whole = await undisturbed(job);
			const story: string[] = [];
			let killed = 0;

			async function crashAndGoOn(world: World, rules: Rules, run: () => Promise<{ kind: string }>): Promise<boolean> {
				const point = anyPoint(chance, whole.requests, rules.left());
				const armed = arm(world, point, async () => await server.kill());
				const answer = await run();
				await armed.settle();
				const broken = rules.broken();
				story.push(`${inWords(point)}: ${answer.kind}, ${Math.round(rules.left() * 100)} % left`);
				expect({ broken, story }).toEqual({ broken: [], story });
				await server.start();
				return answer.kind === 'lost';
			}

			for (let world = 1; killed < kills; world++) {
				const path = `${job.name}-${world}`;
				const here = await begin(job, path);
				try {
					for (let crash = 0; crash < KILLS_PER_JOB && killed < kills && here.rules.left() > 0; crash++) {
						if (!(await crashAndGoOn(here.world, here.rules, here.run))) break;
						killed++;
					}
					expect(await here.run()).toEqual({ kind: 'ok' });
					expect({ broken: here.rules.broken(), story }).toEqual({ broken: [], story });
					expect(stateOf(here.world)).toEqual(whole.state);
				} finally {
					await here.world.close();
				}
			}
			console.info(`${job.name}: ${killed} kills survived\n${story.join('\n')}`);
		});
	});
});
