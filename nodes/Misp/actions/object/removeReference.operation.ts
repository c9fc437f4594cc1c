import { eachItem } from '../../call';
import { chosenObject, chosenReference } from '../../descriptions/entries';
import { hardDelete } from '../../descriptions/hardDelete';

/** POST /objectReferences/delete/{reference}[/1] */
export const removeReference = eachItem({
	name: 'Remove Reference',
	action: 'Remove a reference from an object',
	description: 'Take away a reference from an object to another object or attribute',
	fields: [
		{
			...chosenObject,
			required: false,
			description:
				'The object whose references are listed below. Not needed where the reference is given by its ID or UUID.',
		},
		{ ...chosenReference, typeOptions: { loadOptionsDependsOn: ['object.value'] } },
		hardDelete('Whether to erase it for good'),
	],
	async execute({ item, misp }) {
		const reference = item.locator('reference');
		const hard = item.flag('hard');
		await misp.post(`/objectReferences/delete/${encodeURIComponent(reference)}${hard ? '/1' : ''}`);
		return { reference, removed: true, hard };
	},
});
