import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../json';
import type { Misp } from './connect';

interface List {
	path: string;
	/** Key of the answer under which the rows are, where the answer is not the list itself. */
	under?: string;
	/** Key of each row that holds the entry. */
	entry?: string;
}

/** What MISP lists whole in one answer: it takes no page and no limit there (2.5.1). */
const lists = {
	tag: { path: '/tags/index', under: 'Tag' },
	feed: { path: '/feeds/index', entry: 'Feed' },
	taxonomy: { path: '/taxonomies/index', entry: 'Taxonomy' },
	galaxy: { path: '/galaxies/index', entry: 'Galaxy' },
	warninglist: { path: '/warninglists/index', under: 'Warninglists', entry: 'Warninglist' },
	noticelist: { path: '/noticelists/index', entry: 'Noticelist' },
	decayingModel: { path: '/decayingModel/index', entry: 'DecayingModel' },
	organisation: { path: '/organisations/index/scope:all', entry: 'Organisation' },
	user: { path: '/admin/users/index', entry: 'User' },
	role: { path: '/roles/index', entry: 'Role' },
	sharingGroup: { path: '/sharing_groups/index', under: 'response', entry: 'SharingGroup' },
} satisfies Record<string, List>;

export type Listed = keyof typeof lists;

export interface ListedEntry {
	entry: IDataObject;
	/** The entry's row, with what MISP puts beside the entry: counts, the organisation, the role. */
	row: IDataObject;
}

/** Everything of a kind that the key may see. */
export async function listAll(misp: Misp, what: Listed): Promise<ListedEntry[]> {
	const { path, under, entry }: List = lists[what];
	const { body } = await misp.get(path);
	const rows = asRecords(under === undefined ? body : asRecord(body)[under]);
	return rows.map((row) => ({ row, entry: entry === undefined ? row : asRecord(row[entry]) }));
}

/** POST /galaxy_clusters/index/{galaxy's id}: all of them, or those that are custom, default or deleted. */
export async function listClusters(misp: Misp, galaxy: string, context = 'all'): Promise<IDataObject[]> {
	const { body } = await misp.post(`/galaxy_clusters/index/${galaxy}`, { context });
	return asRecords(body).map(({ GalaxyCluster }) => asRecord(GalaxyCluster));
}

/** True where the text occurs in one of the fields, upper and lower case alike; an empty text occurs in all. */
export const mentions = (entry: IDataObject, fields: readonly string[], text: string): boolean =>
	text === '' || fields.some((field) => asText(entry[field]).toLowerCase().includes(text.toLowerCase()));
