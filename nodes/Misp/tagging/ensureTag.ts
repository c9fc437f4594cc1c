import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords } from '../json';
import type { Misp } from '../transport/connect';
import { problemOf } from '../transport/connect';

/**
 * Sees to it that MISP has a tag of this name. POST /tags/add answers with the tag that is there already, if there is one;
 * a key that may not create tags gets 403 either way, and is then told so only where the tag is really missing.
 */
export async function ensureTag(misp: Misp, name: string): Promise<void> {
	const reading = await misp.ask({
		method: 'POST',
		path: '/tags/add',
		body: { name, colour: '#006299' },
		repeatable: true,
	});
	if (reading.kind === 'problem' && !(await tagExists(misp, name))) throw problemOf(reading.problem);
}

const tagExists = async (misp: Misp, name: string): Promise<boolean> => (await tagNamed(misp, name)) !== undefined;

/** The tag of exactly this name. GET /tags/search finds no name that has quotes (MISP 2.5.1), so a word of it is looked for and the names are compared here. */
export async function tagNamed(misp: Misp, name: string): Promise<IDataObject | undefined> {
	const word = /[\w-]+/.exec(name)?.[0] ?? '';
	const { body } = await misp.get(`/tags/index/searchall:${word}.json`);
	return asRecords(asRecord(body).Tag).find((tag) => tag.name === name);
}
