import type { SearchFilters } from '../../Misp/search/filters';
import { publishMarked } from '../../Misp/tagging/publishMarked';
import { attachmentOf } from '../../Misp/tagging/targets';
import type { Misp } from '../../Misp/transport/connect';
import type { Problem } from '../../shared/problem';
import { taggedWithAny } from '../descriptions/scope';
import type { ControlTags } from '../descriptions/tags';
import type { EventRead } from '../reading/taggedEvents';
import { readEvents } from '../reading/taggedEvents';

interface Finding {
	tags: ControlTags;
	/** The tag that asks for work. */
	controlTag: string;
	filters: SearchFilters;
	extra: unknown;
	/** Nothing is changed in a dry run. */
	dryRun: boolean;
}

/** An event that an earlier run left unpublished, and what came of publishing it again. */
export interface Finished {
	event: EventRead;
	problem?: Problem;
}

export interface Found {
	/** Those that carry the control tag, or hold attributes that do. */
	events: EventRead[];
	finished: Finished[];
}

type Searching = Pick<Finding, 'tags' | 'filters' | 'extra'>;

// What is left unpublished is to be found too, so that filter is left out.
const read = async (misp: Misp, { tags, filters, extra }: Searching, wanted: readonly string[]): Promise<EventRead[]> =>
	await readEvents(misp, {
		searches: taggedWithAny(wanted, { ...filters, published: 'any' }),
		extra,
		keep: Object.values(tags),
	});

/** Looks for events that an earlier run left unpublished, and publishes them again. */
export const finishEarlierRuns = async (misp: Misp, { dryRun, ...how }: Searching & { dryRun: boolean }) =>
	dryRun ? [] : await finishPublishing(misp, await read(misp, how, [how.tags.publishAgain]), how.tags);

/**
 * Looks for what is tagged, and by the same search for events that an earlier run left unpublished: those are published again first, and
 * then looked at anew. The mark asks for nothing else.
 */
export async function findTagged(misp: Misp, { controlTag, dryRun, ...how }: Finding): Promise<Found> {
	const { tags, filters } = how;
	const { published } = filters;
	const taken = (events: readonly EventRead[]): EventRead[] =>
		events.filter((event) => typeof published !== 'boolean' || event.published === published);

	const events = await read(misp, how, [controlTag, tags.publishAgain]);
	const marked = events.filter(({ tags: own }) => attachmentOf(own, tags.publishAgain) !== 'no');
	if (marked.length === 0) return { events: taken(events), finished: [] };
	const finished = dryRun ? [] : await finishPublishing(misp, marked, tags);
	return { events: taken(await read(misp, how, [controlTag])), finished };
}

/** Publishes events again that carry the mark, and takes it off. */
async function finishPublishing(misp: Misp, marked: readonly EventRead[], tags: ControlTags): Promise<Finished[]> {
	// Published, and still tagged: another run may be about to take that tag off. It takes the mark too.
	const left = marked.filter(
		({ published, tags: own }) =>
			!published || [tags.upload, tags.delete].every((tag) => attachmentOf(own, tag) === 'no'),
	);
	const outcomes = await publishMarked(misp, tags.publishAgain, left);
	return left.map((event) => ({ event, ...outcomes.get(event.uuid) }));
}
