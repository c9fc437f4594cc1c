import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { searchText } from '../../descriptions/listFilters';
import { simplify } from '../../descriptions/outputForm';
import { listAll, mentions } from '../../transport/lists';
import { compactSharingGroup } from './sharingGroups';

/** GET /sharing_groups/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many sharing groups',
	description: 'Get the sharing groups that the key’s organisation is part of',
	fields: [...allOrLimit, searchText('Part of the name or description'), simplify],
	async execute({ item, misp }) {
		const groups = await listAll(misp, 'sharingGroup');
		const wanted = groups.filter(({ entry }) => mentions(entry, ['name', 'description'], item.text('searchText')));
		return takeLimit(item, wanted).map(({ row }) => (item.flag('simple') ? compactSharingGroup(row) : row));
	},
});
