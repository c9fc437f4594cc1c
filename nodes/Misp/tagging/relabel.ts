import type { Problem } from '../../shared/problem';
import type { CompactTag } from '../item';
import type { Misp } from '../transport/connect';
import { attachAll } from './attach';
import { takeOff } from './detach';
import type { Target } from './targets';
import { attachmentOf } from './targets';

/** An event or an attribute, and the tags it had when it was read. */
export interface Tagged extends Omit<Target, 'attached'> {
	tags: readonly CompactTag[];
}

export interface Labels {
	/** Attached first, as local tag. */
	add?: string;
	/** Taken away after that, in this order. */
	remove: readonly string[];
	/** Names an event that loses a global tag until it is published again. */
	publishMark: string;
}

/**
 * Puts one tag in the place of others. Those come off only where the new one is on: whatever breaks in between, the object still carries
 * what says that there is something to do. Events stay published. Resolves to what went wrong, by UUID.
 */
export async function relabel(
	misp: Misp,
	tagged: readonly Tagged[],
	{ add, remove, publishMark }: Labels,
): Promise<Map<string, Problem>> {
	const problems = new Map<string, Problem>();
	const note = (targets: ReadonlyArray<{ uuid: string }>, done: ReadonlyArray<{ problem?: Problem }>): void =>
		targets.forEach(({ uuid }, index) => {
			const problem = done[index]?.problem;
			if (problem) problems.set(uuid, problem);
		});

	if (add !== undefined) {
		const targets = tagged.map(({ tags, ...target }) => ({ ...target, attached: attachmentOf(tags, add) }));
		note(targets, await attachAll(misp, { tag: add, local: true }, targets));
	}
	const leaving = tagged
		.filter(({ uuid }) => !problems.has(uuid))
		.map(({ tags, ...target }) => ({
			...target,
			tags: remove
				.map((name) => ({ name, attached: attachmentOf(tags, name) }))
				.filter(({ attached }) => attached !== 'no'),
		}))
		.filter(({ tags }) => tags.length > 0);
	note(leaving, await takeOff(misp, { keepPublished: true, publishMark }, leaving));
	return problems;
}
