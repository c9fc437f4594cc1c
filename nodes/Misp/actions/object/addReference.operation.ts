import { eachItem } from '../../call';
import { chosen } from '../../descriptions/chosen';
import { chosenObject } from '../../descriptions/entries';
import { asRecord, pick } from '../../json';
import { uuidExample, uuidPattern } from '../../uuid';

/** POST /objectReferences/add/{object} */
export const addReference = eachItem({
	name: 'Add Reference',
	action: 'Add a reference from an object to another',
	description: 'Say how an object relates to another object or attribute of the same event',
	fields: [
		chosenObject,
		chosen({
			displayName: 'Target',
			name: 'target',
			search: 'searchObjects',
			by: 'UUID',
			placeholder: uuidExample,
			description: 'The object or attribute that is referred to. Attributes are given by their UUID.',
			pattern: uuidPattern,
		}),
		{
			displayName: 'Relationship',
			name: 'relationship',
			type: 'string',
			required: true,
			default: 'related-to',
			placeholder: 'dropped-by',
			description:
				'How the object relates to the target, in the words of MISP: drops, communicates-with, contains, derived-from …',
		},
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			default: '',
			description: 'Context for the people who read it',
		},
	],
	async execute({ item, misp }) {
		const { body } = await misp.create(`/objectReferences/add/${encodeURIComponent(item.locator('object'))}`, {
			referenced_uuid: item.locator('target'),
			relationship_type: item.required('relationship', 'Relationship'),
			comment: item.text('comment'),
		});
		return pick(asRecord(asRecord(body).ObjectReference), [
			'id',
			'uuid',
			'object_id',
			'object_uuid',
			'referenced_uuid',
			'referenced_type',
			'relationship_type',
			'comment',
			'event_id',
			'timestamp',
		]);
	},
});
