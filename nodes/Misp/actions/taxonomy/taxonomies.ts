import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText, pick } from '../../json';
import type { Misp } from '../../transport/connect';

export const taxonomyFields = [
	'id',
	'namespace',
	'description',
	'version',
	'enabled',
	'exclusive',
	'required',
	'highlighted',
];

/** A tag of a taxonomy; `exists` where it was created, by Enable Tags or by hand. */
export interface TaxonomyTag extends IDataObject {
	tag: string;
	expanded: string;
	exists: boolean;
}

export interface Taxonomy {
	entry: IDataObject;
	tags: TaxonomyTag[];
}

/** GET /taxonomies/view/{id}; MISP knows a taxonomy by its id only, not by its namespace (2.5.1). */
export async function viewTaxonomy(misp: Misp, id: string): Promise<Taxonomy> {
	const { body } = await misp.get(`/taxonomies/view/${id}`);
	const { Taxonomy, entries } = asRecord(body);
	return {
		entry: pick(asRecord(Taxonomy), taxonomyFields),
		// `existing_tag` is false, or the tag.
		tags: asRecords(entries).map(({ tag, expanded, existing_tag: existing }) => ({
			tag: asText(tag),
			expanded: asText(expanded),
			exists: Boolean(existing),
		})),
	};
}
