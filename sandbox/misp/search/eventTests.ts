import { maySee } from '../auth';
import { chooses, parseChoice, parseSwitch, parseWindow, type Choice } from '../filters';
import type { MispEvent, User } from '../model';
import type { MispStore } from '../store';
import type { EventTest, SearchParams } from './params';

const isUuid = (word: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(word);

function sameEvent(word: string): EventTest {
	return isUuid(word) ? (event) => event.uuid === word.toLowerCase() : (event) => String(event.id) === word;
}

function byEvent(choice: Choice): EventTest {
	const any = choice.any.map(sameEvent);
	const none = choice.none.map(sameEvent);
	return (event) => (any.length === 0 || any.some((test) => test(event))) && !none.some((test) => test(event));
}

function byOrganisation(choice: Choice): EventTest {
	const test =
		(word: string): EventTest =>
		({ orgc }) =>
			String(orgc.id) === word || orgc.name === word || orgc.uuid === word;
	const any = choice.any.map(test);
	const none = choice.none.map(test);
	return (event) =>
		(any.length === 0 || any.some((matches) => matches(event))) && !none.some((matches) => matches(event));
}

function dayWindow(params: SearchParams): EventTest | undefined {
	const from = params['from'];
	const to = params['to'];
	if (from === undefined && to === undefined) return undefined;
	const day = (value: unknown): string => String(value).slice(0, 10);
	return ({ date }) => (from === undefined || date >= day(from)) && (to === undefined || date <= day(to));
}

/** Filters that both searches apply to the event. `timestamp` is not among them: it means another thing in each. */
export function eventTests(params: SearchParams, now: number): EventTest[] {
	const tests: Array<EventTest | undefined> = [dayWindow(params)];
	const choice = (key: string, make: (choice: Choice) => EventTest): void => {
		const parsed = parseChoice(params[key]);
		if (parsed) tests.push(make(parsed));
	};
	const window = (key: string, at: (event: MispEvent) => number): void => {
		const inside = parseWindow(params[key], now);
		if (inside) tests.push((event) => inside(at(event)));
	};
	choice('eventid', byEvent);
	choice('org', byOrganisation);
	choice('threat_level_id', (wanted) => {
		const matches = chooses(wanted);
		return (event) => matches(String(event.threatLevel));
	});
	choice('analysis', (wanted) => {
		const matches = chooses(wanted);
		return (event) => matches(String(event.analysis));
	});
	choice('eventinfo', (wanted) => {
		const matches = chooses(wanted, { ignoreCase: true });
		return (event) => matches(event.info);
	});
	choice('sharinggroup', (wanted) => {
		const matches = chooses(wanted);
		return (event) => matches(String(event.sharingGroupId));
	});
	window('event_timestamp', (event) => event.timestamp);
	window('last', (event) => event.publishTimestamp);
	window('publish_timestamp', (event) => event.publishTimestamp);
	const published = parseSwitch(params['published']);
	if (published !== undefined) tests.push((event) => event.published === published);
	return tests.filter((test) => test !== undefined);
}

export function visibleEvents(store: MispStore, user: User, tests: readonly EventTest[]): MispEvent[] {
	const found: MispEvent[] = [];
	for (const event of store.events.values()) {
		if (maySee(user, event) && tests.every((test) => test(event))) found.push(event);
	}
	return found;
}
