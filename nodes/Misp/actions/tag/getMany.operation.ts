import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { asNumber } from '../../json';
import { searchText } from '../../descriptions/listFilters';
import { simplify } from '../../descriptions/outputForm';
import { listAll, mentions } from '../../transport/lists';
import { compactTag } from './tags';

/** GET /tags/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many tags',
	description: 'Get the tags, and how many events and attributes carry each',
	fields: [
		...allOrLimit,
		searchText('Part of the name'),
		{
			displayName: 'Only Used',
			name: 'onlyUsed',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out tags that no event and no attribute carries',
		},
		simplify,
	],
	async execute({ item, misp }) {
		const tags = (await listAll(misp, 'tag')).map(({ entry }) => entry);
		const wanted = tags.filter(
			(tag) =>
				mentions(tag, ['name'], item.text('searchText')) &&
				(!item.flag('onlyUsed') || asNumber(tag.count) + asNumber(tag.attribute_count) > 0),
		);
		return takeLimit(item, wanted).map((tag) => (item.flag('simple') ? compactTag(tag) : tag));
	},
});
