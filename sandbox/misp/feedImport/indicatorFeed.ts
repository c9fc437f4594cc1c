import { isRecord } from '../../json';
import type { Server } from '../call';
import type { Feed } from '../feeds';
import { parseFreeText } from '../freeText';
import type { MispEvent, User } from '../model';
import { download, parseJson } from './download';
import { text, toIdsOf, type Fetched } from './values';

/** Free-text and CSV downloads are reused for so long. */
const DOWNLOAD_SECONDS = 600;

export interface FeedIndicator {
	readonly type: string;
	readonly value: string;
	readonly toIds: boolean;
}

interface CsvSettings {
	readonly columns: readonly number[];
	readonly delimiter: string;
	readonly exclude: RegExp | undefined;
}

function csvSettings(feed: Feed): CsvSettings {
	const settings = parseJson(feed.settings ?? '');
	const common = isRecord(settings) && isRecord(settings['common']) ? settings['common'] : {};
	const csv = isRecord(settings) && isRecord(settings['csv']) ? settings['csv'] : {};
	const columns = String(csv['value'] ?? '')
		.split(',')
		.map((column) => Number(column.trim()))
		.filter((column) => Number.isInteger(column) && column > 0);
	const expression = text(common['excluderegex']);
	return {
		columns,
		delimiter: text(csv['delimiter']) ?? ',',
		exclude:
			expression === undefined || expression === '' ? undefined : new RegExp(expression.replace(/^\/|\/[a-z]*$/g, '')),
	};
}

/** The indicators of a free-text or CSV download; of CSV only the columns the feed names (all, when it names none). */
export function indicatorsOf(feed: Feed, content: string): FeedIndicator[] {
	const { columns, delimiter, exclude } = csvSettings(feed);
	const kept = content
		.split(/\r?\n/)
		.filter((line) => line.trim() !== '' && !line.startsWith('#') && !exclude?.test(line));
	const cells =
		feed.source_format !== 'csv' || columns.length === 0
			? kept
			: kept.map((line) => {
					const parts = line.split(delimiter).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
					return columns.flatMap((column) => parts[column - 1] ?? []).join('\n');
				});
	return parseFreeText(cells.join('\n')).map(({ type, value, toIds }) => ({
		type,
		value,
		toIds: toIdsOf(feed, type, toIds),
	}));
}

export async function readIndicators(
	server: Server,
	feed: Feed,
): Promise<{ readonly indicators: FeedIndicator[] } | { readonly failed: string }> {
	const now = server.store.now();
	if (!feed.download || now - feed.download.at >= DOWNLOAD_SECONDS) {
		const got = await download(feed.url);
		if ('failed' in got) return got;
		feed.download = { at: now, text: got.text };
	}
	return { indicators: indicatorsOf(feed, feed.download.text) };
}

function feedEvent(server: Server, feed: Feed, creator: User): MispEvent {
	const fixed = feed.fixed_event ? server.store.event(feed.event_id) : undefined;
	if (fixed) return fixed;
	const made = server.store.addEvent({
		info: `${feed.name} feed`,
		creator,
		distribution: Number(feed.distribution),
		threatLevel: 4,
		analysis: 2,
	});
	if (feed.fixed_event) feed.event_id = String(made.id);
	return made;
}

/** Into the feed's fixed event, or a new one each time. With `delta_merge` what left the list is soft-deleted. */
export async function fetchIndicators(server: Server, feed: Feed, creator: User): Promise<Fetched> {
	const got = await readIndicators(server, feed);
	if ('failed' in got) return got;
	// An empty list changes nothing, not even with delta_merge.
	if (got.indicators.length === 0) return { added: 0, updated: 0 };
	const { store } = server;
	const event = feedEvent(server, feed, creator);
	const isNew = event.attributes.length === 0;
	const listed = new Set(got.indicators.map(({ value }) => value));
	const present = new Set(event.attributes.filter(({ deleted }) => !deleted).map(({ value }) => value));
	const missing = got.indicators.filter(({ value }) => !present.has(value));
	const gone = feed.delta_merge ? event.attributes.filter(({ deleted, value }) => !deleted && !listed.has(value)) : [];
	if (missing.length + gone.length === 0) return { added: 0, updated: 0 };
	const now = store.now();
	for (const attribute of gone) {
		attribute.deleted = true;
		attribute.timestamp = now;
	}
	for (const { type, value, toIds } of missing)
		store.addAttribute(event, { type, value, to_ids: toIds, timestamp: now });
	const extra = store.tagById(Number(feed.tag_id));
	if (extra && !event.tags.some(({ tag }) => tag === extra))
		event.tags = [...event.tags, { tag: extra, local: false, relationship: null }];
	store.touch(event);
	if (feed.publish) store.publish(event);
	return isNew ? { added: 1, updated: 0 } : { added: 0, updated: 1 };
}
