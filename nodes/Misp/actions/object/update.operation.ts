import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { compactObject } from '../../compactObject';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { chosenObject } from '../../descriptions/entries';
import { readRecord } from '../../../shared/jsonField';
import { simplify } from '../../descriptions/outputForm';
import { asRecord, asRecords, asText, pick } from '../../json';
import { readTemplate } from '../../transport/objectTemplates';
import { typeDefaults } from '../../transport/typeDefaults';
import { objectAttributes } from './objectAttributes';

/** POST /objects/edit/{object}, POST /attributes/edit/{attribute} for values that change. */
export const update = eachItem({
	name: 'Update',
	action: 'Update an object',
	description: 'Change an object or values of its fields. Fields that are not named stay as they are.',
	fields: [
		chosenObject,
		{
			displayName: 'Fields (JSON)',
			name: 'fieldsJson',
			type: 'json',
			default: '{}',
			description:
				'New values by the names of the fields, such as {"filename": "invoice.exe"}. Fields that the object does not have yet are added.',
		},
		detailFields('changes', 'Update Fields', ['comment', 'distribution', 'firstSeen', 'lastSeen', 'sharingGroup']),
		simplify,
	],
	async execute({ item, misp }) {
		const changes = readDetails(item.options('changes'));
		const values = readRecord('Fields (JSON)', item.raw('fieldsJson'));
		if (Object.keys(changes).length + Object.keys(values).length === 0) {
			throw new Problem(
				'There is nothing to change',
				'Give new values, or add a field under "Update Fields".',
				'empty',
			);
		}
		const path = encodeURIComponent(item.locator('object'));
		const before = await view(misp, path);
		if (Object.keys(values).length > 0) await changeValues(misp, before, values);
		// Without Attribute in it, this leaves the attributes alone.
		if (Object.keys(changes).length > 0) await misp.post(`/objects/edit/${path}`, changes);
		const after = await view(misp, path);
		return item.flag('simple') ? compactObject(after) : after;
	},
});

const view = async (misp: MispCall['misp'], path: string): Promise<IDataObject> =>
	asRecord(asRecord((await misp.get(`/objects/view/${path}`)).body).Object);

/**
 * Values are changed attribute by attribute, where MISP says what is wrong. An edit of the object replaces its whole list and loses invalid
 * ones without a word (2.5.1), so it is used only to add, with all that is there in it, and looked at afterwards.
 */
async function changeValues(misp: MispCall['misp'], object: IDataObject, values: IDataObject): Promise<void> {
	const template = await readTemplate(misp, asText(object.template_uuid));
	const built = objectAttributes(template, await typeDefaults(misp), values);
	if (!built.ok)
		throw new Problem(built.problems.join(' '), 'Nothing was sent to MISP. Correct the fields.', 'bad_fields');
	const there = asRecords(object.Attribute);
	const unused = [...there];
	const toAdd: IDataObject[] = [];
	for (const wanted of built.attributes) {
		const at = unused.findIndex(({ object_relation: relation }) => relation === wanted.object_relation);
		const [current] = at < 0 ? [] : unused.splice(at, 1);
		if (!current) toAdd.push(wanted);
		else if (asText(current.value) !== asText(wanted.value)) {
			await misp.post(`/attributes/edit/${asText(current.uuid)}`, { value: wanted.value });
			current.value = wanted.value;
		}
	}
	if (toAdd.length > 0) await addToObject(misp, object, toAdd);
}

async function addToObject(misp: MispCall['misp'], object: IDataObject, toAdd: IDataObject[]): Promise<void> {
	const kept = asRecords(object.Attribute).map((attribute) =>
		pick(attribute, [
			'uuid',
			'object_relation',
			'type',
			'category',
			'value',
			'to_ids',
			'comment',
			'distribution',
			'sharing_group_id',
			'disable_correlation',
			'first_seen',
			'last_seen',
		]),
	);
	const { body } = await misp.post(`/objects/edit/${asText(object.uuid)}`, { Attribute: [...kept, ...toAdd] });
	const now = asRecords(asRecord(asRecord(body).Object).Attribute);
	const has = (wanted: IDataObject) => now.some(({ object_relation: relation }) => relation === wanted.object_relation);
	const lost = toAdd.filter((wanted) => !has(wanted));
	if (lost.length === 0) return;
	throw new Problem(
		`MISP left out ${lost.map((one) => `${asText(one.object_relation)} "${asText(one.value)}"`).join(', ')} without a word`,
		'The value most likely does not fit the type of the field, or the event has it already. The other fields are as they should be.',
		'left_out',
	);
}
