import { eachItem } from '../../call';
import { chosenTaxonomy } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /taxonomies/enable/{id} */
export const enable = eachItem({
	name: 'Enable',
	action: 'Enable a taxonomy',
	description: 'Enable a taxonomy. Needs the key of a site admin. Its tags are created with Enable Tags.',
	fields: [chosenTaxonomy],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'taxonomy',
			wanted: item.locator('taxonomy'),
			on: true,
			label: 'namespace',
			send: async (id) => await misp.post(`/taxonomies/enable/${id}`),
		}),
});
