import { eachItem } from '../../call';
import { chosenGalaxy } from '../../descriptions/chosen';
import { asRecord, asRecords, pick } from '../../json';
import { find, idOf } from '../lookup';
import { galaxyFields } from './galaxies';

/** GET /galaxies/view/{id} */
export const get = eachItem({
	name: 'Get',
	action: 'Get a galaxy',
	description: 'Get one galaxy. Its clusters come with the operation Get Many of Galaxy Cluster.',
	fields: [chosenGalaxy],
	async execute({ item, misp }) {
		const id = idOf(await find(misp, 'galaxy', item.locator('galaxy')));
		const { Galaxy, GalaxyCluster } = asRecord((await misp.get(`/galaxies/view/${id}`)).body);
		return { ...pick(asRecord(Galaxy), galaxyFields), cluster_count: asRecords(GalaxyCluster).length };
	},
});
