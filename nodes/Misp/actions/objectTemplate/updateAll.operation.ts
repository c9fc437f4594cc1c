import { eachItem } from '../../call';
import { limits } from '../../limits';
import { listTemplates } from './templates';

/** POST /objectTemplates/update */
export const updateAll = eachItem({
	name: 'Update All',
	action: 'Update all object templates',
	description:
		'Load the object templates that came with the last update of MISP into its database. Needs the key of a site admin.',
	fields: [],
	async execute({ misp }) {
		const before = new Map((await listTemplates(misp)).map(({ uuid, version }) => [uuid, version]));
		// MISP answers with an empty redirect, whatever it did: what changed shows in the list.
		await misp.post('/objectTemplates/update', {}, { timeoutMs: limits.longTimeoutMs });
		const after = await listTemplates(misp);
		return {
			templates: after.length,
			added: after.filter(({ uuid }) => !before.has(uuid)).map(({ name }) => name),
			updated: after
				.filter(({ uuid, version }) => before.has(uuid) && before.get(uuid) !== version)
				.map(({ name }) => name),
		};
	},
});
