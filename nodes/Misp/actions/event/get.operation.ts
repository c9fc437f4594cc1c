import { eachItem } from '../../call';
import { eventLocator } from '../../descriptions/eventLocator';
import { simplify } from '../../descriptions/outputForm';
import { compactEvent } from '../../item';
import { asRecord } from '../../json';
import { limits } from '../../limits';

/** GET /events/view/{event} */
export const get = eachItem({
	name: 'Get',
	action: 'Get an event',
	description: 'Get one event with its attributes, objects and tags',
	concurrency: limits.concurrency,
	fields: [eventLocator, simplify],
	async execute({ item, misp }) {
		const { body } = await misp.get(`/events/view/${encodeURIComponent(item.locator('event'))}`);
		const event = asRecord(asRecord(body).Event);
		return item.flag('simple') ? compactEvent(event) : event;
	},
});
