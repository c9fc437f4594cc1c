import { isOn, parseChoice, parseDeleted, parsePage, parseWindow, type OrderClause } from '../filters';
import type { Attribute, User } from '../model';
import type { MispStore } from '../store';
import type { WarninglistIndex } from '../warninglists';
import { fieldTests, seenTest, seesAttribute, toIdsTest, uuidTest } from './attributeTests';
import { eventTests, visibleEvents } from './eventTests';
import { attributeOrder, sortAttributes } from './order';
import type { AttributeTest, SearchParams } from './params';
import { parseTags, tagTest } from './tags';

type Paging = NonNullable<ReturnType<typeof parsePage>>;

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
	const paging = parsePage(params);
	const raw = rawPage(store, user, params, paging);
	const rows = isOn(params['enforceWarninglist'])
		? raw.filter(({ type, value }) => warninglists.hits(type, value).length === 0)
		: raw;
	return {
		rows,
		resultCount: pageCount(raw.length, rows.length, paging),
		skipped: raw.length - rows.length,
	};
}

/** The rows that MISP's database gives, before warninglists are looked at. */
function rawPage(store: MispStore, user: User, params: SearchParams, paging: Paging | undefined): Attribute[] {
	const clauses = attributeOrder(params['order']);
	const found = matching(store, user, params);
	const start = paging && paging.limit !== Infinity ? (paging.page - 1) * paging.limit : 0;
	const end = paging && paging.limit !== Infinity ? start + paging.limit : Infinity;
	if (store.isByChange && isByChange(clauses)) return slice(found, start, end);
	const rows = [...found];
	const ordered = clauses.length > 0 ? sortAttributes(rows, clauses) : naturalOrder(rows, params, paging?.page ?? 1);
	return ordered.slice(start, end);
}

function* matching(store: MispStore, user: User, params: SearchParams): Generator<Attribute, void> {
	const tests = attributeTests(store, user, params);
	const now = store.now();
	// In such a store an attribute changes with its event, so an event outside the window has nothing inside.
	const inside = store.isByChange ? parseWindow(params['timestamp'], now) : undefined;
	for (const event of visibleEvents(store, user, eventTests(params, now))) {
		if (inside && !inside(event.timestamp)) continue;
		for (const attribute of event.attributes) if (tests.every((test) => test(attribute))) yield attribute;
	}
}

/** Rows start to end, read no further than that. */
function slice(rows: Iterable<Attribute>, start: number, end: number): Attribute[] {
	const taken: Attribute[] = [];
	let at = 0;
	for (const row of rows) {
		if (at >= start) taken.push(row);
		if (++at >= end) break;
	}
	return taken;
}

const isByChange = (clauses: readonly OrderClause[]): boolean =>
	clauses.map(({ field, descending }) => (descending ? '' : field)).join() === 'timestamp,id';

/**
 * With a limit, one more than was read when the page came out full, and when it came out empty. So a page that was full
 * and of which something was suppressed counts exactly `limit`, with more to come; the one after the last counts 1.
 */
function pageCount(raw: number, kept: number, paging: Paging | undefined): number {
	if (!paging) return raw;
	return kept === 0 || kept >= paging.limit || paging.limit === Infinity ? raw + 1 : raw;
}
