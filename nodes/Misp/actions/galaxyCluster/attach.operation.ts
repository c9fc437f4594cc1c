import { inParallel } from '../../../shared/inParallel';
import type { Result } from '../../../shared/operation';
import { allItems } from '../../call';
import { tagScope } from '../../descriptions/tagScope';
import { limits } from '../../limits';
import { problemOf } from '../../transport/connect';
import { unknownUuid } from '../tag/perUuid';
import { findTargets } from '../tag/targets';
import { clusterTarget, readClusterWishes } from './wishes';

/** POST /galaxies/attachCluster/{id}/{event|attribute}/local:{1|0} */
export const attach = allItems({
	name: 'Attach',
	action: 'Attach a galaxy cluster to events or attributes',
	description: 'Attach a galaxy cluster to events and attributes. One that is attached already stays as it is.',
	fields: [...clusterTarget, tagScope],
	async execute({ item, misp }, items, calls) {
		const local = item.text('scope') !== 'global';
		const results: Result[] = [];
		for (const [cluster, wishes] of await readClusterWishes(misp, items, calls)) {
			const targets = await findTargets(
				misp,
				wishes.map(({ uuid }) => uuid),
				cluster.tag,
			);
			const done = await inParallel(wishes, limits.concurrency, async (wish): Promise<Result> => {
				const target = targets.get(wish.uuid);
				if (!target) return unknownUuid(wish);
				const json = {
					uuid: wish.uuid,
					object_type: target.kind,
					event_uuid: target.eventUuid,
					cluster: cluster.value,
					cluster_uuid: cluster.uuid,
					tag: cluster.tag,
					local,
				};
				const { from } = wish;
				if (target.attached !== 'no')
					return { json: { ...json, local: target.attached === 'local', attached: false }, from };
				const reading = await misp.ask({
					method: 'POST',
					path: `/galaxies/attachCluster/${target.id}/${target.kind}/local:${local ? 1 : 0}`,
					body: { Galaxy: { target_id: cluster.id } },
					repeatable: true,
				});
				return reading.kind === 'data'
					? { json: { ...json, attached: true }, from }
					: { json, from, problem: problemOf(reading.problem) };
			});
			results.push(...done);
		}
		return results;
	},
});
