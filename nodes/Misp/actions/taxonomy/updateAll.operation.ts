import { eachItem } from '../../call';
import { updateAllOf } from '../updating';

/** POST /taxonomies/update */
export const updateAll = eachItem({
	name: 'Update All',
	action: 'Update all taxonomies',
	description: 'Load the newest taxonomies that came with MISP. Needs the key of a site admin.',
	fields: [],
	execute: async ({ misp }) => await updateAllOf(misp, 'taxonomies'),
});
