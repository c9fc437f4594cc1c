import { inParallel } from '../../../shared/inParallel';
import type { Result } from '../../../shared/operation';
import { allItems } from '../../call';
import { keepPublished } from '../../descriptions/tagScope';
import { limits } from '../../limits';
import { detach as detachTag, republish } from '../tag/remove.operation';
import { findTargets } from '../tag/targets';
import { clusterTarget, readClusterWishes } from './wishes';

/** POST /tags/removeTagFromObject with the tag that stands for the cluster: /galaxy_clusters/detach answers with the same redirect whatever came of it (2.5.1). */
export const detach = allItems({
	name: 'Detach',
	action: 'Detach a galaxy cluster from events or attributes',
	description: 'Detach a galaxy cluster from events and attributes. One that was not attached is no failure.',
	fields: [...clusterTarget, keepPublished],
	async execute({ item, misp }, items, calls) {
		const results: Result[] = [];
		for (const [cluster, wishes] of await readClusterWishes(misp, items, calls)) {
			const targets = await findTargets(
				misp,
				wishes.map(({ uuid }) => uuid),
				cluster.tag,
			);
			const done = await inParallel(
				wishes,
				limits.concurrency,
				async (wish) => await detachTag({ misp, wish, target: targets.get(wish.uuid) }),
			);
			if (item.flag('keepPublished')) await republish({ misp, done, targets });
			results.push(
				...done.map(({ json: { removed, ...json }, ...rest }) => ({
					...rest,
					json: {
						...json,
						cluster: cluster.value,
						cluster_uuid: cluster.uuid,
						...(removed !== undefined && { detached: removed }),
					},
				})),
			);
		}
		return results;
	},
});
