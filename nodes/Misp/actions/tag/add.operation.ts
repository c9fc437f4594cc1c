import type { Result } from '../../../shared/operation';
import { progressOf } from '../../../shared/progress';
import { allItems } from '../../call';
import { objectUuids, tagName } from '../../descriptions/tagging';
import { tagScope } from '../../descriptions/tagScope';
import { attachAll } from '../../tagging/attach';
import { ensureTag } from '../../tagging/ensureTag';
import { byTag, onTargets, readWishes, tallied } from './perUuid';

export const add = allItems({
	name: 'Add',
	action: 'Add a tag to events or attributes',
	description: 'Attach a tag to events and attributes. One that is attached already stays as it is.',
	fields: [
		objectUuids,
		tagName,
		tagScope,
		{
			displayName: 'Create Tag if Missing',
			name: 'createTag',
			type: 'boolean',
			default: true,
			description: 'Whether to create the tag where MISP has none of this name. Needs the tag editor permission.',
		},
	],
	async execute({ item, misp, log }, items, calls) {
		const local = item.text('scope') !== 'global';
		const results: Result[] = [];
		const all = readWishes(items, calls);
		const progress = progressOf(log, { task: 'Tags added in MISP', unit: 'tag', total: all.length });
		for (const [tag, wishes] of byTag(all)) {
			// Two runs that attach an unknown tag at once leave MISP with two of the name: so it is created first.
			if (item.flag('createTag')) await ensureTag(misp, tag);
			results.push(
				...(await onTargets(misp, wishes, {
					tag,
					act: async (targets) => await attachAll(misp, { tag, local, step: progress.step }, targets),
					report: ({ uuid, from }, { kind, eventUuid, attached }, { added, problem }) => ({
						json: {
							uuid,
							object_type: kind,
							event_uuid: eventUuid,
							tag,
							local: attached === 'no' ? local : attached === 'local',
							...(!problem && { added }),
						},
						from,
						problem,
					}),
				})),
			);
		}
		progress.done(tallied(results, 'added', 'there already'));
		return results;
	},
});
