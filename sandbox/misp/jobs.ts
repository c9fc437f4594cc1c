import { randomUUID } from 'node:crypto';
import type { Organisation } from './model';
import { sqlDate } from './time';

export interface Job {
	readonly id: number;
	readonly worker: string;
	readonly type: string;
	readonly input: string;
	/** "0" waiting or running, "4" done, "3" failed: what `status` says. */
	status: '0' | '3' | '4';
	message: string;
	progress: number;
	readonly org: Organisation;
	readonly processId: string;
	readonly created: string;
	modified: string;
}

export interface JobOrder {
	readonly worker: 'prio' | 'default' | 'cache' | 'email' | 'update';
	readonly type: string;
	readonly input: string;
	readonly org: Organisation;
	/** Said while it waits and runs. */
	readonly message: string;
	/** Said when it is done. */
	readonly done: string;
	/** Milliseconds until a worker takes it. */
	readonly delayMs: number;
	/** False for a failure, which is all that MISP tells: the reason is in the server's log. */
	readonly work: () => Promise<boolean>;
}

const FAILED = 'Job failed. See error log for more details.';

/** MISP's background workers. With `enabled` off MISP does the same work before it answers. */
export class JobQueue {
	readonly jobs: Job[] = [];
	private readonly waiting = new Set<NodeJS.Timeout>();
	private readonly running = new Set<Promise<void>>();

	constructor(readonly enabled: boolean) {}

	queue(order: JobOrder): Job {
		const now = sqlDate();
		const job: Job = {
			id: this.jobs.length + 1,
			worker: order.worker,
			type: order.type,
			input: order.input,
			status: '0',
			message: order.message,
			progress: 0,
			org: order.org,
			processId: randomUUID(),
			created: now,
			modified: now,
		};
		this.jobs.push(job);
		const timer = setTimeout(() => {
			this.waiting.delete(timer);
			const run = this.run(job, order).finally(() => this.running.delete(run));
			this.running.add(run);
		}, order.delayMs);
		this.waiting.add(timer);
		return job;
	}

	private async run(job: Job, order: JobOrder): Promise<void> {
		const succeeded = await order.work();
		job.status = succeeded ? '4' : '3';
		job.message = succeeded ? order.done : FAILED;
		job.progress = 100;
		job.modified = sqlDate();
	}

	/** Waits until nothing is queued or running any more. */
	async settled(): Promise<void> {
		while (this.waiting.size > 0 || this.running.size > 0) {
			if (this.running.size > 0) await Promise.all(this.running);
			else await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	async close(): Promise<void> {
		for (const timer of this.waiting) clearTimeout(timer);
		this.waiting.clear();
		await Promise.all(this.running);
	}
}

export function jobShape(job: Job) {
	return {
		Job: {
			id: String(job.id),
			worker: job.worker,
			job_type: job.type,
			job_input: job.input,
			status: job.status,
			retries: '0',
			message: job.message,
			progress: String(job.progress),
			org_id: String(job.org.id),
			process_id: job.processId,
			date_created: job.created,
			date_modified: job.modified,
			// Says only what became of the process: "Completed" for a failed job too, and `failed` never turns true.
			job_status: job.status === '0' ? 'Running' : 'Completed',
			failed: false,
			worker_status: true,
		},
		Org: { id: String(job.org.id), name: job.org.name, uuid: job.org.uuid },
	};
}
