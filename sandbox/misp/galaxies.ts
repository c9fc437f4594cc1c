import { randomUUID } from 'node:crypto';
import type { Organisation, Tag } from './model';
import type { MispStore } from './store';

export interface Galaxy {
	readonly id: number;
	readonly uuid: string;
	readonly name: string;
	readonly type: string;
	readonly description: string;
	readonly version: string;
	readonly icon: string;
	readonly namespace: string;
	enabled: boolean;
}

export interface GalaxyCluster {
	readonly id: number;
	readonly uuid: string;
	readonly galaxy: Galaxy;
	value: string;
	description: string;
	source: string;
	authors: readonly string[] | null;
	version: string;
	readonly org: Organisation;
	/** Of MISP's own collection. */
	readonly isDefault: boolean;
	published: boolean;
	deleted: boolean;
	elements: ReadonlyArray<{ readonly key: string; readonly value: string }>;
}

export type ClusterSeed = Pick<GalaxyCluster, 'galaxy' | 'value' | 'org'> &
	Partial<Pick<GalaxyCluster, 'uuid' | 'description' | 'source' | 'authors' | 'version' | 'elements' | 'isDefault'>>;

const ACTORS: ReadonlyArray<readonly [value: string, uuid: string, synonym: string, country: string]> = [
	['APT28', '5b4ee3ea-eee3-4c8e-8323-85ae32658754', 'Fancy Bear', 'RU'],
	['APT29', 'b2056ff0-00b9-482e-b11c-c771daa5f28a', 'Cozy Bear', 'RU'],
	['Lazarus Group', '68391641-859f-4a9a-9a1e-3e5cf71ec376', 'Hidden Cobra', 'KP'],
];

export class GalaxyBook {
	readonly galaxies: Galaxy[] = [];
	readonly clusters: GalaxyCluster[] = [];
	private nextId = 1;
	private nextClusterId = 1;

	/** One galaxy of three clusters to begin with. */
	constructor(org: Organisation) {
		const galaxy = this.add({
			name: 'Threat Actor',
			type: 'threat-actor',
			description: 'Threat actors are characteristics of malicious actors.',
			uuid: '698774c7-8022-42c4-917f-8d6e4f06ada3',
		});
		for (const [value, uuid, synonym, country] of ACTORS) {
			this.addCluster({
				galaxy,
				value,
				uuid,
				org,
				isDefault: true,
				elements: [
					{ key: 'synonyms', value: synonym },
					{ key: 'country', value: country },
				],
			});
		}
	}

	add(seed: Pick<Galaxy, 'name' | 'type'> & Partial<Omit<Galaxy, 'id'>>): Galaxy {
		const made: Galaxy = {
			id: this.nextId++,
			uuid: seed.uuid ?? randomUUID(),
			name: seed.name,
			type: seed.type,
			description: seed.description ?? '',
			version: seed.version ?? '1',
			icon: seed.icon ?? 'user-secret',
			namespace: seed.namespace ?? 'misp',
			enabled: true,
		};
		this.galaxies.push(made);
		return made;
	}

	addCluster(seed: ClusterSeed): GalaxyCluster {
		const made: GalaxyCluster = {
			id: this.nextClusterId++,
			uuid: seed.uuid ?? randomUUID(),
			galaxy: seed.galaxy,
			value: seed.value,
			description: seed.description ?? '',
			source: seed.source ?? '',
			authors: seed.authors ?? null,
			version: seed.version ?? String(Math.floor(Date.now() / 1000)),
			org: seed.org,
			isDefault: seed.isDefault ?? false,
			published: false,
			deleted: false,
			elements: seed.elements ?? [],
		};
		this.clusters.push(made);
		return made;
	}

	find(idOrUuid: unknown): Galaxy | undefined {
		return this.galaxies.find(({ id, uuid }) => String(id) === String(idOrUuid) || uuid === idOrUuid);
	}

	findCluster(idOrUuid: unknown): GalaxyCluster | undefined {
		return this.clusters.find(({ id, uuid }) => String(id) === String(idOrUuid) || uuid === idOrUuid);
	}

	ofTag(tag: Tag): GalaxyCluster | undefined {
		return tag.isGalaxy ? this.clusters.find((cluster) => tagName(cluster) === tag.name) : undefined;
	}

	delete(galaxy: Galaxy): void {
		this.galaxies.splice(this.galaxies.indexOf(galaxy), 1);
		for (const cluster of this.clusters.filter((one) => one.galaxy === galaxy)) this.deleteCluster(cluster);
	}

	deleteCluster(cluster: GalaxyCluster): void {
		this.clusters.splice(this.clusters.indexOf(cluster), 1);
	}
}

/** Clusters are attached to events and attributes as tags of this name. */
export function tagName({ galaxy, uuid, value, isDefault }: GalaxyCluster): string {
	return `misp-galaxy:${galaxy.type}="${isDefault ? value : uuid}"`;
}

export function clusterTag(store: MispStore, cluster: GalaxyCluster): Tag {
	return store.addTag(tagName(cluster), { colour: '#0088cc', isGalaxy: true });
}

export function galaxyShape({ id, uuid, name, type, description, version, icon, namespace, enabled }: Galaxy) {
	return {
		id: String(id),
		uuid,
		name,
		type,
		description,
		version,
		icon,
		namespace,
		enabled,
		local_only: false,
	};
}

export function clusterHead(cluster: GalaxyCluster) {
	const { id, uuid, galaxy, value, description, source, authors, version, org, isDefault, published, deleted } =
		cluster;
	return {
		id: String(id),
		uuid,
		collection_uuid: '',
		type: galaxy.type,
		value,
		tag_name: tagName(cluster),
		description,
		galaxy_id: String(galaxy.id),
		source,
		authors,
		version,
		distribution: '1',
		sharing_group_id: null,
		org_id: String(org.id),
		orgc_id: String(org.id),
		default: isDefault,
		locked: false,
		extends_uuid: null,
		extends_version: null,
		published,
		deleted,
	};
}
