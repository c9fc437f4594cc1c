import { eachItem } from '../../call';
import { chosenSighting } from '../../descriptions/entries';

/** POST /sightings/delete/{sighting} */
export const deleteSighting = eachItem({
	name: 'Delete',
	action: 'Delete a sighting',
	description: 'Delete a sighting for good',
	destructive: true,
	fields: [chosenSighting],
	async execute({ item, misp }) {
		const sighting = item.locator('sighting');
		await misp.create(`/sightings/delete/${encodeURIComponent(sighting)}`, {});
		return { sighting, deleted: true };
	},
});
