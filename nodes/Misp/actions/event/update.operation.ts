import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { eventDetailFields, readEventDetails } from '../../descriptions/eventDetails';
import { eventLocator } from '../../descriptions/eventLocator';
import { simplify } from '../../descriptions/outputForm';
import { compactEvent } from '../../item';
import { asRecord } from '../../json';
import { limits } from '../../limits';

/** POST /events/edit/{event} */
export const update = eachItem({
	name: 'Update',
	action: 'Update an event',
	description: 'Change fields of an event. MISP unpublishes it, since what was published is no longer current.',
	fields: [
		eventLocator,
		eventDetailFields(
			'changes',
			'Update Fields',
			['disableCorrelation', 'sharingGroup', 'tags'],
			[{ displayName: 'Info', name: 'info', type: 'string', default: '', description: 'Title of the event' }],
		),
		simplify,
	],
	async execute({ item, misp }) {
		const changes = readEventDetails(item.options('changes'));
		if (Object.keys(changes).length === 0)
			throw new Problem('There is nothing to change', 'Add at least one field under "Update Fields".', 'empty');
		const { body } = await misp.post(`/events/edit/${encodeURIComponent(item.locator('event'))}`, changes, {
			timeoutMs: limits.longTimeoutMs,
		});
		const event = asRecord(asRecord(body).Event);
		return item.flag('simple') ? compactEvent(event) : event;
	},
});
