import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { attributeType } from '../../descriptions/attributeType';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { chosenAttribute } from '../../descriptions/entries';
import { eventLocator } from '../../descriptions/eventLocator';
import { asRecord, asText } from '../../json';
import { readAttribute } from '../attribute/oneAttribute';
import { compactProposal } from './compactProposal';

/** POST /shadow_attributes/add/{event}, edit/{attribute} or delete/{attribute} */
export const create = eachItem({
	name: 'Create',
	action: 'Create a proposal',
	description: 'Propose an attribute, a change or a deletion to the organisation that owns an event',
	fields: [
		{
			displayName: 'Propose',
			name: 'proposes',
			type: 'options',
			options: [
				{ name: 'Change of an Attribute', value: 'change' },
				{ name: 'Deletion of an Attribute', value: 'deletion' },
				{ name: 'New Attribute', value: 'attribute' },
			],
			default: 'attribute',
			description: 'What to propose',
		},
		{ ...eventLocator, displayOptions: { show: { proposes: ['attribute'] } } },
		{ ...chosenAttribute, displayOptions: { show: { proposes: ['change', 'deletion'] } } },
		{ ...attributeType, displayOptions: { show: { proposes: ['attribute'] } } },
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			displayOptions: { show: { proposes: ['attribute'] } },
			required: true,
			default: '',
			placeholder: 'bad.example.com',
			description: 'Value of the proposed attribute',
		},
		{
			...detailFields('details', 'Additional Fields', ['category', 'comment', 'firstSeen', 'lastSeen', 'toIds']),
			displayOptions: { show: { proposes: ['attribute'] } },
		},
		{
			...detailFields('changes', 'Update Fields', [
				'category',
				'comment',
				'firstSeen',
				'lastSeen',
				'toIds',
				'type',
				'value',
			]),
			displayOptions: { show: { proposes: ['change'] } },
		},
	],
	async execute(call) {
		const { item } = call;
		switch (item.text('proposes')) {
			case 'deletion':
				return await proposeDeletion(call);
			case 'change':
				return await proposeChange(call);
			default:
				return await proposeAttribute(call);
		}
	},
});

async function proposeAttribute({ item, misp }: MispCall): Promise<IDataObject> {
	const { body } = await misp.create(`/shadow_attributes/add/${encodeURIComponent(item.locator('event'))}`, {
		...readDetails(item.options('details')),
		type: item.required('type', 'Type'),
		value: item.required('value', 'Value'),
	});
	return compactProposal(asRecord(asRecord(body).ShadowAttribute));
}

async function proposeChange({ item, misp }: MispCall): Promise<IDataObject> {
	const changes = readDetails(item.options('changes'));
	if (Object.keys(changes).length === 0)
		throw new Problem('There is no change to propose', 'Add at least one field under "Update Fields".', 'empty');
	const { body } = await misp.create(
		`/shadow_attributes/edit/${encodeURIComponent(item.locator('attribute'))}`,
		changes,
	);
	return compactProposal(asRecord(asRecord(body).ShadowAttribute));
}

/** MISP answers without the proposal here, and may say that an e-mail about it was not sent. */
async function proposeDeletion({ item, misp }: MispCall): Promise<IDataObject> {
	const attribute = await readAttribute(misp, item.locator('attribute'));
	await misp.create(`/shadow_attributes/delete/${asText(attribute.id)}`, {});
	const { event_id, type, category, value, uuid } = asRecord(attribute);
	return { proposes: 'deletion', attribute_id: asText(attribute.id), uuid, event_id, type, category, value };
}
