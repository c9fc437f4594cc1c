import { eachItem } from '../../call';
import { eventLocator } from '../../descriptions/eventLocator';
import { limits } from '../../limits';
import { eventState, hidden } from '../../transport/publishing';

/** POST /events/unpublish/{event} */
export const unpublish = eachItem({
	name: 'Unpublish',
	action: 'Unpublish an event',
	description: 'Take back that an event is published. Copies on other instances stay as they are.',
	concurrency: limits.concurrency,
	fields: [eventLocator],
	async execute({ item, misp }) {
		const event = item.locator('event');
		const before = await eventState(misp, event);
		if (!before) throw hidden(event);
		const { id, uuid, info, published } = before;
		if (published) await misp.post(`/events/unpublish/${id}`);
		return { id, uuid, info, published: false, was_published: published };
	},
});
