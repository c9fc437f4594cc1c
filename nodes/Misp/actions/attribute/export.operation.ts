import { exporting } from '../exporting';
import { attributeFilters } from '../../descriptions/searchFilters';

/** POST /attributes/restSearch in another format */
export const exportAttributes = exporting({
	scope: 'attributes',
	action: 'Export attributes to a file',
	description: 'Search attributes and get them as a file, in any format that the server offers',
	filters: attributeFilters,
});
