import { eachItem } from '../../call';
import { chosenAttribute } from '../../descriptions/entries';
import { simplify } from '../../descriptions/outputForm';
import { compactAttribute } from '../../item';
import { asRecord } from '../../json';
import { limits } from '../../limits';
import { readAttribute } from './oneAttribute';

/** POST /attributes/restSearch with its UUID */
export const get = eachItem({
	name: 'Get',
	action: 'Get an attribute',
	description:
		'Get one attribute with its tags and what it needs of its event. By UUID, soft-deleted ones are found too.',
	concurrency: limits.concurrency,
	fields: [chosenAttribute, simplify],
	async execute({ item, misp }) {
		const row = await readAttribute(misp, item.locator('attribute'));
		return item.flag('simple') ? compactAttribute(row) : asRecord(row);
	},
});
