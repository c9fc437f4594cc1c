import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { onlyEnabled, searchText, wantsState } from '../../descriptions/listFilters';
import { asNumber, pick } from '../../json';
import { listAll, mentions } from '../../transport/lists';
import { taxonomyFields } from './taxonomies';

/** GET /taxonomies/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many taxonomies',
	description: 'Get the taxonomies that MISP knows, and how many of their tags exist',
	fields: [...allOrLimit, searchText('Part of the namespace or description'), onlyEnabled],
	async execute({ item, misp }) {
		const wanted = (await listAll(misp, 'taxonomy')).filter(
			({ entry }) =>
				wantsState(item, entry.enabled) && mentions(entry, ['namespace', 'description'], item.text('searchText')),
		);
		return takeLimit(item, wanted).map(({ entry, row }) => ({
			...pick(entry, taxonomyFields),
			tag_count: asNumber(row.total_count),
			existing_tag_count: asNumber(row.current_count),
		}));
	},
});
