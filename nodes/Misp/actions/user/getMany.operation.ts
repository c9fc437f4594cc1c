import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { searchText } from '../../descriptions/listFilters';
import { simplify } from '../../descriptions/outputForm';
import { listAll, mentions } from '../../transport/lists';
import { compactUser, fullUser } from './users';

/** GET /admin/users/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many users',
	description:
		'Get the users of this MISP: all with the key of a site admin, those of the own organisation with that of its admin',
	fields: [...allOrLimit, searchText('Part of the e-mail address'), simplify],
	async execute({ item, misp }) {
		const users = await listAll(misp, 'user');
		const wanted = users.filter(({ entry }) => mentions(entry, ['email'], item.text('searchText')));
		return takeLimit(item, wanted).map(({ row }) => (item.flag('simple') ? compactUser(row) : fullUser(row)));
	},
});
