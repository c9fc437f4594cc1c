import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { chosenTaxonomy } from '../../descriptions/chosen';
import { asText } from '../../json';
import { find, idOf } from '../lookup';
import type { TaxonomyTag } from './taxonomies';
import { viewTaxonomy } from './taxonomies';

/** POST /taxonomies/addTag, then looks which tags are there: MISP says "saved" of names that the taxonomy doesn't have too (2.5.1). */
export const enableTags = eachItem({
	name: 'Enable Tags',
	action: 'Enable tags of a taxonomy',
	description: 'Create the tags of a taxonomy, so that they can be attached. Needs the key of a site admin.',
	fields: [
		chosenTaxonomy,
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'cytomic-orion:action="upload"',
			description: 'Names of the tags, one per line or a list from an expression. Empty for all of the taxonomy.',
		},
		{
			displayName: 'Enable Taxonomy',
			name: 'enableTaxonomy',
			type: 'boolean',
			default: true,
			description: 'Whether to enable the taxonomy itself too, so that MISP offers its tags',
		},
	],
	async execute({ item, misp }) {
		const found = await find(misp, 'taxonomy', item.locator('taxonomy'));
		const id = idOf(found);
		const { tags } = await viewTaxonomy(misp, id);
		const wanted = chooseTags(tags, item, asText(found.entry.namespace));
		const missing = wanted.filter(({ exists }) => !exists).map(({ tag }) => tag);
		if (item.flag('enableTaxonomy') && found.entry.enabled !== true) await misp.post(`/taxonomies/enable/${id}`);
		if (missing.length > 0) {
			await misp.post('/taxonomies/addTag', { Taxonomy: { taxonomy_id: id, nameList: JSON.stringify(missing) } });
		}
		const after = await viewTaxonomy(misp, id);
		const left = missing.filter((name) => after.tags.some(({ tag, exists }) => tag === name && !exists));
		if (left.length > 0) {
			throw new Problem(
				`MISP did not create ${left.join(', ')}`,
				'Check that the key is a site admin’s, and see in MISP whether the tags can be enabled there.',
				'not_created',
			);
		}
		return {
			id,
			namespace: asText(found.entry.namespace),
			enabled: after.entry.enabled === true,
			tags: wanted.map(({ tag }) => tag),
			created: missing,
		};
	},
});

function chooseTags(tags: TaxonomyTag[], item: MispCall['item'], namespace: string): TaxonomyTag[] {
	const given = item.raw('tags');
	const names =
		typeof given === 'string'
			? given
					.split('\n')
					.map((line) => line.trim())
					.filter(Boolean)
			: item.list('tags');
	if (names.length === 0) return tags;
	return names.map((name) => {
		const found = tags.find(({ tag }) => tag.toLowerCase() === name.toLowerCase());
		if (found) return found;
		throw new Problem(
			`The taxonomy ${namespace} has no tag ${name}`,
			`It has ${tags
				.slice(0, 20)
				.map(({ tag }) => tag)
				.join(', ')}.`,
			'unknown_tag',
		);
	});
}
