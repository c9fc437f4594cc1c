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
export const carries = ({ tags }: TaggedObject, tag: string): boolean =>
	tags.includes(tag) || tags.includes(`${tag} (global)`);

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

/** Events that were published and no longer are, without a word. */
export function brokenPublishing(story: Story): string[] {
	if (story.report.error !== undefined) return [];
	return changes(story).flatMap(({ was, is }) =>
		was.kind === 'event' && was.published && !is.published
			? [`${was.name} was published, no longer is, and the run ended well`]
			: [],
	);
}

/** What Orion has that nobody asked for. */
export const intruders = ({ after }: Story, expected: ReadonlySet<string>): string[] =>
	after.held.filter((key) => !expected.has(key)).map((key) => `${key} is in Orion, and nobody asked for it`);

/** What may be otherwise than it would have been undisturbed, because the run that broke off said so. */
export interface Excuses {
	/** IOCs that Orion would not have. */
	refused(key: string): boolean;
	/** An event that lost a global tag, which unpublishes it, and that could not be published again. */
	unpublished: boolean;
}

/** Where two ends differ. Attributes have other UUIDs in each world, so names count. */
export function differences(wanted: Snapshot, got: Snapshot, excuses: Excuses): string[] {
	const objects = wanted.objects.flatMap((object, at) => {
		const other = got.objects[at];
		const states = ({ tags, published }: TaggedObject) =>
			excuses.unpublished ? tags.join(', ') : `${published ? 'published' : 'not published'}, ${tags.join(', ')}`;
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
