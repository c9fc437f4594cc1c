import { eachItem } from '../../call';
import { chosenGalaxy } from '../../descriptions/chosen';
import { asText } from '../../json';
import { find } from '../lookup';

/** POST /galaxies/delete/{id} */
export const deleteGalaxy = eachItem({
	name: 'Delete',
	action: 'Delete a galaxy',
	description:
		'Delete a galaxy with its clusters. Needs the key of a site admin. An update of the galaxies brings those of MISP back.',
	destructive: true,
	fields: [chosenGalaxy],
	async execute({ item, misp }) {
		const { entry } = await find(misp, 'galaxy', item.locator('galaxy'));
		await misp.create(`/galaxies/delete/${asText(entry.id)}`, {});
		return { id: asText(entry.id), uuid: asText(entry.uuid), name: asText(entry.name), deleted: true };
	},
});
