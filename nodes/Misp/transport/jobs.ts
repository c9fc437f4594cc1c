import { sleep } from 'n8n-workflow';
import { asNumber, asRecord, asRecords, asText } from '../json';
import { limits } from '../limits';
import type { Misp } from './connect';
import { problemOf } from './connect';

/** How a background job stands. MISP's own `failed` and `job_status` say only how the process ended: `status` is what counts. */
export type JobState = 'waiting' | 'running' | 'failed' | 'done';

const states: Record<string, JobState> = { '0': 'waiting', '1': 'waiting', '2': 'running', '3': 'failed', '4': 'done' };

export interface Job {
	id: number;
	type: string;
	/** What the job works on, in MISP's words: "Feed: 3", "Event ID: 23". */
	input: string;
	state: JobState;
	message: string;
	progress: number;
	worker: string;
	created: string;
	modified: string;
}

/** Without a number MISP lists the latest 20: on a busy server a long job would soon be gone from there. */
const listed = 100;

/** The latest jobs, newest first; undefined where MISP runs without background jobs, and then does all at once. */
export async function listJobs(misp: Misp, count: number = listed): Promise<Job[] | undefined> {
	const reading = await misp.ask({ method: 'GET', path: `/jobs/index/limit:${count}` });
	if (reading.kind === 'problem') {
		if (reading.problem.code === 'jobs_off') return undefined;
		throw problemOf(reading.problem);
	}
	return asRecords(reading.body).map(({ Job }) => {
		const job = asRecord(Job);
		return {
			id: asNumber(job.id),
			type: asText(job.job_type),
			input: asText(job.job_input),
			state: states[asText(job.status)] ?? 'running',
			message: asText(job.message),
			progress: asNumber(job.progress),
			worker: asText(job.worker),
			created: asText(job.date_created),
			modified: asText(job.date_modified),
		};
	});
}

/** Number of the latest job, to tell those that follow from it; 0 where there was none. */
export const latestJob = async (misp: Misp): Promise<number> =>
	Math.max(0, ...((await listJobs(misp)) ?? []).map(({ id }) => id));

/** MISP notes a job before it answers; one that is not listed after so many looks will not come. */
const looksForUnlisted = 5;

export interface AwaitedJob {
	/** Number of the latest job before. */
	after: number;
	/** When waiting ends, in ms since 1970. */
	until: number;
	isWanted: (job: Job) => boolean;
	/** Called at each look that finds the job under way, or not listed yet. */
	waiting?: (job: Job | undefined) => void;
}

/** The first job after job number `after` that `isWanted`, once it has ended or time is up. */
export async function awaitJob(
	misp: Misp,
	{ after, until, isWanted, waiting = () => {} }: AwaitedJob,
): Promise<Job | undefined> {
	for (let unlisted = 0; ; ) {
		const jobs = (await listJobs(misp)) ?? [];
		const job = jobs.find((one) => one.id > after && isWanted(one));
		if (job?.state === 'done' || job?.state === 'failed') return job;
		if (!job) unlisted++;
		if (Date.now() >= until || unlisted >= looksForUnlisted) return job;
		waiting(job);
		await sleep(limits.pollMs);
	}
}
