import type { Result } from '../../../shared/operation';
import { allItems } from '../../call';
import { keepPublished as keepPublishedField } from '../../descriptions/tagScope';
import { detachAll } from '../../tagging/detach';
import { onTargets } from '../tag/perUuid';
import { removal } from '../tag/remove.operation';
import { clusterTarget, readClusterWishes } from './wishes';

/** POST /tags/removeTagFromObject with the tag that stands for the cluster: /galaxy_clusters/detach answers with the same redirect whatever came of it (2.5.1). */
export const detach = allItems({
	name: 'Detach',
	action: 'Detach a galaxy cluster from events or attributes',
	description: 'Detach a galaxy cluster from events and attributes. One that was not attached is no failure.',
	fields: [...clusterTarget, keepPublishedField],
	async execute({ item, misp }, items, calls) {
		const keepPublished = item.flag('keepPublished');
		const results: Result[] = [];
		for (const [cluster, wishes] of await readClusterWishes(misp, items, calls)) {
			results.push(
				...(await onTargets(misp, wishes, {
					tag: cluster.tag,
					act: async (targets) => await detachAll(misp, { tag: cluster.tag, keepPublished }, targets),
					report: (wish, target, done) => {
						const { json, ...rest } = removal(wish, target, done);
						const { removed, ...shared } = json;
						return {
							...rest,
							json: {
								...shared,
								cluster: cluster.value,
								cluster_uuid: cluster.uuid,
								...(removed !== undefined && { detached: removed }),
							},
						};
					},
				})),
			);
		}
		return results;
	},
});
