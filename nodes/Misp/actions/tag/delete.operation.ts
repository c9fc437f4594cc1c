import { eachItem } from '../../call';
import { chosenTagId } from '../../descriptions/chosen';
import { asNumber, asText } from '../../json';
import { findTag } from './tags';

/** POST /tags/delete/{id} */
export const deleteTag = eachItem({
	name: 'Delete',
	action: 'Delete a tag',
	description: 'Delete a tag, which takes it off all events and attributes too. Needs the key of a site admin.',
	destructive: true,
	fields: [chosenTagId],
	async execute({ item, misp }) {
		const tag = await findTag(misp, item.locator('tag'));
		await misp.create(`/tags/delete/${asText(tag.id)}`, {});
		return {
			id: asText(tag.id),
			name: asText(tag.name),
			was_on_events: asNumber(tag.count),
			was_on_attributes: asNumber(tag.attribute_count),
			deleted: true,
		};
	},
});
