import { asRecord, asRecords, asText } from '../json';
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

/** The latest jobs; undefined where MISP runs without background jobs, and then does all at once. */
export async function listJobs(misp: Misp): Promise<Job[] | undefined> {
	const reading = await misp.ask({ method: 'GET', path: '/jobs/index' });
	if (reading.kind === 'problem') {
		if (reading.problem.code === 'jobs_off') return undefined;
		throw problemOf(reading.problem);
	}
	return asRecords(reading.body).map(({ Job }) => {
		const job = asRecord(Job);
		return {
			id: Number(job.id),
			type: asText(job.job_type),
			input: asText(job.job_input),
			state: states[asText(job.status)] ?? 'running',
			message: asText(job.message),
			progress: Number(job.progress),
			worker: asText(job.worker),
			created: asText(job.date_created),
			modified: asText(job.date_modified),
		};
	});
}
