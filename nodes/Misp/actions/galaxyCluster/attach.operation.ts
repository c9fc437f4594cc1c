import { inParallel } from '../../../shared/inParallel';
import type { Result } from '../../../shared/operation';
import { allItems } from '../../call';
import { tagScope } from '../../descriptions/tagScope';
import { limits } from '../../limits';
import { problemOf } from '../../transport/connect';
import type { Attached } from '../../tagging/attach';
import type { Target } from '../../tagging/targets';
import { onTargets } from '../tag/perUuid';
import type { Cluster } from './clusters';
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
		const attachCluster = async ({ id, kind, attached }: Target, cluster: Cluster): Promise<Attached> => {
			if (attached !== 'no') return { added: false };
			const reading = await misp.ask({
				method: 'POST',
				path: `/galaxies/attachCluster/${id}/${kind}/local:${local ? 1 : 0}`,
				body: { Galaxy: { target_id: cluster.id } },
				repeatable: true,
			});
			return reading.kind === 'data' ? { added: true } : { added: false, problem: problemOf(reading.problem) };
		};
		for (const [cluster, wishes] of await readClusterWishes(misp, items, calls)) {
			results.push(
				...(await onTargets(misp, wishes, {
					tag: cluster.tag,
					act: async (targets) =>
						await inParallel(targets, limits.concurrency, async (target) => await attachCluster(target, cluster)),
					report: ({ uuid, from }, { kind, eventUuid, attached }, { added, problem }) => ({
						json: {
							uuid,
							object_type: kind,
							event_uuid: eventUuid,
							cluster: cluster.value,
							cluster_uuid: cluster.uuid,
							tag: cluster.tag,
							local: attached === 'no' ? local : attached === 'local',
							...(!problem && { attached: added }),
						},
						from,
						problem,
					}),
				})),
			);
		}
		return results;
	},
});
