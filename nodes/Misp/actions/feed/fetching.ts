import { asRecord, asText } from '../../json';
import type { Misp } from '../../transport/connect';
import type { Feed } from '../../transport/feeds';
import { awaitJob, latestJob } from '../../transport/jobs';
import type { FeedWait } from './waiting';

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
export async function fetchFeed(misp: Misp, feed: Feed, { waitMs, waiting }: FeedWait): Promise<FeedOutcome> {
	const started = Date.now();
	const report = (outcome: FeedOutcome['outcome'], message: string): FeedOutcome => ({
		id: feed.id,
		name: feed.name,
		source_format: asText(feed.source_format),
		outcome,
		message,
		seconds: Math.round((Date.now() - started) / 1000),
	});

	const after = await latestJob(misp);
	const reading = await misp.ask({
		method: 'POST',
		path: `/feeds/fetchFromFeed/${feed.id}`,
		body: {},
		repeatable: true,
		timeoutMs: fetchTimeoutMs,
	});
	if (reading.kind === 'problem') return report('failed', `${reading.problem.message} ${reading.problem.advice}`);
	const words = asText(asRecord(reading.body).result);
	if (!/queued/i.test(words)) return report('fetched', words);

	const job = await awaitJob(misp, {
		after,
		until: started + waitMs,
		isWanted: ({ type, input }) => type.startsWith('fetch_feed') && input === `Feed: ${feed.id}`,
		...(waiting && { waiting }),
	});
	if (!job) return report('unknown', 'The job is not in the list of jobs in MISP');
	if (job.state === 'done') return report('fetched', job.message);
	if (job.state === 'failed')
		return report(
			'failed',
			`${job.message} See in MISP whether the feed can be previewed; its error log names the cause.`,
		);
	return report('running', job.message);
}
