import { MispError, notAllowed, notFound, ok, refused, saved, internal, TEXTS, type Answer } from '../answers';
import { maySee, may, tagRight } from '../auth';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList, isOn, like } from '../filters';
import type { Tag } from '../model';
import { tagShape } from '../shapes';
import { attachedTo, eventOf, type TagTarget } from '../tagTarget';
import { createTaxonomyTag, taxonomyShape } from '../taxonomies';
import { isUuid } from '../uuid';

/** The event or attribute with this UUID. Objects cannot be tagged. */
function findTarget(call: Call, uuid: string): TagTarget {
	// MISP 2.5.1 fails with a 500 on a malformed UUID here.
	if (!isUuid(uuid)) throw internal();
	const event = call.server.store.event(uuid);
	const attribute = event ? undefined : call.server.store.attribute(uuid);
	const target: TagTarget | undefined = event
		? { kind: 'event', event }
		: attribute && { kind: 'attribute', attribute };
	if (!target || !maySee(call.user, eventOf(target))) throw notFound('Invalid Target.');
	return target;
}

function title(target: TagTarget): string {
	return target.kind === 'event' ? `Event(${target.event.id})` : `Attribute(${target.attribute.id})`;
}

function kindOf(target: TagTarget): 'Event' | 'Attribute' {
	return target.kind === 'event' ? 'Event' : 'Attribute';
}

function knownTag(call: Call, wanted: string): Tag | undefined {
	return /^\d+$/.test(wanted) ? call.server.store.tagById(Number(wanted)) : call.server.store.tag(wanted);
}

type Attached = { readonly tag: Tag; readonly already: boolean } | { readonly reason: string };

function attachOne(call: Call, target: TagTarget, wanted: string, local: boolean): Attached {
	const { store, taxonomies } = call.server;
	const known = knownTag(call, wanted);
	if (!known && /^\d+$/.test(wanted)) return { reason: 'Invalid Tag.' };
	if (!known && !may(call.user, 'tag_editor'))
		return { reason: 'Tag not found and insufficient privileges to create it.' };
	const ofTaxonomy = taxonomies.ofTag(wanted);
	const tag = known ?? (ofTaxonomy ? createTaxonomyTag(store, ofTaxonomy) : store.addTag(wanted));
	if (tag.localOnly && !local) return { reason: 'Invalid Tag. This tag can only be set as a local tag.' };
	// The taxonomy's exclusivity is not looked at here, unlike in events/addTag.
	return { tag, already: !store.attach(target, tag, local) };
}

function attachAnswer(target: TagTarget, local: boolean, results: readonly Attached[]): Answer {
	const url = '/tags/attachTagToObject';
	const reasons = results.flatMap((result) => ('reason' in result ? [result.reason] : []));
	if (reasons.length > 0) {
		return refused(
			'Could not attachTagToObject Tag',
			url,
			`Failed to attach ${reasons.length} tags. Reasons: ${JSON.stringify({ ...reasons })}`,
		);
	}
	const tags = results.flatMap((result) => ('tag' in result ? [result] : []));
	const already = tags.filter((result) => result.already).map(({ tag }) => tag.name);
	const [first] = tags;
	if (tags.length === 1 && first) {
		return first.already
			? saved(
					`${kindOf(target)} already has the requested tag attached, no changes had to be made for tag ${first.tag.name}.`,
					url,
				)
			: saved(
					`${local ? 'Local' : 'Global'} tag ${first.tag.name}(${first.tag.id}) successfully attached to ${title(target)}.`,
					url,
				);
	}
	const rest =
		already.length === 0
			? ''
			: ` ${already.length} already has the requested tag attached, no changes had to be made for tags ${JSON.stringify(already)}.`;
	return saved(
		`Successfully attached ${tags.length} tags to ${title(target).replace('(', ' (')}${rest === '' ? '' : `.${rest}`}`,
		url,
	);
}

function readTagging(call: Call): { uuid: string | undefined; tags: string[]; local: boolean } {
	const body = fields(call);
	const [uuid, tag, local] = call.args;
	return {
		uuid: textOf(body['uuid']) ?? uuid,
		tags: asList(body['tag'] ?? tag).flatMap((one) => textOf(one) ?? []),
		local: isOn(body['local'] ?? call.named['local'] ?? local),
	};
}

function attachTagToObject(call: Call): Answer {
	const { uuid, tags, local } = readTagging(call);
	if (uuid === undefined) throw notAllowed('Invalid object uuid');
	if (tags.length === 0) throw notAllowed('Invalid tag');
	const target = findTarget(call, uuid);
	if (tagRight(call.user, eventOf(target), local) === 'foreign') throw new MispError(403, TEXTS.foreignTag);
	return attachAnswer(
		target,
		local,
		tags.map((tag) => attachOne(call, target, tag, local)),
	);
}

function removeTagFromObject(call: Call): Answer {
	const {
		uuid,
		tags: [wanted],
	} = readTagging(call);
	if (uuid === undefined) throw notAllowed('Invalid object uuid');
	if (wanted === undefined) throw notAllowed('Invalid tag');
	const target = findTarget(call, uuid);
	const tag = knownTag(call, wanted);
	if (!tag) throw notAllowed('Invalid Tag.');
	const attached = attachedTo(target).find((one) => one.tag === tag);
	if (!attached) throw notFound(`Could not remove tag as it is not attached to the target ${kindOf(target)}`);
	if (tagRight(call.user, eventOf(target), attached.local) === 'foreign') throw new MispError(403, TEXTS.foreignTag);
	call.server.store.detach(target, tag);
	return saved(
		`${attached.local ? 'Local' : 'Global'} tag ${tag.name} (${tag.id}) successfully removed from ${title(target)}.`,
		'/tags/removeTagFromObject',
	);
}

/** How many events and attributes of those the user sees carry each tag. */
function counts(call: Call): { events: Map<Tag, number>; attributes: Map<Tag, number> } {
	const events = new Map<Tag, number>();
	const attributes = new Map<Tag, number>();
	for (const event of call.server.store.events.values()) {
		if (!maySee(call.user, event)) continue;
		for (const { tag } of event.tags) events.set(tag, (events.get(tag) ?? 0) + 1);
		for (const attribute of event.attributes)
			for (const { tag } of attribute.tags ?? []) attributes.set(tag, (attributes.get(tag) ?? 0) + 1);
	}
	return { events, attributes };
}

/** All tags by name: `limit` and `page` are not looked at. */
function index(call: Call): Answer {
	const wanted =
		textOf(fields(call)['searchall']) ??
		call.named['searchall'] ??
		call.query['filter'] ??
		call.query['searchall'] ??
		'';
	const used = counts(call);
	const tags = call.server.store.tags
		.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
		.sort((first, second) => first.name.toLowerCase().localeCompare(second.name.toLowerCase()));
	return ok({
		Tag: tags.map((tag) => {
			const ofTaxonomy = call.server.taxonomies.ofTag(tag.name);
			return {
				...tagShape(tag),
				favourite: false,
				...(ofTaxonomy
					? {
							Taxonomy: {
								...taxonomyShape(ofTaxonomy.taxonomy),
								expanded: [ofTaxonomy.predicate.expanded, ofTaxonomy.entry?.expanded].filter(Boolean).join(': '),
							},
						}
					: {}),
				count: used.events.get(tag) ?? 0,
				attribute_count: used.attributes.get(tag) ?? 0,
			};
		}),
	});
}

/** Names as a whole unless they bring a `%`; upper and lower case alike. */
function search(call: Call): Answer {
	const body = fields(call);
	const patterns = asList(body['tag'] ?? body['name'] ?? call.args[0])
		.flatMap((one) => textOf(one) ?? [])
		.map((pattern) => like(pattern, { ignoreCase: true }));
	const found = call.server.store.tags.filter(({ name }) => patterns.some((matches) => matches(name)));
	return ok(
		found.map((tag) => {
			const ofTaxonomy = call.server.taxonomies.ofTag(tag.name);
			if (!ofTaxonomy) return { Tag: tagShape(tag) };
			const { taxonomy, predicate, entry } = ofTaxonomy;
			return {
				Tag: tagShape(tag),
				Taxonomy: taxonomyShape(taxonomy),
				TaxonomyPredicate: {
					id: String(predicate.id),
					taxonomy_id: String(taxonomy.id),
					value: predicate.value,
					expanded: predicate.expanded,
					colour: predicate.colour,
					description: predicate.description,
					exclusive: predicate.exclusive,
					numerical_value: null,
					TaxonomyEntry: entry
						? [
								{
									value: entry.value,
									expanded: entry.expanded,
									colour: null,
									description: entry.description,
									numerical_value: null,
								},
							]
						: [],
				},
			};
		}),
	);
}

const COLOUR = /^#[0-9a-f]{6}$/i;

function assign(call: Call, tag: Tag, body: Readonly<Record<string, unknown>>): Answer {
	const { colour, exportable, hide_tag, local_only, numerical_value } = body;
	if (typeof colour === 'string') tag.colour = colour;
	if (exportable !== undefined) tag.exportable = isOn(exportable);
	if (hide_tag !== undefined) tag.hidden = isOn(hide_tag);
	if (local_only !== undefined) tag.localOnly = isOn(local_only);
	if (numerical_value !== undefined) tag.numericalValue = textOf(numerical_value) ?? null;
	return ok({ Tag: tagShape(tag) });
}

function refuseColour(colour: unknown): void {
	if (typeof colour === 'string' && !COLOUR.test(colour))
		throw notAllowed('Could not add the Tag. [colour]: Colour has to be in the RGB format (#FFFFFF)');
}

/** A name that is there already is answered with the tag as it is: names that differ in case are two tags. */
function add(call: Call): Answer {
	const body = fields(call, 'Tag');
	const name = textOf(body['name']);
	if (name === undefined) throw internal();
	const known = call.server.store.tag(name);
	if (known) return ok({ Tag: tagShape(known) });
	refuseColour(body['colour']);
	return assign(call, call.server.store.addTag(name), body);
}

function pick(call: Call, missing: () => MispError): Tag {
	const tag = call.server.store.tagById(Number(call.args[0]));
	if (!tag) throw missing();
	return tag;
}

function edit(call: Call): Answer {
	const tag = pick(call, () => notFound('Invalid tag'));
	const body = fields(call, 'Tag');
	const name = textOf(body['name']);
	const namesake = name === undefined ? undefined : call.server.store.tag(name);
	if (namesake && namesake !== tag) throw notAllowed('Could not add the Tag. [name]: A similar name already exists.');
	refuseColour(body['colour']);
	if (name !== undefined) call.server.store.renameTag(tag, name);
	return assign(call, tag, body);
}

function remove(call: Call): Answer {
	call.server.store.deleteTag(pick(call, () => notFound('Invalid tag')));
	return ok({
		name: 'Tag deleted.',
		message: 'Tag deleted.',
		url: `${call.server.baseUrl}/tags/delete/${call.args[0] ?? ''}`,
	});
}

function view(call: Call): Answer {
	const tag = pick(call, () => notAllowed('Invalid Tag'));
	const used = counts(call);
	return ok({
		...tagShape(tag),
		count: used.events.get(tag) ?? 0,
		attribute_count: used.attributes.get(tag) ?? 0,
	});
}

/** `{tags: {name: how often}}`, and the same by taxonomy. */
function tagStatistics(call: Call): Answer {
	const used = counts(call);
	const sums = call.server.store.tags
		.map((tag) => [tag, (used.events.get(tag) ?? 0) + (used.attributes.get(tag) ?? 0)] as const)
		.filter(([, sum]) => sum > 0);
	const taxonomies: Record<string, number> = {};
	for (const [tag, sum] of sums) {
		const namespace = call.server.taxonomies.ofTag(tag.name)?.taxonomy.namespace;
		if (namespace !== undefined) taxonomies[namespace] = (taxonomies[namespace] ?? 0) + sum;
	}
	const descending = sums
		.sort(([, first], [, second]) => second - first)
		.map(([tag, sum]) => [tag.name, String(sum)] as const);
	return ok({ tags: Object.fromEntries(descending), taxonomies });
}

const POST_ONLY = 'This method is only accessible via POST requests.';

export const tags: Controller = {
	index: { run: index },
	search: { run: search },
	view: { run: view },
	tagStatistics: { run: tagStatistics },
	add: { needs: 'tag_editor', run: add },
	edit: { needs: 'site_admin', run: edit },
	delete: { needs: 'site_admin', post: 'Method Not Allowed', run: remove },
	attachTagToObject: { needs: 'tagger', post: POST_ONLY, run: attachTagToObject },
	removeTagFromObject: { needs: 'tagger', post: POST_ONLY, run: removeTagFromObject },
};
