import { asNumber, asRecord, asText, asTime } from '../../json';
import type { Misp } from '../../transport/connect';
import type { Feed } from '../../transport/feeds';
import { listFeeds } from '../../transport/feeds';
import { awaitJob, latestJob } from '../../transport/jobs';
import type { FeedWait } from './waiting';

export interface CacheOutcome {
	id: string;
	name: string;
	/** `running`: still under way in MISP when waiting ended. `off`: caching is switched off for the feed. */
	outcome: 'cached' | 'failed' | 'running' | 'off';
	/** Of the cache as it is now, in ISO 8601; '' where there is none. */
	cached_at: string;
	message: string;
}

/** Caching without background workers answers when all is done. */
const cacheTimeoutMs = 15 * 60_000;

const secondsOf = (feed: Feed): number => asNumber(feed.cache_timestamp);

/**
 * Caches feeds, each with a job of its own, and looks at the age of each cache afterwards: MISP's answer is the same
 * whether or not a feed could be read.
 */
export async function cacheFeed(misp: Misp, feed: Feed, { waitMs, waiting }: FeedWait): Promise<CacheOutcome> {
	const started = Date.now();
	const report = (outcome: CacheOutcome['outcome'], message: string, seconds = secondsOf(feed)): CacheOutcome => ({
		id: feed.id,
		name: feed.name,
		outcome,
		cached_at: seconds > 0 ? asTime(seconds) : '',
		message,
	});
	if (feed.caching_enabled !== true)
		return report('off', 'Caching is switched off for this feed: switch it on with this operation or with Update.');

	const after = await latestJob(misp);
	const { body } = await misp.post(`/feeds/cacheFeeds/${feed.id}`, {}, { timeoutMs: cacheTimeoutMs });
	const words = asText(asRecord(body).message);
	if (/job initiated/i.test(words)) {
		const job = await awaitJob(misp, {
			after,
			until: started + waitMs,
			isWanted: ({ type, input }) => type === 'cache_feeds' && (input === feed.id || input === `Feed: ${feed.id}`),
			...(waiting && { waiting }),
		});
		if (job?.state === 'failed') return report('failed', job.message);
		if (job && job.state !== 'done') return report('running', job.message);
	}
	const cached = (await listFeeds(misp)).find(({ id }) => id === feed.id) ?? feed;
	const isNew = secondsOf(cached) !== secondsOf(feed) || secondsOf(cached) * 1000 >= started - 1000;
	return isNew
		? report('cached', words, secondsOf(cached))
		: report('failed', 'MISP could not read this feed. Check its URL, and that the MISP server reaches it.');
}
