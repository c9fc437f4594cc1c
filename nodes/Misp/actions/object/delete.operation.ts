import { eachItem } from '../../call';
import { chosenObject } from '../../descriptions/entries';
import { hardDelete } from '../../descriptions/hardDelete';
import { asRecord, asText } from '../../json';

/** POST /objects/delete/{object}[/1] */
export const deleteObject = eachItem({
	name: 'Delete',
	action: 'Delete an object',
	description: 'Delete an object with all its attributes',
	destructive: true,
	fields: [chosenObject, hardDelete('Whether to erase it for good. Instances that have a copy keep it then.')],
	async execute({ item, misp }) {
		const object = item.locator('object');
		const hard = item.flag('hard');
		const { body } = await misp.create(`/objects/delete/${encodeURIComponent(object)}${hard ? '/1' : ''}`, {});
		// The id in MISP's answer is the event's (2.5.1).
		return { object, deleted: true, hard, event_id: asText(asRecord(body).id) };
	},
});
