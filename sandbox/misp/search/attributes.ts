import { isOn, parseChoice, parseDeleted, parsePage, parseWindow } from '../filters';
import type { Attribute, User } from '../model';
import type { MispStore } from '../store';
import type { WarninglistIndex } from '../warninglists';
import { fieldTests, seenTest, seesAttribute, toIdsTest, uuidTest } from './attributeTests';
import { eventTests, visibleEvents } from './eventTests';
import { attributeOrder, sortAttributes } from './order';
import type { AttributeTest, SearchParams } from './params';
import { parseTags, tagTest } from './tags';

export interface AttributeResult {
	readonly rows: Attribute[];
	/** `X-Result-Count`: see `pageCount`. */
	readonly resultCount: number;
	/** `X-Skipped-Elements-Count`: dropped from this page by warninglists or decay, after the limit. */
	readonly skipped: number;
}

function attributeTests(store: MispStore, user: User, params: SearchParams): AttributeTest[] {
	const now = store.now();
	const tests: Array<AttributeTest | undefined> = [
		seesAttribute(user),
		...fieldTests(params),
		toIdsTest(params),
		seenTest(params, now),
	];
	for (const key of ['timestamp', 'attribute_timestamp']) {
		const inside = parseWindow(params[key], now);
		if (inside) tests.push((attribute) => inside(attribute.timestamp));
	}
	const tags = parseTags(params['tags']);
	if (tags) tests.push(tagTest(tags));
	const uuids = parseChoice(params['uuid']);
	if (uuids) tests.push(uuidTest(store, uuids.any));
	const deleted = parseDeleted(params['deleted']);
	tests.push((attribute) => deleted(attribute.deleted));
	return tests.filter((test) => test !== undefined);
}

/**
 * Without `order` the database answers in the order of whichever index it took. By event that is a stable order; by type
 * another stable one; by time alone, rows of the same second change places from page to page, so that paging loses some
 * and sends others twice.
 */
function naturalOrder(rows: Attribute[], params: SearchParams, page: number): Attribute[] {
	if (parseChoice(params['eventid']) || parseChoice(params['uuid'])) return rows;
	if (parseChoice(params['tags'])) return sortAttributes(rows, []);
	if (parseChoice(params['type'])) return sortAttributes(rows, [{ field: 'type', descending: false }]);
	const byTime = ['timestamp', 'attribute_timestamp'].some((key) => params[key] !== undefined);
	if (!byTime) return sortAttributes(rows, []);
	return sortAttributes(rows, [
		{ field: 'timestamp', descending: false },
		{ field: 'id', descending: page % 2 === 0 },
	]);
}

export function searchAttributes(
	store: MispStore,
	user: User,
	params: SearchParams,
	warninglists: WarninglistIndex,
): AttributeResult {
	const tests = attributeTests(store, user, params);
	const found: Attribute[] = [];
	for (const event of visibleEvents(store, user, eventTests(params, store.now()))) {
		for (const attribute of event.attributes) {
			if (tests.every((test) => test(attribute))) found.push(attribute);
		}
	}
	const paging = parsePage(params);
	const clauses = attributeOrder(params['order']);
	const ordered = clauses.length > 0 ? sortAttributes(found, clauses) : naturalOrder(found, params, paging?.page ?? 1);
	const raw =
		paging && paging.limit !== Infinity
			? ordered.slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
			: ordered;
	const rows = isOn(params['enforceWarninglist'])
		? raw.filter(({ type, value }) => warninglists.hits(type, value).length === 0)
		: raw;
	return {
		rows,
		resultCount: pageCount(raw.length, rows.length, paging),
		skipped: raw.length - rows.length,
	};
}

/**
 * With a limit, one more than was read when the page came out full, and when it came out empty. So a page that was full
 * and of which something was suppressed counts exactly `limit`, with more to come; the one after the last counts 1.
 */
function pageCount(raw: number, kept: number, paging: { limit: number } | undefined): number {
	if (!paging) return raw;
	return kept === 0 || kept >= paging.limit || paging.limit === Infinity ? raw + 1 : raw;
}
