import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { chosenAttribute } from '../../descriptions/entries';
import { simplify } from '../../descriptions/outputForm';
import { compactAttribute } from '../../item';
import { asRecord } from '../../json';

/** POST /attributes/edit/{attribute} */
export const update = eachItem({
	name: 'Update',
	action: 'Update an attribute',
	description:
		'Change fields of an attribute. MISP unpublishes its event, since what was published is no longer current.',
	fields: [
		chosenAttribute,
		detailFields('changes', 'Update Fields', [
			'category',
			'comment',
			'disableCorrelation',
			'distribution',
			'firstSeen',
			'lastSeen',
			'sharingGroup',
			'toIds',
			'type',
			'value',
		]),
		simplify,
	],
	async execute({ item, misp }) {
		const changes = readDetails(item.options('changes'));
		if (Object.keys(changes).length === 0)
			throw new Problem('There is nothing to change', 'Add at least one field under "Update Fields".', 'empty');
		const { body } = await misp.post(`/attributes/edit/${encodeURIComponent(item.locator('attribute'))}`, changes);
		const attribute = asRecord(asRecord(body).Attribute);
		return item.flag('simple') ? compactAttribute(attribute) : attribute;
	},
});
