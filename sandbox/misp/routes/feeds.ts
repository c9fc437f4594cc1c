import { isRecord } from '../../json';
import { internal, notAllowed, notFound, ok, redirect, refused, saved, type Answer } from '../answers';
import { isSiteAdmin, may } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { asList, isOn } from '../filters';
import { cacheFeed, fetchFeed, importFeedEvent, readFeedEvent, readIndicators, readManifest } from '../feedImport';
import { assignFeed, DEFAULT_FEEDS, feedShape, type Feed } from '../feeds';
import { TYPE_DEFAULTS } from '../attributeTypes';

/** What MISP stores for `rules` when a feed is edited without any. */
const NO_RULES = '{"tags":{"OR":[],"NOT":[]},"orgs":{"OR":[],"NOT":[]},"url_params":""}';

const fetchMessage = 'Pull queued for background execution.';
const completed = 'Fetching the feed has successfully completed.';

/** A key that is not a site admin's sees feeds only where they are made visible (`lookup_visible`): here none. */
function seen(call: Call): readonly Feed[] {
	return isSiteAdmin(call.user) ? call.server.feeds.feeds : [];
}

function pick(call: Call, message: string): Feed {
	const feed = seen(call).find(({ id }) => String(id) === call.args[0]);
	if (!feed) throw notFound(message);
	return feed;
}

function index(call: Call): Answer {
	const scope = call.named['scope'] ?? textOf(fields(call)['scope']);
	const wanted = (feed: Feed): boolean =>
		scope === 'enabled' ? feed.enabled : scope === 'custom' ? !feed.default : scope === 'default' ? feed.default : true;
	return ok(
		seen(call)
			.filter(wanted)
			.map((feed) => ({
				Feed: {
					...feedShape(feed),
					cache_timestamp: feed.cache_timestamp === false ? false : String(feed.cache_timestamp),
				},
			})),
	);
}

function overlap(feed: Feed, other: Feed): number {
	let count = 0;
	for (const value of feed.cache.keys()) if (other.cache.has(value)) count++;
	return count;
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 100) / whole));

/** The share of a feed's values that these others have too, in per cent with two decimals. */
function share(feed: Feed, others: readonly Feed[]): number {
	if (feed.cache.size === 0) return 0;
	let covered = 0;
	for (const value of feed.cache.keys()) if (others.some((other) => other.cache.has(value))) covered++;
	return Math.round((covered * 10_000) / feed.cache.size) / 100;
}

function view(call: Call): Answer {
	const feed = pick(call, 'Invalid Feed.');
	const others = call.server.feeds.feeds.filter((other) => other !== feed && other.cache.size > 0);
	return ok({
		Feed: {
			...feedShape(feed),
			cached_elements: feed.cache.size,
			coverage_by_other_feeds: `${share(feed, others)}%`,
		},
	});
}

function add(call: Call): Answer {
	const given = fields(call, 'Feed');
	if (textOf(given['url']) === undefined) throw internal();
	return ok({ Feed: feedShape(call.server.feeds.add(given)) });
}

function edit(call: Call): Answer {
	const feed = pick(call, 'Invalid Feed.');
	const given = fields(call, 'Feed');
	if (given['url'] === '')
		return refused('Could not edit feed', '/feeds/edit', {
			url: ['This field cannot be left blank'],
		});
	assignFeed(feed, given);
	feed.rules ??= NO_RULES;
	return ok({ Feed: feedShape(feed) });
}

function remove(call: Call): Answer {
	const feed = pick(call, 'Invalid Feed.');
	call.server.feeds.delete(feed);
	return saved('Feed deleted.', `/feeds/delete/${feed.id}`, feed.id);
}

function setEnabled(enabled: boolean) {
	return (call: Call): Answer => {
		const feed = call.server.feeds.byId(call.args[0]);
		// 405 here, 404 everywhere else.
		if (!feed) throw notAllowed('Invalid Feed.');
		feed.enabled = enabled;
		const message = enabled ? 'Feed enabled.' : 'Feed disabled.';
		return ok({ name: message, message, url: call.path });
	};
}

/** `/feeds/toggleSelected/{enable}/{caching}/[ids]` */
function toggleSelected(call: Call): Answer {
	const [enable, caching, list = '[]'] = call.args;
	const ids: unknown = JSON.parse(list);
	for (const id of asList(ids)) {
		const feed = call.server.feeds.byId(id);
		if (!feed) continue;
		if (isOn(caching)) feed.caching_enabled = isOn(enable);
		else feed.enabled = isOn(enable);
	}
	return redirect(`${call.server.baseUrl}/feeds`);
}

// Fetching

function queueFetch(call: Call, feed: Feed, type: string): void {
	call.server.jobs.queue({
		worker: 'default',
		type,
		input: `Feed: ${feed.id}`,
		org: call.user.org,
		message: 'Starting fetch from Feed.',
		done: 'Job done.',
		delayMs: 0,
		work: async () => !('failed' in (await fetchFeed(call.server, feed, call.user))),
	});
}

async function fetchFromFeed(call: Call): Promise<Answer> {
	const feed = pick(call, 'Invalid feed.');
	if (!feed.enabled) return ok({ result: 'Feed is currently not enabled. Make sure you enable it.' });
	if (call.server.jobs.enabled) {
		queueFetch(call, feed, 'fetch_feeds');
		return ok({ result: fetchMessage });
	}
	const fetched = await fetchFeed(call.server, feed, call.user);
	if ('failed' in fetched) return ok({ result: 'Fetching the feed has failed.' });
	// For MISP feeds with anything new or updated it always says 1, however many there were.
	const counted =
		feed.source_format === 'misp' && fetched.added + fetched.updated > 0 ? ' Downloaded 1 new event(s).' : '';
	return ok({ result: `${completed}${counted}` });
}

async function fetchFromAllFeeds(call: Call): Promise<Answer> {
	const enabled = call.server.feeds.feeds.filter((feed) => feed.enabled);
	if (call.server.jobs.enabled) {
		for (const feed of enabled) queueFetch(call, feed, 'fetch_feed');
		return ok({ result: fetchMessage });
	}
	// Says "completed" whatever became of each.
	for (const feed of enabled) await fetchFeed(call.server, feed, call.user);
	return ok({ result: completed });
}

const SCOPES: Readonly<Record<string, (feed: Feed) => boolean>> = {
	all: () => true,
	misp: ({ source_format }) => source_format === 'misp',
	csv: ({ source_format }) => source_format === 'csv',
	freetext: ({ source_format }) => source_format === 'freetext',
};

async function cacheFeeds(call: Call): Promise<Answer> {
	const [scope = 'all'] = call.args;
	const inScope = SCOPES[scope] ?? (({ id }: Feed) => String(id) === scope);
	const wanted = call.server.feeds.feeds.filter((feed) => feed.caching_enabled && inScope(feed));
	const work = async (): Promise<boolean> => {
		const done = await Promise.all(wanted.map((feed) => cacheFeed(call.server, feed)));
		return done.every((succeeded) => succeeded);
	};
	const url = '/feeds/cacheFeed';
	if (call.server.jobs.enabled) {
		call.server.jobs.queue({
			worker: 'default',
			type: 'cache_feeds',
			input: scope,
			org: call.user.org,
			message: 'Starting feed caching.',
			done: 'Job done.',
			delayMs: 0,
			work,
		});
		return saved('Feed caching job initiated.', url);
	}
	await work();
	return saved('Caching the feeds has successfully completed.', url);
}

// Looking into feeds

/** CSV and free-text feeds are shown in pages of so many rows, whatever limit is asked for. */
const PREVIEW_ROWS = 60;

async function previewIndex(call: Call): Promise<Answer> {
	const feed = pick(call, 'Invalid feed.');
	const away = redirect(`${call.server.baseUrl}/feeds`);
	if (feed.source_format === 'misp') {
		const manifest = await readManifest(feed);
		return 'failed' in manifest ? away : ok(manifest.events);
	}
	const got = await readIndicators(call.server, feed);
	if ('failed' in got) return away;
	const from = (Math.max(numberOf(call.named['page']) ?? 1, 1) - 1) * PREVIEW_ROWS;
	return ok(
		got.indicators.slice(from, from + PREVIEW_ROWS).map(({ type, value, toIds }) => ({
			types: [type],
			default_type: type,
			value,
			original_value: value,
			category: TYPE_DEFAULTS.get(type)?.category ?? 'Other',
			to_ids: Number(toIds),
		})),
	);
}

async function previewEvent(call: Call): Promise<Answer> {
	const feed = pick(call, 'Invalid feed.');
	if (feed.source_format !== 'misp') throw internal();
	const got = await readFeedEvent(feed, call.args[1] ?? '');
	if ('failed' in got) throw internal();
	return ok({ Event: got.event });
}

/** One event of a feed: the same redirect whether it came or not. */
async function getEvent(call: Call): Promise<Answer> {
	const feed = pick(call, 'Invalid feed.');
	if (feed.enabled) {
		const got = await readFeedEvent(feed, call.args[1] ?? '');
		if ('event' in got) importFeedEvent(call.server, feed, call.user, got.event);
	}
	return redirect(`${call.server.baseUrl}/feeds/previewIndex/${feed.id}`);
}

function cacheHit(call: Call, feed: Feed, value: string) {
	const head = {
		id: String(feed.id),
		name: feed.name,
		url: feed.url,
		source_format: feed.source_format,
	};
	const base = `${call.server.baseUrl}/feeds`;
	if (feed.source_format !== 'misp')
		return {
			Feed: {
				...head,
				type: 'Feed',
				direct_urls: [{ url: `${base}/previewIndex/${feed.id}`, name: `Feed ${feed.id}` }],
			},
		};
	const uuids = [...(feed.cache.get(value) ?? [])];
	return {
		Feed: {
			...head,
			uuid: uuids,
			direct_urls: uuids.map((uuid) => ({
				url: `${base}/previewEvent/${feed.id}/${uuid}`,
				name: `Event ${uuid}`,
			})),
			type: 'MISP Feed',
		},
	};
}

function searchCaches(call: Call): Answer {
	if (!may(call.user, 'view_feed_correlations')) return ok([]);
	const given = typeof call.body === 'string' ? [call.body] : (fields(call)['value'] ?? call.named['value']);
	const hits = (value: string): unknown[] =>
		call.server.feeds.feeds.filter(({ cache }) => cache.has(value)).map((feed) => cacheHit(call, feed, value));
	if (!Array.isArray(given)) return ok(typeof given === 'string' ? hits(given) : []);
	const found = given
		.flatMap((value) => textOf(value) ?? [])
		.map((value) => [value, hits(value)] as const)
		.filter(([, list]) => list.length > 0);
	return ok(found.length === 0 ? [] : Object.fromEntries(found));
}

function compared(feed: Feed) {
	return {
		id: String(feed.id),
		input_source: feed.input_source,
		source_format: feed.source_format,
		url: feed.url,
		provider: feed.provider,
		name: feed.name,
		default: feed.default,
		values: feed.cache.size,
	};
}

function compareFeeds(call: Call): Answer {
	if (!may(call.user, 'view_feed_correlations')) return ok([]);
	const cached = call.server.feeds.feeds.filter(({ cache_timestamp }) => cache_timestamp !== false);
	return ok(
		cached.map((feed) => ({
			Feed: {
				...compared(feed),
				ComparedFeed: cached
					.filter((other) => other !== feed)
					.map((other) => {
						const count = overlap(feed, other);
						return {
							...compared(other),
							overlap_count: count,
							overlap_percentage: percent(count, feed.cache.size),
						};
					}),
			},
		})),
	);
}

/** A bare number: per cent of the feed's values that the chosen feeds have; 0 when none are chosen, and for unknown feeds. */
function feedCoverage(call: Call): Answer {
	const feed = call.server.feeds.byId(call.args[0]);
	const chosen = asList(isRecord(call.body) ? call.body['Feed'] : undefined).map(String);
	const others = call.server.feeds.feeds.filter((other) => other !== feed && chosen.includes(String(other.id)));
	return ok(feed ? share(feed, others) : 0);
}

// Loading and importing

function loadDefaultFeeds(call: Call): Answer {
	for (const given of DEFAULT_FEEDS) {
		if (!call.server.feeds.feeds.some(({ url }) => url === given.url)) call.server.feeds.add(given, true);
	}
	return saved('Default feed metadata loaded.', '/feeds/loadDefaultFeeds');
}

function feedsSent(body: unknown): unknown[] {
	const wrapped = isRecord(body) && isRecord(body['Feed']) ? body['Feed']['json'] : undefined;
	if (typeof wrapped !== 'string') return asList(body);
	const parsed: unknown = JSON.parse(wrapped);
	return asList(parsed);
}

function importFeeds(call: Call): Answer {
	const sent = feedsSent(call.body).flatMap((one) =>
		isRecord(one) && isRecord(one['Feed']) ? [one['Feed']] : isRecord(one) ? [one] : [],
	);
	if (sent.some((given) => numberOf(given['url']) === undefined && textOf(given['url']) === undefined))
		throw internal();
	const fresh = sent.filter((given) => !call.server.feeds.feeds.some(({ url }) => url === given['url']));
	for (const given of fresh) call.server.feeds.add(given);
	return saved(fresh.length === 0 ? 'No new feeds to add.' : `${fresh.length} new feeds added.`, '/feeds/importFeeds');
}

const siteAdmin = (run: (call: Call) => Answer | Promise<Answer>) => ({ needs: 'site_admin', run }) as const;

export const feeds: Controller = {
	index: { run: index },
	view: { run: view },
	add: siteAdmin(add),
	edit: siteAdmin(edit),
	delete: siteAdmin(remove),
	enable: siteAdmin(setEnabled(true)),
	disable: siteAdmin(setEnabled(false)),
	toggleSelected: siteAdmin(toggleSelected),
	fetchFromFeed: siteAdmin(fetchFromFeed),
	fetchFromAllFeeds: siteAdmin(fetchFromAllFeeds),
	cacheFeeds: siteAdmin(cacheFeeds),
	previewIndex: { run: previewIndex },
	previewEvent: { run: previewEvent },
	getEvent: siteAdmin(getEvent),
	searchCaches: { run: searchCaches },
	compareFeeds: { run: compareFeeds },
	feedCoverage: { run: feedCoverage },
	loadDefaultFeeds: { ...siteAdmin(loadDefaultFeeds), post: 'crash' },
	importFeeds: { ...siteAdmin(importFeeds), post: 'crash' },
};
