import { inParallel } from '../../../shared/inParallel';
import type { Result } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
import { allItems } from '../../call';
import { objectUuids, tagName } from '../../descriptions/tagging';
import { keepPublished } from '../../descriptions/tagScope';
import { limits } from '../../limits';
import { problemOf } from '../../transport/connect';
import { publishEvent } from '../event/publishing';
import { byTag, readWishes, unknownUuid } from './perUuid';
import type { Wish } from './perUuid';
import type { Target } from './targets';
import { findTargets } from './targets';

/** POST /tags/removeTagFromObject for each; MISP has no bulk way that leaves the event's state alone. */
export const remove = allItems({
	name: 'Remove',
	action: 'Remove a tag from events or attributes',
	description: 'Detach a tag from events and attributes. One that was not attached is no failure.',
	fields: [objectUuids, tagName, keepPublished],
	async execute({ item, misp }, items, calls) {
		const publishAgain = item.flag('keepPublished');
		const results: Result[] = [];
		for (const [tag, wishes] of byTag(readWishes(items, calls))) {
			const targets = await findTargets(
				misp,
				wishes.map(({ uuid }) => uuid),
				tag,
			);
			const done = await inParallel(
				wishes,
				limits.concurrency,
				async (wish) => await detach({ misp, wish, target: targets.get(wish.uuid) }),
			);
			results.push(...done);
			if (publishAgain) await republish({ misp, done, targets });
		}
		return results;
	},
});

export async function detach({
	misp,
	wish,
	target,
}: {
	misp: MispCall['misp'];
	wish: Wish;
	target: Target | undefined;
}): Promise<Result> {
	const { uuid, tag, from } = wish;
	if (!target) return unknownUuid(wish);
	const json = { uuid, object_type: target.kind, event_uuid: target.eventUuid, tag };
	if (target.attached === 'no') return { json: { ...json, removed: false }, from };
	const reading = await misp.ask({
		method: 'POST',
		path: '/tags/removeTagFromObject',
		body: { uuid, tag },
		repeatable: true,
	});
	if (reading.kind === 'data') return { json: { ...json, removed: true, was: target.attached }, from };
	// Another run was quicker: the tag is gone, which is what was asked for.
	if (reading.problem.code === 'tag_not_attached') return { json: { ...json, removed: false }, from };
	return { json, from, problem: problemOf(reading.problem) };
}

/** Removing a global tag sets the event to unpublished (MISP 2.5.1); what was published before is published again. */
export async function republish({
	misp,
	done,
	targets,
}: {
	misp: MispCall['misp'];
	done: Result[];
	targets: Map<string, Target>;
}): Promise<void> {
	const unpublished = new Set(
		done
			.filter(({ json }) => json.removed === true && json.was === 'global')
			.map(({ json }) => targets.get(String(json.uuid)))
			.filter((target) => target?.published)
			.map((target) => target?.eventUuid ?? ''),
	);
	const events = [...unpublished];
	const settled = await inParallel(
		events,
		limits.concurrency,
		async (uuid) => (await Promise.allSettled([publishEvent(misp, uuid)]))[0],
	);
	const outcomes = new Map(events.map((uuid, index) => [uuid, settled[index]]));
	for (const result of done) {
		const outcome = outcomes.get(String(result.json.event_uuid));
		if (outcome?.status === 'fulfilled') result.json.published_again = true;
		if (outcome?.status === 'rejected') result.problem = leftUnpublished(outcome.reason);
	}
}

const leftUnpublished = (reason: unknown) =>
	new Problem(
		`The tag was removed, and its event is unpublished since: ${reason instanceof Error ? reason.message : String(reason)}`,
		'Publish the event with a key that may, or use local tags: they leave the event published.',
		'left_unpublished',
	);
