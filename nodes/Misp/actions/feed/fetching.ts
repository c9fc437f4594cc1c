import { sleep } from 'n8n-workflow';
import { asRecord, asText } from '../../json';
import { limits } from '../../limits';
import type { Misp } from '../../transport/connect';
import type { Feed } from '../../transport/feeds';
import type { Job } from '../../transport/jobs';
import { listJobs } from '../../transport/jobs';

export interface FeedOutcome {
	id: string;
	name: string;
	source_format: string;
	/** `running`: still under way in MISP when waiting ended. `unknown`: its job is no longer in MISP's list. */
	outcome: 'fetched' | 'failed' | 'running' | 'unknown';
	/** MISP's words. */
	message: string;
	seconds: number;
}

/** A synchronous fetch answers when all is done: some 40 s for 20,000 attributes. */
const fetchTimeoutMs = 15 * 60_000;

/**
 * Fetches one feed and waits for what comes of it. With background workers MISP answers "Pull queued" even where the feed
 * can't be reached, and only the job tells. The number of events in MISP's answer is not passed on: it said 1 for 10.
 */
export async function fetchFeed(misp: Misp, feed: Feed, waitMs: number): Promise<FeedOutcome> {
	const started = Date.now();
	const report = (outcome: FeedOutcome['outcome'], message: string): FeedOutcome => ({
		id: feed.id,
		name: feed.name,
		source_format: asText(feed.source_format),
		outcome,
		message,
		seconds: Math.round((Date.now() - started) / 1000),
	});

	const latest = Math.max(0, ...((await listJobs(misp)) ?? []).map(({ id }) => id));
	const reading = await misp.ask({
		method: 'POST',
		path: `/feeds/fetchFromFeed/${feed.id}`,
		body: {},
		repeatable: true,
		timeoutMs: fetchTimeoutMs,
	});
	if (reading.kind === 'problem') return report('failed', `${reading.problem.message}. ${reading.problem.advice}`);
	const words = asText(asRecord(reading.body).result);
	if (!/queued/i.test(words)) return report('fetched', words);

	const job = await jobOf(misp, feed, latest, started + waitMs);
	if (!job) return report('unknown', 'The job is not in the list of jobs in MISP');
	if (job.state === 'done') return report('fetched', job.message);
	if (job.state === 'failed') return report('failed', `${job.message} See in MISP whether the feed can be previewed; its error log names the cause.`);
	return report('running', job.message);
}

/** The job that this fetch started, once it has ended or time is up. */
async function jobOf(misp: Misp, feed: Feed, after: number, until: number): Promise<Job | undefined> {
	for (;;) {
		const jobs = (await listJobs(misp)) ?? [];
		const job = jobs.find(({ id, type, input }) => id > after && type.startsWith('fetch_feed') && input === `Feed: ${feed.id}`);
		if (job?.state === 'done' || job?.state === 'failed') return job;
		if (Date.now() >= until) return job;
		await sleep(limits.pollMs);
	}
}
