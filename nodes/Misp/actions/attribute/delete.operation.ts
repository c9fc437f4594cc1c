import { eachItem } from '../../call';
import { chosenAttribute } from '../../descriptions/entries';
import { hardDelete } from '../../descriptions/hardDelete';

/** POST /attributes/delete/{attribute}[/1] */
export const deleteAttribute = eachItem({
	name: 'Delete',
	action: 'Delete an attribute',
	description: 'Delete an attribute. A soft-deleted one can be restored, and other instances learn that it is gone.',
	destructive: true,
	fields: [
		chosenAttribute,
		hardDelete('Whether to erase it for good. It cannot be restored then, and instances that have a copy keep it.'),
	],
	async execute({ item, misp }) {
		const attribute = item.locator('attribute');
		const hard = item.flag('hard');
		await misp.create(`/attributes/delete/${encodeURIComponent(attribute)}${hard ? '/1' : ''}`, {});
		return { attribute, deleted: true, hard };
	},
});
