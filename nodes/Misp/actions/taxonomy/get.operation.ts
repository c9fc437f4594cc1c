import { eachItem } from '../../call';
import { chosenTaxonomy } from '../../descriptions/chosen';
import { find, idOf } from '../lookup';
import { viewTaxonomy } from './taxonomies';

/** GET /taxonomies/view/{id} */
export const get = eachItem({
	name: 'Get',
	action: 'Get a taxonomy',
	description: 'Get one taxonomy with its tags, and which of them exist as tags in MISP',
	fields: [chosenTaxonomy],
	async execute({ item, misp }) {
		const { entry, tags } = await viewTaxonomy(misp, idOf(await find(misp, 'taxonomy', item.locator('taxonomy'))));
		return { ...entry, tags };
	},
});
