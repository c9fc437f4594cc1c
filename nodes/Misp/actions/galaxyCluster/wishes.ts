import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { MispCall } from '../../call';
import { chosenGalaxy, chosenGalaxyCluster } from '../../descriptions/chosen';
import { objectUuids } from '../../descriptions/tagging';
import type { Wish } from '../tag/perUuid';
import type { Cluster } from './clusters';
import { findCluster } from './clusters';

export const clusterTarget: INodeProperties[] = [
	objectUuids,
	{
		...chosenGalaxy,
		required: false,
		description:
			'The galaxy, so that its clusters can be chosen from a list. Not needed where the cluster is given by its ID or UUID.',
	},
	chosenGalaxyCluster,
];

/** What all items together ask for: each cluster with its UUIDs, each once. A cluster is attached as a tag, so its wishes are wishes for that tag. */
export async function readClusterWishes(
	misp: MispCall['misp'],
	items: INodeExecutionData[],
	calls: (index: number) => MispCall,
): Promise<Array<[Cluster, Wish[]]>> {
	const byName = new Map<string, [Cluster, Map<string, Wish>]>();
	for (const from of items.keys()) {
		const { item } = calls(from);
		const name = item.locator('cluster');
		const known = byName.get(name) ?? [await findCluster(misp, name), new Map<string, Wish>()];
		byName.set(name, known);
		const [{ tag }, wishes] = known;
		for (const uuid of item.list('uuids').map((one) => one.toLowerCase()))
			if (!wishes.has(uuid)) wishes.set(uuid, { uuid, tag, from });
	}
	return [...byName.values()].map(([cluster, wishes]) => [cluster, [...wishes.values()]]);
}
