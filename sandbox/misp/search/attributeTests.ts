import { isSiteAdmin } from '../auth';
import { chooses, parseChoice, parseSwitch, parseWindow, type Choice } from '../filters';
import type { Attribute, User } from '../model';
import type { MispStore } from '../store';
import { parseMoment } from '../time';
import { isUuid } from '../uuid';
import type { AttributeTest, SearchParams } from './params';

/** `first_seen` is a lower bound, `last_seen` an upper one; a list is a range for either. */
export function seenTest(params: SearchParams, now: number): AttributeTest | undefined {
	const first = parseWindow(params['first_seen'], now);
	const last = Array.isArray(params['last_seen'])
		? parseWindow(params['last_seen'], now)
		: until(params['last_seen'], now);
	if (!first && !last) return undefined;
	const inside = (test: ((at: number) => boolean) | undefined, text: string | null): boolean =>
		test === undefined || (text !== null && test(Math.floor(Date.parse(text) / 1000)));
	return ({ firstSeen, lastSeen }) => inside(first, firstSeen) && inside(last, lastSeen);
}

function until(value: unknown, now: number): ((at: number) => boolean) | undefined {
	if (value === undefined) return undefined;
	const end = parseMoment(value, now);
	return 'invalid' in end ? () => false : (at) => at <= end.at;
}

function valueTest(choice: Choice): AttributeTest | undefined {
	// Each half of a composite value is compared on its own; a lone negation therefore never excludes anything
	// ("value1 is not it or value2 is not it"), as on MISP 2.5.1.
	if (choice.any.length === 0 && choice.all.length === 0) return undefined;
	const matches = chooses({ ...choice, none: [] }, { ignoreCase: true });
	return ({ type, value }) => matches(value) || (type.includes('|') && value.split('|').some(matches));
}

/** What UUIDs stand for, as ids. */
export function named(store: MispStore, words: readonly string[]): { attributes: Set<number>; events: Set<number> } {
	const uuids = words.filter(isUuid);
	return {
		attributes: new Set(uuids.flatMap((word) => store.attribute(word)?.id ?? [])),
		events: new Set(uuids.flatMap((word) => store.event(word)?.id ?? [])),
	};
}

export function uuidTest(store: MispStore, words: readonly string[]): AttributeTest {
	const { attributes, events } = named(store, words);
	return (attribute) => attributes.has(attribute.id) || events.has(attribute.event.id);
}

/** Filters on an attribute's own fields that both searches know. */
export function fieldTests(params: SearchParams): AttributeTest[] {
	const tests: AttributeTest[] = [];
	const field = (key: string, read: (attribute: Attribute) => string): void => {
		const choice = parseChoice(params[key]);
		if (!choice) return;
		const matches = chooses(choice);
		tests.push((attribute) => matches(read(attribute)));
	};
	field('type', (attribute) => attribute.type);
	field('category', (attribute) => attribute.category);
	field('object_relation', (attribute) => attribute.objectRelation ?? '');
	const value = parseChoice(params['value']);
	const byValue = value && valueTest(value);
	if (byValue) tests.push(byValue);
	return tests;
}

export function toIdsTest(params: SearchParams): AttributeTest | undefined {
	const toIds = parseSwitch(params['to_ids']);
	return toIds === undefined ? undefined : (attribute) => attribute.toIds === toIds;
}

export function seesAttribute(user: User): AttributeTest {
	if (isSiteAdmin(user)) return () => true;
	return (attribute) => attribute.event.org === user.org || attribute.distribution !== 0;
}
