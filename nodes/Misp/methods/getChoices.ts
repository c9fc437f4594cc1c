import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { asText } from '../json';
import { connect } from '../transport/connect';
import type { Listed } from '../transport/lists';
import { listAll } from '../transport/lists';

/** Everything of a kind, by name, for a drop-down inside a collection, where a searchable list can't be. */
const choicesOf = (what: Listed) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const entries = await listAll(await connect(this), what);
		return entries
			.map(({ entry }) => ({ name: asText(entry.name), value: asText(entry.id) }))
			.sort((a, b) => a.name.localeCompare(b.name));
	};

export const getOrganisations = choicesOf('organisation');
export const getSharingGroups = choicesOf('sharingGroup');
export const getTags = choicesOf('tag');
