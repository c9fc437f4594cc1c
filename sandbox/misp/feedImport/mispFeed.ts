import { isRecord } from '../../json';
import type { Server } from '../call';
import type { Feed } from '../feeds';
import type { User } from '../model';
import { download, parseJson } from './download';
import { importFeedEvent } from './feedEvent';
import { number, type Fetched } from './values';

/** `manifest.json`: uuid → what is in the event. */
export async function readManifest(
	feed: Feed,
): Promise<{ readonly events: Record<string, unknown> } | { readonly failed: string }> {
	const got = await download(`${feed.url.replace(/\/$/, '')}/manifest.json`);
	if ('failed' in got) return got;
	const manifest = parseJson(got.text);
	return isRecord(manifest) ? { events: manifest } : { failed: `${feed.url}/manifest.json is not a MISP manifest` };
}

export async function readFeedEvent(
	feed: Feed,
	uuid: string,
): Promise<{ readonly event: Record<string, unknown> } | { readonly failed: string }> {
	const got = await download(`${feed.url.replace(/\/$/, '')}/${uuid}.json`);
	if ('failed' in got) return got;
	const body = parseJson(got.text);
	const event = isRecord(body) && isRecord(body['Event']) ? body['Event'] : undefined;
	return event ? { event } : { failed: `${uuid}.json is not a MISP event` };
}

export async function fetchMisp(server: Server, feed: Feed, creator: User): Promise<Fetched> {
	const manifest = await readManifest(feed);
	if ('failed' in manifest) return manifest;
	const done = { added: 0, updated: 0 };
	for (const [uuid, entry] of Object.entries(manifest.events)) {
		const known = server.store.event(uuid);
		// The manifest tells what is worth downloading.
		if (known && isRecord(entry) && (number(entry['timestamp']) ?? Infinity) <= known.timestamp) continue;
		const got = await readFeedEvent(feed, uuid);
		if ('failed' in got) continue;
		const outcome = importFeedEvent(server, feed, creator, got.event);
		if (outcome === 'added') done.added++;
		if (outcome === 'updated') done.updated++;
	}
	return done;
}
