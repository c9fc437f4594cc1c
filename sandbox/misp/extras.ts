import { isRecord } from '../json';
import type { AttributeExtra, Server } from './call';
import { agesFrom, decay, modelShape, type DecayingModel } from './decaying';
import { asList, isOn } from './filters';
import { clusterHead, galaxyShape } from './galaxies';
import type { AttachedTag, Attribute, MispEvent } from './model';
import { organisationShape } from './organisationShape';
import { nestedProposal, type Proposal } from './proposals';
import { reportShape } from './eventReports';
import type { SearchParams } from './search';
import { nestedSharingGroup } from './sharingGroups';
import { sightingOrg, sightingShape } from './sightings';
import type { EventParts } from './shapes';

/** What sightings, proposals, decay, galaxies and reports add to events and attributes. */

type Books = Pick<Server, 'store' | 'sightings' | 'proposals' | 'decaying' | 'galaxies' | 'reports' | 'sharingGroups'>;

const sightingExtra =
	(books: Books): AttributeExtra =>
	(params) => {
		if (!isOn(params['includeSightings'])) return undefined;
		return (attribute) => ({
			Sighting: books.sightings.of(attribute).map((sighting) => ({
				...sightingShape(sighting),
				attribute_uuid: books.store.uuidOf(attribute),
				Organisation: sightingOrg(sighting.org),
			})),
		});
	};

const proposalExtra =
	(books: Books): AttributeExtra =>
	(params) => {
		if (!isOn(params['includeProposals'])) return undefined;
		return (attribute) => ({
			ShadowAttribute: books.proposals.proposals
				.filter((proposal) => proposal.attribute === attribute && !proposal.deleted)
				.map(nestedProposal),
		});
	};

const MODEL_ID = /^\d+$/;

/** Only models asked for by number count; with a name or none there is no score at all. */
function modelsOf(books: Books, params: SearchParams): DecayingModel[] {
	return asList(params['decayingModel'])
		.filter((id) => MODEL_ID.test(String(id)))
		.flatMap((id) => books.decaying.find(id) ?? []);
}

const decayExtra =
	(books: Books): AttributeExtra =>
	(params) => {
		const models = isOn(params['includeDecayScore']) ? modelsOf(books, params) : [];
		if (models.length === 0) return undefined;
		const full = isOn(params['includeFullModel']);
		const now = books.store.now();
		const overrides = isRecord(params['modelOverrides']) ? params['modelOverrides'] : {};
		const threshold = Number(params['score'] ?? overrides['threshold']);
		return (attribute) => {
			const last = books.sightings
				.of(attribute)
				.filter(({ type }) => type === 0)
				.map(({ date }) => date);
			const since = agesFrom(attribute, last.length === 0 ? undefined : Math.max(...last));
			const scores = models.map((model) => ({
				model,
				...decay(model, since, now, Number.isNaN(threshold) ? {} : { threshold }),
			}));
			if (isOn(params['excludeDecayed']) && scores.every(({ decayed }) => decayed)) return undefined;
			return {
				decay_score: scores.map(({ model, score, decayed }) => ({
					score,
					base_score: model.parameters.default_base_score,
					decayed,
					DecayingModel: full ? { ...modelShape(model), isEditable: true } : { id: String(model.id), name: model.name },
				})),
			};
		};
	};

export function attributeExtras(books: Books): AttributeExtra[] {
	return [sightingExtra(books), proposalExtra(books), decayExtra(books)];
}

function galaxiesOf(books: Books, tags: readonly AttachedTag[] | undefined): unknown[] {
	const clusters = (tags ?? []).flatMap((attached) => {
		const cluster = books.galaxies.ofTag(attached.tag);
		return cluster ? [{ attached, cluster }] : [];
	});
	return [...new Set(clusters.map(({ cluster }) => cluster.galaxy))].map((galaxy) => ({
		...galaxyShape(galaxy),
		GalaxyCluster: clusters
			.filter(({ cluster }) => cluster.galaxy === galaxy)
			.map(({ attached, cluster }) => ({
				...clusterHead(cluster),
				GalaxyClusterRelation: [],
				Org: organisationShape(cluster.org),
				Orgc: organisationShape(cluster.org),
				meta: metaOf(cluster.elements),
				tag_id: attached.tag.id,
				local: attached.local,
				relationship_type: attached.relationship ?? false,
			})),
	}));
}

function metaOf(elements: ReadonlyArray<{ readonly key: string; readonly value: string }>): Record<string, string[]> {
	const meta: Record<string, string[]> = {};
	for (const { key, value } of elements) meta[key] = [...(meta[key] ?? []), value];
	return meta;
}

function sharingGroupOf({ sharingGroups }: Books, event: MispEvent): Record<string, unknown> {
	const group = event.distribution === 4 ? sharingGroups.find(event.sharingGroupId) : undefined;
	return group ? { SharingGroup: nestedSharingGroup(group) } : {};
}

export function eventParts(books: Books, event: MispEvent): Omit<EventParts, 'attributes'> {
	const open = books.proposals.open(event);
	const ofAttribute = new Map<Attribute, Proposal[]>();
	for (const proposal of open)
		if (proposal.attribute)
			ofAttribute.set(proposal.attribute, [...(ofAttribute.get(proposal.attribute) ?? []), proposal]);
	return {
		proposals: open.filter(({ attribute }) => attribute === undefined).map(nestedProposal),
		reports: books.reports.of(event).map(reportShape),
		galaxies: galaxiesOf(books, event.tags),
		extra: sharingGroupOf(books, event),
		attributeExtra: (attribute) => ({
			...(attribute.tags?.some(({ tag }) => tag.isGalaxy) ? { Galaxy: galaxiesOf(books, attribute.tags) } : {}),
			...(ofAttribute.has(attribute)
				? { ShadowAttribute: (ofAttribute.get(attribute) ?? []).map(nestedProposal) }
				: {}),
		}),
	};
}
