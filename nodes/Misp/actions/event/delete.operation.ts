import { eachItem } from '../../call';
import { eventLocator } from '../../descriptions/eventLocator';
import { eventState, hidden } from '../../transport/publishing';

/** POST /events/delete/{id} */
export const deleteEvent = eachItem({
	name: 'Delete',
	action: 'Delete an event',
	description:
		'Delete an event with all that is in it. It cannot be restored, and MISP blocks its UUID: feeds and other instances do not bring it back.',
	destructive: true,
	fields: [eventLocator],
	async execute({ item, misp }) {
		const event = item.locator('event');
		// MISP answers alike for unknown, hidden and foreign events; looked up, they are told apart.
		const state = await eventState(misp, event);
		if (!state) throw hidden(event);
		await misp.create(`/events/delete/${state.id}`, {});
		return { id: state.id, uuid: state.uuid, info: state.info, deleted: true };
	},
});
