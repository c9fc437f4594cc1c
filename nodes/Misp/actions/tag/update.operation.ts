import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { chosenTagId } from '../../descriptions/chosen';
import { changedFields } from '../../descriptions/fieldsToSet';
import { asRecord, asText } from '../../json';
import { compactTag, findTag, tagProperties } from './tags';

/** POST /tags/edit/{id} */
export const update = eachItem({
	name: 'Update',
	action: 'Update a tag',
	description: 'Rename a tag or change its colour and behaviour. Needs the key of a site admin.',
	fields: [
		chosenTagId,
		changedFields([
			...tagProperties,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'New name of the tag, wherever it is attached',
			},
		]),
	],
	async execute({ item, misp }) {
		const fields = item.options('fields');
		if (Object.keys(fields).length === 0)
			throw new Problem('Nothing to change was given', 'Add at least one field.', 'empty');
		if (fields.name === '')
			throw new Problem('"Name" is empty', 'Give the tag a name, or leave the field out.', 'empty');
		const { body } = await misp.post(`/tags/edit/${asText((await findTag(misp, item.locator('tag'))).id)}`, fields);
		return compactTag(asRecord(asRecord(body).Tag));
	},
});
