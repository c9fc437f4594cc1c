import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../shared/problem';
import { asText } from '../json';
import type { Misp } from '../transport/connect';
import type { Listed, ListedEntry } from '../transport/lists';
import { listAll } from '../transport/lists';

/** How each kind is called in messages, and by what else than its id it can be named. */
const kinds: Record<Listed, { called: string; fields: readonly string[]; shownTo?: string }> = {
	tag: { called: 'tag', fields: ['name'] },
	feed: { called: 'feed', fields: ['name'], shownTo: 'Feeds are shown to site admins only.' },
	taxonomy: { called: 'taxonomy', fields: ['namespace'] },
	galaxy: { called: 'galaxy', fields: ['uuid'] },
	warninglist: { called: 'warninglist', fields: ['name'] },
	noticelist: { called: 'noticelist', fields: ['name'] },
	decayingModel: { called: 'decaying model', fields: ['uuid', 'name'] },
	organisation: { called: 'organisation', fields: ['uuid', 'name'] },
	user: { called: 'user', fields: ['email'] },
	role: { called: 'role', fields: ['name'] },
	sharingGroup: { called: 'sharing group', fields: ['uuid'] },
};

/**
 * Finds one entry by its id or by what else it is called. The list is asked instead of the entry itself where MISP
 * would answer with more than is needed (a warninglist may hold a million values) or knows it by its id only.
 * @throws Problem where the key sees none such
 */
export async function find(misp: Misp, what: Listed, wanted: string): Promise<ListedEntry> {
	const { called, fields, shownTo = 'What the role of the key may not see is missing there.' } = kinds[what];
	if (wanted === '') throw new Problem(`No ${called} was chosen`, `Choose a ${called} from the list.`, 'empty');
	const entries = await listAll(misp, what);
	const named = ['id', ...fields];
	const byText = (read: (text: string) => string) =>
		entries.find(({ entry }) => named.some((field) => read(asText(entry[field])) === read(wanted)));
	// Exactly first: names that differ in upper and lower case are two tags.
	const found = byText((text) => text) ?? byText((text) => text.toLowerCase());
	if (found) return found;
	throw new Problem(
		`MISP has no ${called} "${wanted}", or hides it from this key`,
		`Choose the ${called} from the list, or check its spelling. ${shownTo}`,
		'not_found',
	);
}

export const idOf = ({ entry }: { entry: IDataObject }): string => asText(entry.id);
