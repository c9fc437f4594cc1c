import type { Result } from '../../../shared/operation';
import { progressOf } from '../../../shared/progress';
import { allItems } from '../../call';
import { objectUuids, tagName } from '../../descriptions/tagging';
import { keepPublished as keepPublishedField, publishMark as publishMarkField } from '../../descriptions/tagScope';
import type { Detached } from '../../tagging/detach';
import { detachAll } from '../../tagging/detach';
import type { Target } from '../../tagging/targets';
import type { Wish } from './perUuid';
import { byTag, onTargets, readWishes, tallied } from './perUuid';

export const remove = allItems({
	name: 'Remove',
	action: 'Remove a tag from events or attributes',
	description: 'Detach a tag from events and attributes. One that was not attached is no failure.',
	fields: [objectUuids, tagName, keepPublishedField, publishMarkField],
	async execute({ item, misp, log }, items, calls) {
		const keepPublished = item.flag('keepPublished');
		// Hidden, and then absent, where events are not kept published.
		const publishMark = (keepPublished && item.text('publishMark')) || undefined;
		const results: Result[] = [];
		const all = readWishes(items, calls);
		const progress = progressOf(log, { task: 'Tags removed in MISP', unit: 'tag', total: all.length });
		for (const [tag, wishes] of byTag(all)) {
			results.push(
				...(await onTargets(misp, wishes, {
					tag,
					act: async (targets) =>
						await detachAll(misp, { tag, keepPublished, publishMark, step: progress.step }, targets),
					report: removal,
				})),
			);
		}
		progress.done(tallied(results, 'removed', 'not attached'));
		return results;
	},
});

export const removal = (
	{ uuid, tag, from }: Wish,
	{ kind, eventUuid, attached }: Target,
	{ removed, publishedAgain, problem }: Detached,
): Result => ({
	json: {
		uuid,
		object_type: kind,
		event_uuid: eventUuid,
		tag,
		...((removed || !problem) && { removed }),
		...(removed && { was: attached }),
		...(publishedAgain && { published_again: true }),
	},
	from,
	problem,
});
