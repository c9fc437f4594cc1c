import type { IDataObject } from 'n8n-workflow';
import { asNumber, asRecord, asRecords, asText } from '../../json';
import type { Misp } from '../../transport/connect';
import type { Feed } from '../../transport/feeds';

/** What a look into a feed at its source showed. */
export interface FeedSample extends IDataObject {
	/** Indicators looked at. */
	read: number;
	/** Those of them that are for detection (to_ids), by MISP type. */
	types: IDataObject;
	/** What was looked at, in words. */
	from: string;
	/** Why nothing was looked at; '' where something was. */
	problem: string;
}

interface Indicator {
	type: string;
	toIds: boolean;
}

/** MISP shows a CSV or free-text feed in pages of so many rows, and takes no limit (2.5.1). */
const rowsPerPage = 60;
/** Pages and events looked at of a feed: enough for a share in tens of per cent. */
const pagesRead = 3;
const eventsRead = 5;

/** Of a feed that could not be looked into. */
export const noSample = (problem: string): FeedSample => ({ read: 0, types: {}, from: '', problem });

/** Reads a part of a feed from its source, as its preview shows it; nothing of it is stored. `values`: how many the cache has. */
export async function sampleFeed(misp: Misp, feed: Feed, values: number): Promise<FeedSample> {
	return feed.source_format === 'misp' ? await sampleEvents(misp, feed) : await sampleRows(misp, feed, values);
}

/** GET /feeds/previewIndex/{id}/page:{n}: pages from the beginning, and from a third and two thirds of the way. */
async function sampleRows(misp: Misp, feed: Feed, values: number): Promise<FeedSample> {
	const pages = Math.ceil(values / rowsPerPage);
	const wanted = new Set(Array.from({ length: pagesRead }, (_, part) => 1 + Math.floor((pages * part) / pagesRead)));
	const rows = new Map<string, Indicator>();
	for (const page of wanted) {
		const reading = await misp.ask({ method: 'GET', path: `/feeds/previewIndex/${feed.id}/page:${page}` });
		if (reading.kind === 'problem') {
			// The source may shrink while it is read; without the first page there is nothing to go by.
			if (page === 1) return noSample(reading.problem.message);
			break;
		}
		for (const row of asRecords(reading.body))
			rows.set(asText(row.value), { type: asText(row.default_type), toIds: forDetection(feed, row.to_ids) });
	}
	return count([...rows.values()], `${rows.size} of ${Math.max(values, rows.size)} values`);
}

/** GET /feeds/previewIndex/{id} lists the events (the first 60), GET /feeds/previewEvent/{id}/{uuid} reads one: the newest are taken. */
async function sampleEvents(misp: Misp, feed: Feed): Promise<FeedSample> {
	const index = await misp.ask({ method: 'GET', path: `/feeds/previewIndex/${feed.id}` });
	if (index.kind === 'problem') return noSample(index.problem.message);
	const events = Object.entries(asRecord(index.body)).sort(
		([, a], [, b]) => asNumber(asRecord(b).timestamp) - asNumber(asRecord(a).timestamp),
	);
	const indicators: Indicator[] = [];
	let read = 0;
	let trouble = '';
	for (const [uuid] of events.slice(0, eventsRead)) {
		const reading = await misp.ask({ method: 'GET', path: `/feeds/previewEvent/${feed.id}/${uuid}` });
		if (reading.kind === 'problem') {
			trouble = reading.problem.message;
			continue;
		}
		read++;
		indicators.push(
			...attributesOf(asRecord(asRecord(reading.body).Event)).map(({ type, to_ids: toIds }) => ({
				type: asText(type),
				toIds: forDetection(feed, toIds),
			})),
		);
	}
	return read === 0 && trouble !== ''
		? noSample(trouble)
		: count(indicators, `${indicators.length} attributes of its ${read} newest events`);
}

const attributesOf = (event: IDataObject): IDataObject[] =>
	[event, ...asRecords(event.Object)]
		.flatMap(({ Attribute }) => asRecords(Attribute))
		.filter(({ deleted }) => deleted !== true);

/** The feed's own settings have the last word when MISP fetches it. A preview has 0 and 1, an event false and true. */
function forDetection({ override_ids: none, force_to_ids: all }: Feed, toIds: unknown): boolean {
	if (none === true) return false;
	return all === true || ['true', '1'].includes(asText(toIds));
}

function count(indicators: Indicator[], from: string): FeedSample {
	if (indicators.length === 0) return noSample('The feed shows no indicators.');
	const types: Record<string, number> = {};
	for (const { type, toIds } of indicators) if (toIds) types[type] = (types[type] ?? 0) + 1;
	return { read: indicators.length, types, from, problem: '' };
}
