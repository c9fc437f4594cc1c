import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { searchText } from '../../descriptions/listFilters';
import { simplify } from '../../descriptions/outputForm';
import { listAll, mentions } from '../../transport/lists';
import { compactOrganisation } from './organisations';

/** GET /organisations/index/scope:all */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many organisations',
	description: 'Get the organisations that this MISP knows',
	fields: [
		...allOrLimit,
		{
			displayName: 'Which Organisations',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Known From Elsewhere', value: 'external' },
				{ name: 'Local', value: 'local' },
			],
			default: 'all',
			description: 'Whether they have users on this MISP',
		},
		searchText('Part of the name'),
		simplify,
	],
	async execute({ item, misp }) {
		const scope = item.text('scope');
		const orgs = (await listAll(misp, 'organisation')).map(({ entry }) => entry);
		const wanted = orgs.filter(
			(org) =>
				(scope === 'all' || (org.local === true) === (scope === 'local')) &&
				mentions(org, ['name'], item.text('searchText')),
		);
		return takeLimit(item, wanted).map((org) => (item.flag('simple') ? compactOrganisation(org) : org));
	},
});
