import { Chance } from '../../sandbox/feeds/chance';
import { WITHOUT_EDITOR } from '../../sandbox/n8n/environment';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer, WebhookAnswer } from '../../sandbox/n8n/server';
import { type Course, follow } from './crash/course';
import { type Job, remove, type Rules, syncRemove, syncUpload, upload } from './crash/jobs';
import { arm, inWords, pointAt, sharesOf } from './crash/killing';
import { differences, install, startWorld, stateOf, type World } from './crash/world';

// Another seed gives other points: `CRASH_SEED=2 npm run test:e2e crash`. `CRASH_KILLS` makes it longer.
const SEED = process.env['CRASH_SEED'] || '1';
const KILLS = Number(process.env['CRASH_KILLS'] || 20);
// One after the other in the same world, since a run that goes on with the rest may be killed too. Then a run comes to its end.
const KILLS_PER_WORLD = 3;
const JOBS: readonly Job[] = [upload, remove, syncUpload, syncRemove];

interface Round {
	world: World;
	rules: Rules;
	/** Starts a run, as the clock would, and says how it ended. */
	run(): Promise<WebhookAnswer>;
}

describe(`n8n killed with SIGKILL at random points (CRASH_SEED=${SEED})`, () => {
	const kills = Math.ceil(KILLS / JOBS.length);
	let n8n: N8n;
	let server: N8nServer;

	beforeAll(async () => {
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball, variables: WITHOUT_EDITOR }));
		server = await n8n.start();
	});
	// A test that failed may have left it killed.
	beforeEach(async () => await server.start());
	afterAll(async () => await n8n?.remove());

	/** Makes a new world with the job ready in n8n, and closes it when `use` is done with it. */
	async function inNewWorld<T>(job: Job, path: string, use: (round: Round) => Promise<T>): Promise<T> {
		const world = await startWorld();
		try {
			const rules = job.seed(world);
			await install(server, world, await job.workflow(path));
			return await use({ world, rules, run: async () => await server.callWebhook(path) });
		} finally {
			await world.close();
		}
	}

	async function undisturbed(job: Job): Promise<{ state: string[]; course: Course }> {
		return await inNewWorld(job, `${job.name}-undisturbed`, async ({ world, rules, run }) => {
			const following = follow(world);
			expect(await run()).toEqual({ kind: 'ok' });
			const course = following.end();
			expect(rules.left()).toBe(0);
			expect(rules.broken()).toEqual([]);
			return { state: stateOf(world), course };
		});
	}

	describe.each(JOBS)('$name of $size IOCs', (job) => {
		it(`comes to the end of an undisturbed run after ${kills} kills, and at no time was anything lost`, async () => {
			const chance = new Chance(`${SEED} ${job.name}`);
			const shares = sharesOf(chance, kills);
			const { state, course } = await undisturbed(job);
			const story = [
				`${job.name}, CRASH_SEED=${SEED}: undisturbed, ${course.steps.length} requests in ${Math.round(course.ms)} ms`,
			];
			let killed = 0;

			const expectNothingWrong = (wrong: readonly string[]) => {
				if (wrong.length > 0) throw new Error([...wrong, '', ...story].join('\n'));
			};

			/** Whether n8n was killed in the middle of the work. The point does not come where less was left to do than it seemed. */
			async function killIn({ world, rules, run }: Round, share: number): Promise<boolean> {
				const left = rules.left();
				const point = pointAt(chance, course, { share, left });
				const armed = arm(world, point, async () => await server.kill());
				const answer = await run();
				const scene = await armed.settle();
				const percent = (part: number) => `${Math.round(part * 100)} %`;
				const what = scene
					? `killed ${scene.afterMs} ms after the start; under way: ${scene.underWay.join(', ') || 'no request'}`
					: 'came to its end before';
				story.push(
					`${percent(share)} of a run for ${percent(left)} of the work, ${inWords(point)}: ${what}; ${percent(rules.left())} left`,
				);
				const broken = rules.broken();
				await server.start();
				expectNothingWrong(broken);
				if (answer.kind === 'failed') expectNothingWrong([`The run failed: ${answer.said}`]);
				return scene !== undefined && answer.kind === 'lost';
			}

			for (let nth = 1; killed < kills; nth++) {
				await inNewWorld(job, `${job.name}-${nth}`, async (round) => {
					const last = Math.min(kills, killed + KILLS_PER_WORLD);
					while (killed < last && round.rules.left() > 0 && (await killIn(round, shares[killed] ?? 0))) killed++;
					const answer = await round.run();
					story.push(`The next run: ${answer.kind}`);
					expectNothingWrong([
						...(answer.kind === 'ok' ? [] : [`The run after the kills did not succeed: ${JSON.stringify(answer)}`]),
						...round.rules.broken(),
						...differences(stateOf(round.world), state),
					]);
				});
			}
			console.info([...story, `${killed} kills survived`].join('\n'));
		});
	});
});
