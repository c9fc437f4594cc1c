import type { INodeProperties } from 'n8n-workflow';
import { idOrUuidPattern } from '../uuid';

interface Chosen {
	displayName: string;
	name: string;
	/** Method under methods/ that lists the choices. */
	search: string;
	/** What can be typed instead, such as "ID or Name". */
	by: string;
	placeholder: string;
	description: string;
	pattern?: { regex: string; errorMessage: string };
	required?: boolean;
}

/** A resource locator: chosen from a list that MISP is asked for, or typed. */
export const chosen = ({
	displayName,
	name,
	search,
	by,
	placeholder,
	description,
	pattern,
	required = true,
}: Chosen): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	required,
	default: { mode: 'list', value: '' },
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: search, searchable: true },
		},
		{
			displayName: `By ${by}`,
			name: 'id',
			type: 'string',
			placeholder,
			...(pattern && { validation: [{ type: 'regex', properties: pattern }] }),
		},
	],
});

export const chosenFeed = chosen({
	displayName: 'Feed',
	name: 'feed',
	search: 'searchFeeds',
	by: 'ID or Name',
	placeholder: 'CIRCL OSINT Feed',
	description: 'The feed. MISP shows feeds to site admins only.',
});
export const chosenTagId = chosen({
	displayName: 'Tag',
	name: 'tag',
	search: 'searchTags',
	by: 'ID or Name',
	placeholder: 'cytomic-orion:action="upload"',
	description: 'The tag, by its name or ID',
});
export const chosenTaxonomy = chosen({
	displayName: 'Taxonomy',
	name: 'taxonomy',
	search: 'searchTaxonomies',
	by: 'ID or Namespace',
	placeholder: 'cytomic-orion',
	description: 'The taxonomy, by its ID or namespace',
});
export const chosenGalaxy = chosen({
	displayName: 'Galaxy',
	name: 'galaxy',
	search: 'searchGalaxies',
	by: 'ID or UUID',
	placeholder: '12',
	pattern: idOrUuidPattern,
	description: 'The galaxy',
});
export const chosenGalaxyCluster: INodeProperties = {
	...chosen({
		displayName: 'Cluster',
		name: 'cluster',
		search: 'searchGalaxyClusters',
		by: 'ID or UUID',
		placeholder: '3629863f-f106-46fe-8ee0-870729f5f478',
		pattern: idOrUuidPattern,
		description: 'The cluster: a threat actor, a technique, a piece of malware …',
	}),
	typeOptions: { loadOptionsDependsOn: ['galaxy.value'] },
};
export const chosenWarninglist = chosen({
	displayName: 'Warninglist',
	name: 'warninglist',
	search: 'searchWarninglists',
	by: 'ID or Name',
	placeholder: 'List of RFC 5735 CIDR blocks',
	description: 'The warninglist, by its ID or its whole name',
});
export const chosenNoticelist = chosen({
	displayName: 'Noticelist',
	name: 'noticelist',
	search: 'searchNoticelists',
	by: 'ID or Name',
	placeholder: 'gdpr',
	description: 'The noticelist, by its ID or name',
});
export const chosenDecayingModel = chosen({
	displayName: 'Decaying Model',
	name: 'decayingModel',
	search: 'searchDecayingModels',
	by: 'ID or Name',
	placeholder: '1',
	description: 'The model that makes indicators lose their score with time, by its ID or name',
});
export const chosenOrganisation = chosen({
	displayName: 'Organisation',
	name: 'organisation',
	search: 'searchOrganisations',
	by: 'ID, UUID or Name',
	placeholder: 'CIRCL',
	description: 'The organisation, by its ID, UUID or name',
});
export const chosenUser = chosen({
	displayName: 'User',
	name: 'user',
	search: 'searchUsers',
	by: 'ID or E-Mail',
	placeholder: 'analyst@example.org',
	description: 'The user, by ID or e-mail address',
});
export const chosenRole = chosen({
	displayName: 'Role',
	name: 'role',
	search: 'searchRoles',
	by: 'ID or Name',
	placeholder: 'Publisher',
	required: false,
	description: 'The role, by its ID or name',
});
export const chosenSharingGroup = chosen({
	displayName: 'Sharing Group',
	name: 'sharingGroup',
	search: 'searchSharingGroups',
	by: 'ID or UUID',
	placeholder: '1',
	pattern: idOrUuidPattern,
	description: 'The sharing group',
});
