import { idOrUuidPattern } from '../uuid';
import { chosen } from './chosen';

export const eventLocator = chosen({
	displayName: 'Event',
	name: 'event',
	search: 'searchEvents',
	by: 'ID or UUID',
	placeholder: '1234',
	pattern: idOrUuidPattern,
	description: 'The event, chosen from a list or by its ID or UUID',
});
