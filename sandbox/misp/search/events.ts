import { isOn, like, parseChoice, parseDeleted, parsePage, parseWindow } from '../filters';
import type { Attribute, MispEvent, User } from '../model';
import type { MispStore } from '../store';
import type { WarninglistIndex } from '../warninglists';
import { fieldTests, named, seesAttribute, toIdsTest } from './attributeTests';
import { eventTests, visibleEvents } from './eventTests';
import { eventOrder, sortEvents } from './order';
import type { EventTest, SearchParams } from './params';
import { carries, eventTagTest, onlyEventTags, parseTags } from './tags';

export interface EventResult {
	readonly rows: Array<{ readonly event: MispEvent; readonly attributes: Attribute[] }>;
	/** `X-Result-Count`: all matching events, whatever the limit. */
	readonly resultCount: number;
}

/** Events that hold a matching attribute; type, category and value choose the event, not which attributes it shows. */
function holdsTest(params: SearchParams): EventTest | undefined {
	const tests = fieldTests(params);
	if (tests.length === 0) return undefined;
	const deleted = parseDeleted(params['deleted']);
	return (event) =>
		event.attributes.some((attribute) => deleted(attribute.deleted) && tests.every((test) => test(attribute)));
}

function uuidEventTest(store: MispStore, words: readonly string[]): EventTest {
	const { attributes, events } = named(store, words);
	const holders = new Set([...attributes].map((id) => store.attribute(id)?.event.id));
	return (event) => events.has(event.id) || holders.has(event.id);
}

/** Text that is an event's info, an attribute's value or a comment, whole unless it brings its own `%`. */
function anywhereTest(word: string): EventTest {
	const matches = like(word, { ignoreCase: true });
	return (event) =>
		matches(event.info) || event.attributes.some(({ value, comment }) => matches(value) || matches(comment));
}

export function searchEvents(
	store: MispStore,
	user: User,
	params: SearchParams,
	warninglists: WarninglistIndex,
): EventResult {
	const now = store.now();
	const tests: Array<EventTest | undefined> = [
		...eventTests({ ...params, published: params['published'] === false ? undefined : params['published'] }, now),
		holdsTest(params),
	];
	const inside = parseWindow(params['timestamp'], now);
	if (inside) tests.push((event) => inside(event.timestamp));
	const attributeInside = parseWindow(params['attribute_timestamp'], now);
	if (attributeInside)
		tests.push((event) => event.attributes.some((attribute) => attributeInside(attribute.timestamp)));
	const tags = parseTags(params['tags']);
	if (tags) tests.push(eventTagTest(tags));
	const eventTags = parseTags(params['event_tags']);
	if (eventTags) tests.push(onlyEventTags(eventTags));
	const uuids = parseChoice(params['uuid']);
	if (uuids) tests.push(uuidEventTest(store, uuids.any));
	const searchAll = params['searchall'];
	if (typeof searchAll === 'string' && searchAll !== '') tests.push(anywhereTest(searchAll));

	const deleted = parseDeleted(params['deleted']);
	const toIds = toIdsTest(params);
	const sees = seesAttribute(user);
	const shown = (event: MispEvent): Attribute[] =>
		event.attributes.filter(
			(attribute) =>
				deleted(attribute.deleted) &&
				sees(attribute) &&
				(!toIds || toIds(attribute)) &&
				!(tags && tags.none.some((matches) => carries(attribute.tags, matches))),
		);
	// `to_ids` leaves out the events in which nothing is left to show.
	const found = visibleEvents(
		store,
		user,
		tests.filter((test) => test !== undefined),
	).filter((event) => !toIds || shown(event).length > 0);
	const ordered = sortEvents(found, eventOrder(params['order']));
	const paging = parsePage(params);
	const raw =
		paging && paging.limit !== Infinity
			? ordered.slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
			: ordered;
	// `published: false` is applied after counting and paging, unlike `published: 0`.
	const page = params['published'] === false ? raw.filter((event) => !event.published) : raw;
	const enforced = isOn(params['enforceWarninglist']);
	return {
		resultCount: found.length,
		rows: page.map((event) => {
			const attributes = shown(event);
			return {
				event,
				attributes: enforced
					? attributes.filter(({ type, value }) => warninglists.hits(type, value).length === 0)
					: attributes,
			};
		}),
	};
}
