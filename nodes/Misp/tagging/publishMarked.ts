import { inParallel } from '../../shared/inParallel';
import { Problem } from '../../shared/problem';
import { limits } from '../limits';
import type { Misp } from '../transport/connect';
import { eventState, hidden, publishEvent } from '../transport/publishing';
import { attachAll } from './attach';
import { ensureTag } from './ensureTag';
import { removeTag } from './removeTag';

/**
 * Removing a global tag unpublishes the event (MISP 2.5.1). A run that is killed before it has published it again would leave an event that
 * nobody knows about. So a local tag, the mark, names it for as long as that takes; the next run looks for the mark.
 */

/** An event that may have lost a global tag. */
export interface Unpublished {
	uuid: string;
	/** Absent where nobody knows: it is looked up. */
	published?: boolean;
}

export interface PublishedAgain {
	publishedAgain: boolean;
	problem?: Problem;
}

/** Attaches the mark. Resolves to why some could not be marked, by UUID of the event: nothing global may be taken from those. */
export async function markToPublish(
	misp: Misp,
	mark: string,
	events: readonly string[],
): Promise<ReadonlyMap<string, Problem>> {
	if (events.length === 0) return new Map();
	const [made] = await Promise.allSettled([ensureTag(misp, mark)]);
	if (made.status === 'rejected') {
		const problem = notMarked(mark, problemFrom(made.reason));
		return new Map(events.map((uuid) => [uuid, problem]));
	}
	const targets = events.map((uuid) => ({
		id: '',
		uuid,
		kind: 'event' as const,
		eventUuid: uuid,
		published: true,
		attached: 'no' as const,
	}));
	const marked = await attachAll(misp, { tag: mark, local: true }, targets);
	return new Map(
		events.flatMap((uuid, index) => {
			const problem = marked[index]?.problem;
			return problem ? [[uuid, notMarked(mark, problem)] as const] : [];
		}),
	);
}

/** Publishes those that are unpublished and takes the mark off, if there is one. Resolves to what came of each, by UUID. */
export async function publishMarked(
	misp: Misp,
	mark: string | undefined,
	events: readonly Unpublished[],
): Promise<ReadonlyMap<string, PublishedAgain>> {
	const done = await inParallel(events, limits.concurrency, async ({ uuid, published }): Promise<PublishedAgain> => {
		const [publishing] = await Promise.allSettled([publishUnlessPublished(misp, uuid, published)]);
		if (publishing.status === 'rejected')
			return { publishedAgain: false, problem: leftUnpublished(mark, problemFrom(publishing.reason)) };
		const problem = mark === undefined ? undefined : await unmark(misp, mark, uuid);
		return { publishedAgain: publishing.value, ...(problem && { problem }) };
	});
	return new Map(events.map(({ uuid }, index) => [uuid, done[index] ?? { publishedAgain: false }]));
}

/** Resolves to whether it had to be published. */
async function publishUnlessPublished(misp: Misp, uuid: string, known: boolean | undefined): Promise<boolean> {
	const published = known ?? (await eventState(misp, uuid))?.published;
	if (published === undefined) throw hidden(uuid);
	if (!published) await publishEvent(misp, uuid);
	return !published;
}

async function unmark(misp: Misp, mark: string, uuid: string): Promise<Problem | undefined> {
	const removal = await removeTag(misp, uuid, mark);
	if (removal === 'removed' || removal === 'gone') return undefined;
	const { message, advice } = removal;
	return new Problem(`The event is published, and still carries "${mark}": ${message}`, advice, 'mark_stays');
}

const problemFrom = (reason: unknown): Problem =>
	reason instanceof Problem
		? reason
		: new Problem(
				reason instanceof Error ? reason.message : String(reason),
				'Run it again; if it stays so, look into the log of MISP.',
				'unknown',
			);

const notMarked = (mark: string, { message, advice }: Problem): Problem =>
	new Problem(
		`The tag stays: it is global, so that its event has to be marked with "${mark}" first, and that failed: ${message}`,
		`${advice} Local tags need no such mark.`,
		'not_marked',
	);

const leftUnpublished = (mark: string | undefined, { message }: Problem): Problem =>
	new Problem(
		`The tag was removed, and its event is unpublished since: ${message}`,
		mark === undefined
			? 'Publish the event with a key that may, or use local tags: they leave the event published.'
			: `The event carries "${mark}", so the next run tries again. A key that may not publish never gets through: publish the event with one that may, or use local tags, which leave events published.`,
		'left_unpublished',
	);
