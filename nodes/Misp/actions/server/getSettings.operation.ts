import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { searchText } from '../../descriptions/listFilters';
import { mentions } from '../../transport/lists';
import { readSettings } from './settings';

/** GET /servers/serverSettings.json */
export const getSettings = eachItem({
	name: 'Get Settings',
	action: 'Get the settings of the server',
	description:
		'Get MISP’s settings and what MISP finds wrong with them. Secrets are masked. Needs the key of a site admin.',
	fields: [
		...allOrLimit,
		searchText('Part of the name of the setting, such as Enrichment'),
		{
			displayName: 'Only With Errors',
			name: 'onlyErrors',
			type: 'boolean',
			default: false,
			description: 'Whether to return only those settings that MISP finds fault with',
		},
	],
	async execute({ item, misp }) {
		const settings = (await readSettings(misp)).filter(
			(setting) =>
				mentions(setting, ['setting'], item.text('searchText')) && (!item.flag('onlyErrors') || setting.error !== ''),
		);
		return takeLimit(item, settings);
	},
});
