import { eachItem } from '../../call';
import { updateAllOf } from '../updating';

/** POST /warninglists/update */
export const updateAll = eachItem({
	name: 'Update All',
	action: 'Update all warninglists',
	description: 'Load the newest warninglists that came with MISP. Needs the key of a site admin.',
	fields: [],
	execute: async ({ misp }) => await updateAllOf(misp, 'warninglists'),
});
