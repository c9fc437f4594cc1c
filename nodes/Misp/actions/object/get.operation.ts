import { eachItem } from '../../call';
import { compactObject } from '../../compactObject';
import { chosenObject } from '../../descriptions/entries';
import { simplify } from '../../descriptions/outputForm';
import { asRecord } from '../../json';
import { limits } from '../../limits';

/** GET /objects/view/{object} */
export const get = eachItem({
	name: 'Get',
	action: 'Get an object',
	description: 'Get one object with its fields',
	concurrency: limits.concurrency,
	fields: [chosenObject, simplify],
	async execute({ item, misp }) {
		const { body } = await misp.get(`/objects/view/${encodeURIComponent(item.locator('object'))}`);
		const object = asRecord(asRecord(body).Object);
		return item.flag('simple') ? compactObject(object) : object;
	},
});
