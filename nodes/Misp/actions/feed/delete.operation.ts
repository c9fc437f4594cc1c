import { eachItem } from '../../call';
import { chosenFeed } from '../../descriptions/chosen';
import { asText } from '../../json';
import { find, idOf } from '../lookup';

/** POST /feeds/delete/{id} */
export const deleteFeed = eachItem({
	name: 'Delete',
	action: 'Delete a feed',
	description: 'Delete a feed. Events that came from it stay. Needs the key of a site admin.',
	destructive: true,
	fields: [chosenFeed],
	async execute({ item, misp }) {
		const found = await find(misp, 'feed', item.locator('feed'));
		await misp.create(`/feeds/delete/${idOf(found)}`, {});
		return { id: idOf(found), name: asText(found.entry.name), url: asText(found.entry.url), deleted: true };
	},
});
