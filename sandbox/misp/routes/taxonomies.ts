import { isRecord } from '../../json';
import { internal, notAllowed, notFound, ok, redirect, refused, saved, type Answer } from '../answers';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList, isOn } from '../filters';
import type { AttachedTag } from '../model';
import { tagShape } from '../shapes';
import {
	createTaxonomyTag,
	tagsOf,
	taxonomyShape,
	type PredicateSeed,
	type Taxonomy,
	type TaxonomyTag,
} from '../taxonomies';

function index(call: Call): Answer {
	const params = { ...call.named, ...fields(call) };
	const word = (textOf(params['value']) ?? '').toLowerCase();
	const enabled = params['enabled'] === undefined ? undefined : isOn(params['enabled']);
	const found = call.server.taxonomies.taxonomies.filter(
		(taxonomy) =>
			(enabled === undefined || taxonomy.enabled === enabled) &&
			[taxonomy.namespace, taxonomy.description, ...tagsOf(taxonomy).map(({ name }) => name)].some((text) =>
				text.toLowerCase().includes(word),
			),
	);
	return ok(
		found.map((taxonomy) => {
			const tags = tagsOf(taxonomy);
			return {
				Taxonomy: taxonomyShape(taxonomy),
				total_count: tags.length,
				current_count: tags.filter(({ name }) => call.server.store.tag(name)).length,
			};
		}),
	);
}

function entryShape(call: Call, { name, predicate, entry }: TaxonomyTag) {
	const tag = call.server.store.tag(name);
	const colour = entry?.colour ?? predicate.colour;
	const description = entry?.description ?? predicate.description;
	return {
		tag: name,
		expanded: entry ? `${predicate.expanded}: ${entry.expanded}` : predicate.expanded,
		...(entry ? { exclusive_predicate: predicate.exclusive } : {}),
		...(description === null ? {} : { description }),
		...(colour === null ? {} : { colour }),
		existing_tag: tag ? { Tag: tagShape(tag) } : false,
	};
}

const viewed = (call: Call, taxonomy: Taxonomy): Answer =>
	ok({
		Taxonomy: taxonomyShape(taxonomy),
		entries: tagsOf(taxonomy).map((tag) => entryShape(call, tag)),
	});
const byId = (call: Call, id: unknown): Taxonomy | undefined =>
	call.server.taxonomies.taxonomies.find((taxonomy) => String(taxonomy.id) === String(id));

/** By id only: a namespace is not found. */
function view(call: Call): Answer {
	const taxonomy = byId(call, call.args[0]);
	if (!taxonomy) throw notFound('Taxonomy not found.');
	return viewed(call, taxonomy);
}

/** Sorted by name, with how often each is used. */
function taxonomyTags(call: Call): Answer {
	const taxonomy = byId(call, call.args[0]);
	if (!taxonomy) throw notFound('Taxonomy not found.');
	const entries = tagsOf(taxonomy).map((tag) => {
		const uses = (tags: readonly AttachedTag[] | undefined): boolean =>
			(tags ?? []).some((attached) => attached.tag.name === tag.name);
		const events = [...call.server.store.events.values()];
		return {
			...entryShape(call, tag),
			events: events.filter((event) => uses(event.tags)).length,
			attributes: events.flatMap((event) => event.attributes).filter((attribute) => uses(attribute.tags)).length,
		};
	});
	return ok({
		Taxonomy: taxonomyShape(taxonomy),
		entries: entries.sort((first, second) => first.tag.localeCompare(second.tag)),
	});
}

function setEnabled(enabled: boolean) {
	return (call: Call): Answer => {
		const [id = ''] = call.args;
		const taxonomy = byId(call, id);
		const verb = enabled ? 'enable' : 'disable';
		if (!taxonomy) return refused(`Could not ${verb} Taxonomy`, `/taxonomies/${verb}/${id}`, 'Invalid taxonomy.', id);
		taxonomy.enabled = enabled;
		return saved(`Taxonomy ${verb}d`, `/taxonomies/${verb}/${id}`, id);
	};
}

/** Which tags of which taxonomy, as sent: all with the id in the path, else named in a wrapper. */
function namesSent(call: Call): { taxonomy: Taxonomy | undefined; names: string[] } {
	const [id] = call.args;
	if (id !== undefined) {
		const taxonomy = byId(call, id);
		return { taxonomy, names: taxonomy ? tagsOf(taxonomy).map(({ name }) => name) : [] };
	}
	const body = isRecord(call.body) ? (call.body['Taxonomy'] ?? call.body['Tag']) : undefined;
	if (!isRecord(body)) return { taxonomy: undefined, names: [] };
	const list: unknown = typeof body['nameList'] === 'string' ? JSON.parse(body['nameList']) : body['name'];
	return {
		taxonomy: byId(call, body['taxonomy_id']),
		names: asList(list).flatMap((name) => textOf(name) ?? []),
	};
}

/** Names that the taxonomy does not have are accepted and nothing comes of them. */
function addTag(call: Call): Answer {
	if (call.method === 'GET') throw notAllowed('Taxonomy ID or tag name must be provided.');
	const { taxonomy, names } = namesSent(call);
	const [id] = call.args;
	const url = `/taxonomies/addTag${id === undefined ? '' : `/${id}`}`;
	if (!taxonomy)
		return refused('Could not addTag Taxonomy', url, 'The tag(s) could not be saved. Please, try again.', id);
	for (const tag of tagsOf(taxonomy))
		if (names.includes(tag.name)) createTaxonomyTag(call.server.store, tag).hidden = false;
	return saved('The tag(s) has been saved.', url, id);
}

/** A redirect, as made for the web pages. */
function hideTag(hidden: boolean) {
	return (call: Call): Answer => {
		for (const name of namesSent(call).names) {
			const tag = call.server.store.tag(name);
			if (tag) tag.hidden = hidden;
		}
		return redirect(`${call.server.baseUrl}/`);
	};
}

function toggle(field: 'required' | 'highlighted', action: string) {
	return (call: Call): Answer => {
		const [id = ''] = call.args;
		const wrapper = isRecord(call.body) ? call.body['Taxonomy'] : undefined;
		if (!isRecord(wrapper)) throw internal();
		const taxonomy = byId(call, id);
		if (!taxonomy)
			return refused(`Could not ${action} Taxonomy`, `/taxonomies/${action}/${id}`, 'Invalid Taxonomy', id);
		taxonomy[field] = isOn(wrapper[field]);
		return saved(`Taxonomy ${action}ed`, `/taxonomies/${action}/${id}`, id);
	};
}

function remove(call: Call): Answer {
	const taxonomy = byId(call, call.args[0]);
	if (taxonomy) call.server.taxonomies.delete(taxonomy);
	return redirect(`${call.server.baseUrl}/taxonomies`);
}

function exportTaxonomy(call: Call): Answer {
	const taxonomy = byId(call, call.args[0]);
	if (!taxonomy) throw notFound('Taxonomy not found.');
	return ok({
		namespace: taxonomy.namespace,
		description: taxonomy.description,
		version: Number(taxonomy.version),
		exclusive: taxonomy.exclusive,
		predicates: taxonomy.predicates.map(({ value, expanded, colour }) => ({
			value,
			expanded,
			...(colour === null ? {} : { colour }),
		})),
		...(taxonomy.predicates.some(({ entries }) => entries.length > 0)
			? {
					values: taxonomy.predicates
						.filter(({ entries }) => entries.length > 0)
						.map(({ value, entries }) => ({
							predicate: value,
							entry: entries.map((entry) => ({ value: entry.value, expanded: entry.expanded })),
						})),
				}
			: {}),
	});
}

function seedOf(given: Readonly<Record<string, unknown>>, entries: PredicateSeed['entries'] = []): PredicateSeed {
	const optional = (key: 'expanded' | 'description' | 'colour'): Record<string, string> => {
		const text = textOf(given[key]);
		return text === undefined ? {} : { [key]: text };
	};
	return {
		value: textOf(given['value']) ?? '',
		...optional('expanded'),
		...optional('description'),
		...optional('colour'),
		exclusive: isOn(given['exclusive']),
		entries,
	};
}

/** Replaces a taxonomy of the same namespace, under a new id. */
function importTaxonomy(call: Call): Answer {
	const given = fields(call);
	const namespace = textOf(given['namespace']);
	if (namespace === undefined)
		return refused('Could not import Taxonomy', '/taxonomies/import', "Required field 'namespace' not provided.");
	const values = asList(given['values']).filter(isRecord);
	const predicates = asList(given['predicates'])
		.filter(isRecord)
		.map((predicate) => {
			const entries = values
				.filter((value) => value['predicate'] === predicate['value'])
				.flatMap((value) => asList(value['entry']).filter(isRecord))
				.map((entry) => seedOf(entry));
			return seedOf(predicate, entries);
		});
	const { taxonomies } = call.server;
	const old = taxonomies.find(namespace);
	const made = taxonomies.add({
		namespace,
		description: textOf(given['description']) ?? '',
		version: textOf(given['version']) ?? '1',
		exclusive: isOn(given['exclusive']),
		predicates,
	});
	if (old) taxonomies.delete(old);
	return viewed(call, made);
}

const NOT_ALLOWED = 'Method Not Allowed';

export const taxonomies: Controller = {
	index: { run: index },
	view: { run: view },
	taxonomy_tags: { run: taxonomyTags },
	export: { run: exportTaxonomy },
	enable: { needs: 'site_admin', post: NOT_ALLOWED, run: setEnabled(true) },
	disable: { needs: 'site_admin', post: NOT_ALLOWED, run: setEnabled(false) },
	addTag: { needs: 'site_admin', run: addTag },
	disableTag: { needs: 'site_admin', run: hideTag(true) },
	hideTag: { needs: 'site_admin', run: hideTag(true) },
	unhideTag: { needs: 'site_admin', run: hideTag(false) },
	toggleRequired: { needs: 'site_admin', run: toggle('required', 'toggleRequired') },
	toggleHighlighted: { needs: 'site_admin', run: toggle('highlighted', 'toggleHighlighted') },
	delete: { needs: 'site_admin', run: remove },
	import: { needs: 'site_admin', run: importTaxonomy },
	update: {
		needs: 'site_admin',
		run: () => saved('All taxonomy libraries are up to date already.', '/taxonomies/update'),
	},
};
