import { eachItem } from '../../call';
import { moreFields } from '../../descriptions/fieldsToSet';
import { asRecord } from '../../json';
import { tagNamed } from '../../tagging/ensureTag';
import { compactTag, tagProperties } from './tags';

/** POST /tags/add. MISP answers with the tag that is there already, if there is one of the name, and changes nothing of it (2.5.1). */
export const create = eachItem({
	name: 'Create',
	action: 'Create a tag',
	description: 'Create a tag. One of the same name is returned as it is. Needs the tag editor permission.',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'cytomic-orion:action="upload"',
			description: 'Name of the tag; upper and lower case make different tags',
		},
		moreFields(tagProperties, 'What else the tag should be'),
	],
	async execute({ item, misp }) {
		const name = item.required('name', 'Name');
		const known = await tagNamed(misp, name);
		if (known) return { ...compactTag(known), created: false };
		const { body } = await misp.create('/tags/add', { name, ...item.options('fields') });
		return { ...compactTag(asRecord(asRecord(body).Tag)), created: true };
	},
});
