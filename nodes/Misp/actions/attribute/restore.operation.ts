import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { chosenAttribute } from '../../descriptions/entries';
import { compactAttribute } from '../../item';
import { asText } from '../../json';
import { readAttribute } from './oneAttribute';

/** POST /attributes/restore/{id} */
export const restore = eachItem({
	name: 'Restore',
	action: 'Restore a deleted attribute',
	description: 'Bring back a soft-deleted attribute. One that is not deleted stays as it is.',
	fields: [chosenAttribute],
	async execute({ item, misp }) {
		const wanted = item.locator('attribute');
		// MISP restores by id only, and its view hides deleted ones: so a UUID is looked up by a search.
		const before = wanted.includes('-') ? await readAttribute(misp, wanted) : undefined;
		if (before && before.deleted !== true) return { ...compactAttribute(before), restored: false };
		await misp.post(`/attributes/restore/${encodeURIComponent(asText(before?.id ?? wanted))}`);
		// The answer is an empty redirect, so the attribute itself has to show it.
		const after = await readAttribute(misp, wanted);
		if (after.deleted !== true) return { ...compactAttribute(after), restored: true };
		throw new Problem(
			`Attribute ${wanted} is still deleted`,
			'Check in MISP whether its object or event was deleted too.',
			'not_restored',
		);
	},
});
