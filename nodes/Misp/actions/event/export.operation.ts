import { exporting } from '../exporting';
import { eventFilters } from '../../descriptions/searchFilters';

/** POST /events/restSearch in another format */
export const exportEvents = exporting({
	scope: 'events',
	action: 'Export events to a file',
	description: 'Search events and get them whole as a file, in any format that the server offers',
	filters: eventFilters,
});
