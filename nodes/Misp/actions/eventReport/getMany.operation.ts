import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { eventLocator } from '../../descriptions/eventLocator';
import { eventIdOf } from './eventId';
import { compactReport, listReports } from './reports';

/** GET /eventReports/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many event reports',
	description: 'Get the reports of one event or of all that the key may see',
	fields: [
		...allOrLimit,
		{ ...eventLocator, required: false, description: 'The event; empty for the reports of all events' },
		{
			displayName: 'Only Deleted',
			name: 'deleted',
			type: 'boolean',
			default: false,
			description: 'Whether to return the soft-deleted reports instead of the others',
		},
	],
	async execute({ item, misp }) {
		const event = item.locator('event');
		const eventId = event === '' ? '' : await eventIdOf(misp, event);
		return takeLimit(item, await listReports(misp, { eventId, deleted: item.flag('deleted') })).map(compactReport);
	},
});
