import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { chosenFeed } from '../../descriptions/chosen';
import { changedFields } from '../../descriptions/fieldsToSet';
import { asRecord } from '../../json';
import { find, idOf } from '../lookup';
import { compactFeed, feedBody, feedFormat, feedOptions } from './feeds';

/** POST /feeds/edit/{id} */
export const update = eachItem({
	name: 'Update',
	action: 'Update a feed',
	description: 'Change how MISP treats a feed. Needs the key of a site admin.',
	fields: [
		chosenFeed,
		changedFields([
			...feedOptions,
			{ ...feedFormat, name: 'source_format' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'What the feed is called' },
			{ displayName: 'Provider', name: 'provider', type: 'string', default: '', description: 'Who makes the feed' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '', description: 'Where MISP fetches it' },
		]),
	],
	async execute({ item, misp }) {
		const given = item.options('fields');
		if (Object.keys(given).length === 0)
			throw new Problem('Nothing to change was given', 'Add at least one field.', 'empty');
		const found = await find(misp, 'feed', item.locator('feed'));
		const { body } = await misp.post(`/feeds/edit/${idOf(found)}`, feedBody(given, found.entry.settings));
		return compactFeed(asRecord(asRecord(body).Feed));
	},
});
