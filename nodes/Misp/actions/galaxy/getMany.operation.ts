import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { onlyEnabled, searchText, wantsState } from '../../descriptions/listFilters';
import { pick } from '../../json';
import { listAll, mentions } from '../../transport/lists';
import { galaxyFields } from './galaxies';

/** GET /galaxies/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many galaxies',
	description: 'Get the galaxies: collections of threat actors, techniques, malware and the like',
	fields: [...allOrLimit, searchText('Part of the name, type or description'), onlyEnabled],
	async execute({ item, misp }) {
		const galaxies = (await listAll(misp, 'galaxy')).map(({ entry }) => entry);
		const wanted = galaxies.filter(
			(galaxy) =>
				wantsState(item, galaxy.enabled) && mentions(galaxy, ['name', 'type', 'description'], item.text('searchText')),
		);
		return takeLimit(item, wanted).map((galaxy) => pick(galaxy, galaxyFields));
	},
});
