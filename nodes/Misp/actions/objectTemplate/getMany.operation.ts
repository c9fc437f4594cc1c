import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { searchText } from '../../descriptions/listFilters';
import { mentions } from '../../transport/lists';
import { listTemplates } from './templates';

/** GET /objectTemplates/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many object templates',
	description: 'Get the object templates that this MISP has',
	fields: [...allOrLimit, searchText('Part of the name or description')],
	async execute({ item, misp }) {
		const templates = await listTemplates(misp);
		return takeLimit(
			item,
			templates.filter((template) => mentions(template, ['name', 'description'], item.text('searchText'))),
		);
	},
});
