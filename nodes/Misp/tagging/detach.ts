import { inParallel } from '../../shared/inParallel';
import { Problem } from '../../shared/problem';
import { limits } from '../limits';
import type { Misp } from '../transport/connect';
import { problemOf } from '../transport/connect';
import { publishEvent } from '../transport/publishing';
import { proven } from './proof';
import type { Target } from './targets';

export interface Detaching {
	tag: string;
	/** Publish events again that MISP unpublishes because a global tag went. */
	keepPublished: boolean;
	/** Told of each target as it is done. */
	step?: (count: number) => void;
}

/** What became of one target: the tag was taken away, or was not there; or why it stays. */
export interface Detached {
	removed: boolean;
	/** It was there when the target was looked up, and not when it was to be taken away. */
	gone?: true;
	publishedAgain?: true;
	problem?: Problem;
}

/**
 * Takes a tag away from events and attributes; the results are in the order of the targets. POST /tags/removeTagFromObject for each:
 * MISP has no bulk way that leaves the event's state alone.
 */
export async function detachAll(
	misp: Misp,
	{ tag, keepPublished, step = () => undefined }: Detaching,
	targets: readonly Target[],
): Promise<Detached[]> {
	const done = await inParallel(targets, limits.concurrency, async (target) => {
		const result = await detach(misp, tag, target);
		step(1);
		return result;
	});
	return keepPublished ? await republish(misp, targets, done) : done;
}

async function detach(misp: Misp, tag: string, { uuid, attached }: Target): Promise<Detached> {
	if (attached === 'no') return { removed: false };
	const reading = proven(
		await misp.ask({
			method: 'POST',
			path: '/tags/removeTagFromObject',
			body: { uuid, tag },
			repeatable: true,
		}),
	);
	if (reading.kind === 'data') return { removed: true };
	// Gone since it was looked up: another run was quicker, or an earlier try whose answer got lost. It is what was asked for.
	if (reading.problem.code === 'tag_not_attached') return { removed: false, gone: true };
	return { removed: false, problem: problemOf(reading.problem) };
}

/** Removing a global tag sets the event to unpublished (MISP 2.5.1); what was published before is published again. */
async function republish(misp: Misp, targets: readonly Target[], done: readonly Detached[]): Promise<Detached[]> {
	const unpublished = targets.filter(
		({ attached, published }, index) =>
			attached === 'global' && published && (done[index]?.removed === true || done[index]?.gone === true),
	);
	const events = [...new Set(unpublished.map(({ eventUuid }) => eventUuid))];
	const settled = await inParallel(
		events,
		limits.concurrency,
		async (uuid) => (await Promise.allSettled([publishEvent(misp, uuid)]))[0],
	);
	const outcomes = new Map(events.map((uuid, index) => [uuid, settled[index]]));
	return done.map((result, index) => {
		const outcome = outcomes.get(targets[index]?.eventUuid ?? '');
		if (outcome?.status === 'fulfilled') return { ...result, publishedAgain: true };
		return outcome?.status === 'rejected' ? { ...result, problem: leftUnpublished(outcome.reason) } : result;
	});
}

const leftUnpublished = (reason: unknown) =>
	new Problem(
		`The tag was removed, and its event is unpublished since: ${reason instanceof Error ? reason.message : String(reason)}`,
		'Publish the event with a key that may, or use local tags: they leave the event published.',
		'left_unpublished',
	);
