import { eachItem } from '../../call';
import { chosenTaxonomy } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /taxonomies/disable/{id} */
export const disable = eachItem({
	name: 'Disable',
	action: 'Disable a taxonomy',
	description: 'Disable a taxonomy. Needs the key of a site admin. Its tags stay.',
	fields: [chosenTaxonomy],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'taxonomy',
			wanted: item.locator('taxonomy'),
			on: false,
			label: 'namespace',
			send: async (id) => await misp.post(`/taxonomies/disable/${id}`),
		}),
});
