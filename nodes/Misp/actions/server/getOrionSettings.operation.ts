import { eachItem } from '../../call';
import { orionPrefix, orionSettings } from './orionSettings';
import type { Setting } from './settings';
import { readSettings } from './settings';

/** GET /servers/serverSettings.json, of it what MISP's own Cytomic Orion module is set to. */
export const getOrionSettings = eachItem({
	name: 'Get Orion Settings',
	action: 'Get the settings of the cytomic orion module',
	description:
		'Get what MISP’s own Cytomic Orion module is set to, and where each setting goes in these nodes, for moving over. Secrets are not shown. Needs the key of a site admin.',
	fields: [],
	async execute({ misp, hint }) {
		const found = new Map<string, Setting>();
		for (const setting of await readSettings(misp))
			if (setting.setting.startsWith(orionPrefix)) found.set(setting.setting.slice(orionPrefix.length), setting);
		if (found.size === 0) {
			hint(
				'MISP shows no settings of a Cytomic Orion module. It lists them only while its enrichment modules run and have this one.',
				'warning',
			);
			return [];
		}
		const known = orionSettings.flatMap(({ name, ...where }) => {
			const setting = found.get(name);
			found.delete(name);
			return setting ? [report(setting, where)] : [];
		});
		const others = [...found.values()].map((setting) =>
			report(setting, { goesTo: '', field: '', note: 'Not known to these nodes' }),
		);
		return [...known, ...others];
	},
});

const report = (
	{ setting, value, secret }: Setting,
	{ goesTo, field, note }: { goesTo: string; field: string; note: string },
) => ({
	setting,
	value,
	is_set: value !== '' && value !== null && value !== undefined,
	secret,
	goes_to: goesTo,
	field,
	note,
});
