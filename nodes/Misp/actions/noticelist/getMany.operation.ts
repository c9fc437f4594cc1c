import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { onlyEnabled, searchText, wantsState } from '../../descriptions/listFilters';
import { listAll, mentions } from '../../transport/lists';
import { compactNoticelist } from './noticelists';

/** GET /noticelists/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many noticelists',
	description: 'Get the noticelists: what users should be warned of before they share it',
	fields: [...allOrLimit, searchText('Part of the name'), onlyEnabled],
	async execute({ item, misp }) {
		const lists = (await listAll(misp, 'noticelist')).map(({ entry }) => entry);
		const wanted = lists.filter(
			(list) => wantsState(item, list.enabled) && mentions(list, ['name', 'expanded_name'], item.text('searchText')),
		);
		return takeLimit(item, wanted).map(compactNoticelist);
	},
});
