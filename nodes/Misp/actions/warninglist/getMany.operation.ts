import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { onlyEnabled, searchText, wantsState } from '../../descriptions/listFilters';
import { listAll, mentions } from '../../transport/lists';
import { compactWarninglist } from './warninglists';

/** GET /warninglists/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many warninglists',
	description: 'Get the warninglists: lists of values that often are false positives',
	fields: [...allOrLimit, searchText('Part of the name or description'), onlyEnabled],
	async execute({ item, misp }) {
		const lists = (await listAll(misp, 'warninglist')).map(({ entry }) => entry);
		const wanted = lists.filter(
			(list) => wantsState(item, list.enabled) && mentions(list, ['name', 'description'], item.text('searchText')),
		);
		return takeLimit(item, wanted).map(compactWarninglist);
	},
});
