import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { asText } from '../json';
import type { Misp } from '../transport/connect';
import { connect } from '../transport/connect';
import type { Listed } from '../transport/lists';
import { listAll, listClusters } from '../transport/lists';

/** A list in the editor is no longer of use beyond this: the user types a part of the name instead. */
const mostShown = 500;

const state = (entry: IDataObject, name: string): string => (entry.enabled === false ? `${name} (disabled)` : name);

const matching = (choices: INodeListSearchItems[], filter: string): INodeListSearchResult => ({
	results: choices
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
		.sort((a, b) => a.name.localeCompare(b.name))
		.slice(0, mostShown),
});

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

const searchIn = (choices: (misp: Misp, fn: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>): ListSearch =>
	async function (this: ILoadOptionsFunctions, filter = '') {
		return matching(await choices(await connect(this), this), filter);
	};

const byName = (what: Listed, name = 'name', value = 'id'): ListSearch =>
	searchIn(async (misp) => {
		const entries = await listAll(misp, what);
		return entries.map(({ entry }) => ({ name: state(entry, asText(entry[name])), value: asText(entry[value]) }));
	});

export const searchFeeds = byName('feed');
export const searchTaxonomies = byName('taxonomy', 'namespace');
export const searchGalaxies = byName('galaxy');
export const searchWarninglists = byName('warninglist');
export const searchNoticelists = byName('noticelist');
export const searchDecayingModels = byName('decayingModel');
export const searchOrganisations = byName('organisation');
export const searchUsers = byName('user', 'email');
export const searchRoles = byName('role');
export const searchSharingGroups = byName('sharingGroup');

/** Clusters of the galaxy that is chosen beside it, by their UUID: that stays the same on every MISP. */
export const searchGalaxyClusters = searchIn(async (misp, fn) => {
	const wanted = String(fn.getCurrentNodeParameter('galaxy', { extractValue: true }) ?? '');
	const galaxy = (await listAll(misp, 'galaxy')).find(({ entry }) => entry.id === wanted || entry.uuid === wanted);
	if (!galaxy) return [];
	const clusters = await listClusters(misp, asText(galaxy.entry.id));
	return clusters.map((cluster) => ({ name: asText(cluster.value), value: asText(cluster.uuid) }));
});
