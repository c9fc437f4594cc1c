import { inParallel } from '../../shared/inParallel';
import type { Problem } from '../../shared/problem';
import { limits } from '../limits';
import type { Misp } from '../transport/connect';
import type { PublishedAgain } from './publishMarked';
import { markToPublish, publishMarked } from './publishMarked';
import { removeTag } from './removeTag';
import type { Target } from './targets';

export interface KeepingPublished {
	/** Publish events again that MISP unpublishes because a global tag went. */
	keepPublished: boolean;
	/** Local tag that names such an event until it is published again. Without one, a run that is killed in between leaves it unpublished. */
	publishMark?: string;
	/** Told of each target as it is done. */
	step?: (count: number) => void;
}

/** An event or attribute, and the tags that it is to lose, in this order. */
export interface Leaving extends Omit<Target, 'attached'> {
	tags: ReadonlyArray<{ name: string; attached: Target['attached'] }>;
}

/** What became of one target: a tag was taken away, or was not there; or why it stays. */
export interface Detached {
	removed: boolean;
	/** It was there when the target was looked up, and not when it was to be taken away. */
	gone?: true;
	publishedAgain?: true;
	problem?: Problem;
}

/** Takes one tag away from events and attributes; the results are in the order of the targets. */
export const detachAll = async (
	misp: Misp,
	{ tag, ...how }: KeepingPublished & { tag: string },
	targets: readonly Target[],
): Promise<Detached[]> =>
	await takeOff(
		misp,
		how,
		targets.map(({ attached, ...target }) => ({ ...target, tags: [{ name: tag, attached }] })),
	);

/**
 * Takes tags away from events and attributes; the results are in the order of the targets. A request for each:
 * MISP has no bulk way that leaves the event's state alone. An event that loses global tags is marked before the first goes, and published
 * after the last.
 */
export async function takeOff(
	misp: Misp,
	{ keepPublished, publishMark, step = () => undefined }: KeepingPublished,
	targets: readonly Leaving[],
): Promise<Detached[]> {
	const atRisk = keepPublished ? [...new Set(targets.filter(unpublishes).map(({ eventUuid }) => eventUuid))] : [];
	const unmarked = publishMark === undefined ? noProblems : await markToPublish(misp, publishMark, atRisk);
	const done = await inParallel(targets, limits.concurrency, async (target): Promise<Detached> => {
		const problem = unpublishes(target) ? unmarked.get(target.eventUuid) : undefined;
		const result = problem ? { removed: false, problem } : await detach(misp, target);
		step(1);
		return result;
	});
	const unpublished = new Set(
		targets.filter((target, index) => unpublishes(target) && hasLost(done[index])).map(({ eventUuid }) => eventUuid),
	);
	const outcomes = await publishMarked(
		misp,
		publishMark,
		atRisk
			.filter((uuid) => !unmarked.has(uuid))
			// Where nothing went for certain, MISP may still have done it, and its answer got lost.
			.map((uuid) => ({ uuid, ...(unpublished.has(uuid) && { published: false }) })),
	);
	return done.map((result, index) => withOutcome(result, outcomes.get(targets[index]?.eventUuid ?? '')));
}

const noProblems: ReadonlyMap<string, Problem> = new Map();

const unpublishes = ({ published, tags }: Leaving): boolean =>
	published && tags.some(({ attached }) => attached === 'global');

const hasLost = (result: Detached | undefined): boolean => result?.removed === true || result?.gone === true;

async function detach(misp: Misp, { uuid, tags }: Leaving): Promise<Detached> {
	const all: Detached = { removed: false };
	for (const { name, attached } of tags) {
		if (attached === 'no') continue;
		const removal = await removeTag(misp, uuid, name);
		if (removal === 'removed') all.removed = true;
		// Gone since it was looked up: it is what was asked for.
		else if (removal === 'gone') all.gone = true;
		else return { ...all, problem: removal };
	}
	return all;
}

function withOutcome(result: Detached, outcome: PublishedAgain | undefined): Detached {
	if (outcome === undefined) return result;
	const problem = result.problem ?? outcome.problem;
	return { ...result, ...(outcome.publishedAgain && { publishedAgain: true as const }), ...(problem && { problem }) };
}
