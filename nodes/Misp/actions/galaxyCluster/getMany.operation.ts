import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { chosenGalaxy } from '../../descriptions/chosen';
import { searchText } from '../../descriptions/listFilters';
import { simplify } from '../../descriptions/outputForm';
import { listClusters, mentions } from '../../transport/lists';
import { find, idOf } from '../lookup';
import { compactCluster } from './clusters';

/** POST /galaxy_clusters/index/{galaxy} */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many galaxy clusters',
	description: 'Get the clusters of a galaxy, such as the threat actors or the techniques of MITRE ATT&CK',
	fields: [
		chosenGalaxy,
		...allOrLimit,
		searchText('Part of the name or description'),
		{
			displayName: 'Which Clusters',
			name: 'context',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Custom', value: 'custom', description: 'Made on a MISP instance' },
				{ name: 'Default', value: 'default', description: 'As they come with MISP' },
				{ name: 'Deleted', value: 'deleted' },
			],
			default: 'all',
			description: 'Which clusters of the galaxy to return',
		},
		simplify,
	],
	async execute({ item, misp }) {
		const galaxy = idOf(await find(misp, 'galaxy', item.locator('galaxy')));
		const clusters = await listClusters(misp, galaxy, item.text('context'));
		const wanted = clusters.filter((cluster) => mentions(cluster, ['value', 'description'], item.text('searchText')));
		return takeLimit(item, wanted).map((cluster) => (item.flag('simple') ? compactCluster(cluster) : cluster));
	},
});
