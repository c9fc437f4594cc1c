import type { Tag } from './model';
import type { MispStore } from './store';

export interface TaxonomyEntry {
	readonly value: string;
	readonly expanded: string;
	readonly description: string | null;
	readonly colour: string | null;
}

export interface TaxonomyPredicate {
	readonly id: number;
	readonly value: string;
	readonly expanded: string;
	readonly description: string | null;
	readonly colour: string | null;
	/** At most one entry of it on the same event or attribute. */
	readonly exclusive: boolean;
	/** Empty for taxonomies whose predicates are the tags, such as tlp. */
	readonly entries: readonly TaxonomyEntry[];
}

export interface Taxonomy {
	readonly id: number;
	namespace: string;
	description: string;
	version: string;
	enabled: boolean;
	exclusive: boolean;
	required: boolean;
	highlighted: boolean;
	predicates: TaxonomyPredicate[];
}

export interface TaxonomyTag {
	readonly name: string;
	readonly taxonomy: Taxonomy;
	readonly predicate: TaxonomyPredicate;
	readonly entry: TaxonomyEntry | undefined;
}

export interface PredicateSeed {
	readonly value: string;
	readonly expanded?: string;
	readonly description?: string;
	readonly colour?: string;
	readonly exclusive?: boolean;
	readonly entries?: ReadonlyArray<{
		readonly value: string;
		readonly expanded?: string;
		readonly description?: string;
		readonly colour?: string;
	}>;
}

interface TaxonomySeed {
	readonly id: number;
	readonly namespace: string;
	readonly description: string;
	readonly version: string;
	readonly exclusive?: boolean;
	readonly predicates: readonly PredicateSeed[];
}

const colours = (list: Readonly<Record<string, string>>): PredicateSeed[] =>
	Object.entries(list).map(([value, colour]) => ({ value, expanded: value.toUpperCase(), colour }));
const scale = (list: Readonly<Record<string, string>>): PredicateSeed['entries'] =>
	Object.entries(list).map(([value, expanded]) => ({ value, expanded }));

/** A small selection of MISP's taxonomies, under the ids they have on a fresh 2.5.1. None is enabled yet. */
const SEEDS: readonly TaxonomySeed[] = [
	{
		id: 5,
		namespace: 'PAP',
		version: '3',
		exclusive: true,
		description:
			'The Permissible Actions Protocol - or short: PAP - was designed to indicate how the received information can be used.',
		predicates: colours({
			RED: '#ff0000',
			AMBER: '#ffa800',
			GREEN: '#00ad1c',
			CLEAR: '#ffffff',
			WHITE: '#ffffff',
		}),
	},
	{
		id: 8,
		namespace: 'admiralty-scale',
		version: '6',
		description:
			'The Admiralty Scale or Ranking is used to rank the reliability of a source and the credibility of an information.',
		predicates: [
			{
				value: 'source-reliability',
				expanded: 'Source Reliability',
				exclusive: true,
				entries: scale({
					a: 'Completely reliable',
					b: 'Usually reliable',
					c: 'Fairly reliable',
					d: 'Not usually reliable',
					e: 'Unreliable',
					f: 'Reliability cannot be judged',
					g: 'Deliberatly deceptive',
				}),
			},
			{
				value: 'information-credibility',
				expanded: 'Information Credibility',
				exclusive: true,
				entries: scale({
					1: 'Confirmed by other sources',
					2: 'Probably true',
					3: 'Possibly true',
					4: 'Doubtful',
					5: 'Improbable',
					6: 'Truth cannot be judged',
				}),
			},
		],
	},
	{
		id: 34,
		namespace: 'cytomic-orion',
		version: '1',
		description: 'Taxonomy to describe desired actions for Cytomic Orion',
		predicates: [
			{
				value: 'action',
				expanded: 'API action',
				description: 'Desired action of background jobs with the API',
				exclusive: true,
				entries: [
					{
						value: 'upload',
						expanded: 'upload',
						description: 'Upload IOC to Cytomic Orion',
						colour: '#006299',
					},
					{
						value: 'delete',
						expanded: 'delete',
						description: 'Delete IOC from Cytomic Orion',
						colour: '#00a3ff',
					},
				],
			},
		],
	},
	{
		id: 139,
		namespace: 'tlp',
		version: '10',
		exclusive: true,
		description:
			'The Traffic Light Protocol (TLP) (v2.0) was created to facilitate greater sharing of potentially sensitive information and more effective collaboration.',
		predicates: colours({
			red: '#ff2b2b',
			amber: '#ffc000',
			'amber+strict': '#ffc000',
			green: '#33ff00',
			white: '#ffffff',
			clear: '#ffffff',
		}),
	},
	{
		id: 149,
		namespace: 'workflow',
		version: '12',
		description:
			'Workflow support language is a common language to support intelligence analysts to perform their analysis on data and information.',
		predicates: [
			{
				value: 'state',
				expanded: 'state',
				exclusive: true,
				entries: scale({
					incomplete: 'Incomplete',
					complete: 'Complete',
					draft: 'Draft',
					ongoing: 'Ongoing',
					rejected: 'Rejected',
					release: 'Release',
				}),
			},
		],
	},
];

/** The server's taxonomies. */
export class TaxonomyBook {
	readonly taxonomies: Taxonomy[] = [];
	private nextPredicateId = 1;

	constructor() {
		for (const seed of SEEDS) this.add(seed);
	}

	add(seed: Omit<TaxonomySeed, 'id'> & { readonly id?: number }): Taxonomy {
		const made: Taxonomy = {
			id: seed.id ?? Math.max(0, ...this.taxonomies.map(({ id }) => id)) + 1,
			namespace: seed.namespace,
			description: seed.description,
			version: seed.version,
			enabled: false,
			exclusive: seed.exclusive ?? false,
			required: false,
			highlighted: false,
			predicates: this.predicates(seed.predicates),
		};
		this.taxonomies.push(made);
		return made;
	}

	predicates(seeds: readonly PredicateSeed[]): TaxonomyPredicate[] {
		return seeds.map((seed) => ({
			id: this.nextPredicateId++,
			value: seed.value,
			expanded: seed.expanded ?? seed.value,
			description: seed.description ?? null,
			colour: seed.colour ?? null,
			exclusive: seed.exclusive ?? false,
			entries: (seed.entries ?? []).map((entry) => ({
				value: entry.value,
				expanded: entry.expanded ?? entry.value,
				description: entry.description ?? null,
				colour: entry.colour ?? null,
			})),
		}));
	}

	delete(taxonomy: Taxonomy): void {
		this.taxonomies.splice(this.taxonomies.indexOf(taxonomy), 1);
	}

	find(idOrNamespace: unknown): Taxonomy | undefined {
		const wanted = String(idOrNamespace);
		return this.taxonomies.find(({ id, namespace }) => String(id) === wanted || namespace === wanted);
	}

	ofTag(name: string): TaxonomyTag | undefined {
		const taxonomy = this.taxonomies.find(({ namespace }) =>
			name.toLowerCase().startsWith(`${namespace.toLowerCase()}:`),
		);
		return taxonomy && tagsOf(taxonomy).find((tag) => tag.name.toLowerCase() === name.toLowerCase());
	}

	/** Whether an enabled, exclusive taxonomy forbids the tag beside those already there. */
	excludes(name: string, beside: readonly Tag[]): boolean {
		const wanted = this.ofTag(name);
		if (!wanted?.taxonomy.enabled) return false;
		return beside.some((tag) => {
			const other = this.ofTag(tag.name);
			if (other?.taxonomy !== wanted.taxonomy || tag.name === name) return false;
			return wanted.taxonomy.exclusive || (wanted.predicate.exclusive && other.predicate === wanted.predicate);
		});
	}
}

export function tagsOf(taxonomy: Taxonomy): TaxonomyTag[] {
	return taxonomy.predicates.flatMap((predicate): TaxonomyTag[] =>
		predicate.entries.length === 0
			? [
					{
						name: `${taxonomy.namespace}:${predicate.value}`,
						taxonomy,
						predicate,
						entry: undefined,
					},
				]
			: predicate.entries.map((entry) => ({
					name: `${taxonomy.namespace}:${predicate.value}="${entry.value}"`,
					taxonomy,
					predicate,
					entry,
				})),
	);
}

export function taxonomyShape({
	id,
	namespace,
	description,
	version,
	enabled,
	exclusive,
	required,
	highlighted,
}: Taxonomy) {
	return {
		id: String(id),
		namespace,
		description,
		version,
		enabled,
		exclusive,
		required,
		highlighted,
	};
}

/** Makes the tag, in the taxonomy's colour, unless it is there. */
export function createTaxonomyTag(store: MispStore, { name, predicate, entry }: TaxonomyTag): Tag {
	const colour = entry?.colour ?? predicate.colour;
	return store.addTag(name, colour === null ? {} : { colour });
}
