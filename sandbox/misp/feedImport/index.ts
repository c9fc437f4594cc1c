import type { Server } from '../call';
import type { Feed } from '../feeds';
import type { User } from '../model';
import { fetchIndicators, readIndicators } from './indicatorFeed';
import { fetchMisp, readFeedEvent, readManifest } from './mispFeed';
import { attributesOf, halves, type Fetched } from './values';

export { importFeedEvent } from './feedEvent';
export { readFeedEvent, readIndicators, readManifest };

export function fetchFeed(server: Server, feed: Feed, creator: User): Promise<Fetched> {
	if (feed.source_format === 'misp') return fetchMisp(server, feed, creator);
	if (feed.source_format === 'csv' || feed.source_format === 'freetext') return fetchIndicators(server, feed, creator);
	return Promise.resolve({ failed: `unknown format ${feed.source_format}` });
}

/** Notes every value of the feed, for look-ups and comparisons. */
export async function cacheFeed(server: Server, feed: Feed): Promise<boolean> {
	const cache = new Map<string, Set<string>>();
	const note = (value: string, uuid?: string): void => {
		const events = cache.get(value) ?? new Set<string>();
		if (uuid !== undefined) events.add(uuid);
		cache.set(value, events);
	};
	if (feed.source_format === 'misp') {
		const manifest = await readManifest(feed);
		if ('failed' in manifest) return false;
		for (const uuid of Object.keys(manifest.events)) {
			const got = await readFeedEvent(feed, uuid);
			if ('failed' in got) continue;
			for (const { given } of attributesOf(got.event)) for (const part of halves(given)) note(part, uuid);
		}
	} else {
		const got = await readIndicators(server, feed);
		if ('failed' in got) return false;
		for (const { value } of got.indicators) note(value);
	}
	feed.cache = cache;
	feed.cache_timestamp = server.store.now();
	return true;
}
