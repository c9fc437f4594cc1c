import { tags } from '../world';
import type { Fields, Report, Snapshot, Story, TaggedObject } from './job';

/** An event or attribute as it was and as it is. */
export interface Change {
	readonly was: TaggedObject;
	readonly is: TaggedObject;
}

export function changes({ before, after }: Pick<Story, 'before' | 'after'>): Change[] {
	const now = new Map(after.objects.map((object) => [object.uuid, object]));
	return before.objects.map((was) => ({ was, is: now.get(was.uuid) ?? { ...was, tags: [] } }));
}

/** Locally or globally. */
export const carries = ({ tags: own }: TaggedObject, tag: string): boolean =>
	own.includes(tag) || own.includes(`${tag} (global)`);

export const lost = ({ was, is }: Change, tag: string): boolean => carries(was, tag) && !carries(is, tag);

/** Values that Orion would not have, in the words of the results. */
export function refusedIn({ results, besides = [] }: Report): string[] {
	return [...results, ...besides].flatMap(({ not_done: listed }) => {
		if (!Array.isArray(listed)) return [];
		return listed.flatMap((one: Fields) =>
			one.status === 'failed' && one.reason === 'refused' ? [String(one.value)] : [],
		);
	});
}

/** Whether the IOC (`type:value`) is one of these values. */
export const isAmong = (values: ReadonlySet<string>, key: string): boolean =>
	values.has(key.slice(key.indexOf(':') + 1));

const statuses = ['imported', 'deleted', 'duplicate', 'skipped', 'failed'] as const;
const numberIn = (fields: Fields, name: string): number => Number(fields[name] ?? 0);

/** Counts in = counts out: of every result, and of the totals over all of them. */
export function brokenCounts({ results, besides = [], totals }: Report): string[] {
	const unequal = [...results, ...besides].flatMap((result) => {
		const sum = statuses.reduce((all, status) => all + numberIn(result, status), 0);
		return sum === result.total ? [] : [`${result.event_info}: ${result.total} IOCs, but ${sum} outcomes`];
	});
	const wrong = Object.entries(totals ?? {}).flatMap(([name, total]) => {
		const sum = results.reduce((all, result) => all + numberIn(result, name.replace('sum_', '')), 0);
		return sum === Number(total) ? [] : [`${name} is ${total}, and the results come to ${sum}`];
	});
	return [...unequal, ...wrong];
}

/** Events that were published and no longer are, with nothing to say so; and what a run that ended well left undone about that. */
export function brokenPublishing(story: Story): string[] {
	const events = changes(story).filter(({ was }) => was.kind === 'event');
	const unnamed = events
		.filter(({ was, is }) => was.published && !is.published && !carries(is, tags.publishAgain))
		.map(({ was }) => `${was.name} was published, no longer is, and carries no mark of it`);
	const undone = events
		.filter(({ was, is }) => carries(is, tags.publishAgain) || (was.published && !is.published))
		.map(({ was }) => `the run ended well, and ${was.name} is left unpublished or marked so`);
	return [...unnamed, ...(story.report.error === undefined ? undone : [])];
}

/** What Orion has that nobody asked for. */
export const intruders = ({ after }: Story, expected: ReadonlySet<string>): string[] =>
	after.held.filter((key) => !expected.has(key)).map((key) => `${key} is in Orion, and nobody asked for it`);

/** What may be otherwise than it would have been undisturbed, because the run that broke off said so. */
export interface Excuses {
	/** IOCs that Orion would not have. */
	refused(key: string): boolean;
}

/** Where two ends differ. Attributes have other UUIDs in each world, so names count. */
export function differences(wanted: Snapshot, got: Snapshot, excuses: Excuses): string[] {
	const objects = wanted.objects.flatMap((object, at) => {
		const other = got.objects[at];
		const states = ({ tags: own, published }: TaggedObject) =>
			`${published ? 'published' : 'not published'}, ${own.join(', ')}`;
		const [expected, found] = [states(object), other === undefined ? 'gone' : states(other)];
		return expected === found ? [] : [`${object.name} should end as "${expected}", and is "${found}"`];
	});
	const isExcused = excuses.refused;
	const missing = wanted.held.filter((key) => !got.held.includes(key) && !isExcused(key));
	const surplus = got.held.filter((key) => !wanted.held.includes(key) && !isExcused(key));
	return [
		...objects,
		...missing.map((key) => `${key} should be in Orion in the end`),
		...surplus.map((key) => `${key} should not be in Orion in the end`),
	];
}
