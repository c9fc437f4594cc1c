import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { asRecord, asRecords, asText, pick } from '../../json';
import type { Misp } from '../../transport/connect';

/** A cluster as items carry it. */
export const compactCluster = (cluster: IDataObject): IDataObject => ({
	...pick(cluster, ['id', 'uuid', 'value', 'type', 'tag_name', 'description', 'source', 'authors', 'galaxy_id']),
	custom: cluster.default !== true,
});

export interface Cluster {
	id: string;
	uuid: string;
	value: string;
	/** The tag that stands for the cluster: misp-galaxy:type="uuid". */
	tag: string;
}

/**
 * Finds a cluster by id or UUID (POST /galaxy_clusters/restSearch). Attaching takes its number only (2.5.1).
 * @throws Problem where the key sees none such
 */
export async function findCluster(misp: Misp, wanted: string): Promise<Cluster> {
	if (wanted === '')
		throw new Problem('No cluster was chosen', 'Choose a galaxy and one of its clusters from the lists.', 'empty');
	const { body } = await misp.post('/galaxy_clusters/restSearch', { [wanted.includes('-') ? 'uuid' : 'id']: wanted });
	// Parameters that MISP doesn't honour widen this search, so what came is compared with what was asked for.
	const found = asRecords(asRecord(body).response)
		.map((row) => asRecord(row.GalaxyCluster))
		.find(({ id, uuid }) => id === wanted || asText(uuid).toLowerCase() === wanted.toLowerCase());
	if (!found)
		throw new Problem(
			`MISP has no galaxy cluster ${wanted}, or hides it from this key`,
			'Choose the cluster from the list.',
			'not_found',
		);
	return { id: asText(found.id), uuid: asText(found.uuid), value: asText(found.value), tag: asText(found.tag_name) };
}
