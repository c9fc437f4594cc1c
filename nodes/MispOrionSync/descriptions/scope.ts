import type { INodeProperties } from 'n8n-workflow';
import { eventFilters } from '../../Misp/descriptions/searchFilters';
import type { SearchFilters, Texts } from '../../Misp/search/filters';

/** Which of the tagged events a run takes: parts a large MISP among several workflows. */
export const whichEvents: INodeProperties = {
	...eventFilters,
	displayName: 'Only Events',
	placeholder: 'Add condition',
	description:
		'Which of the tagged events to take, such as those of some organisations. All conditions must hold. Of an event that is taken, all attributes are.',
};

const listOf = (texts: Texts | undefined): string[] =>
	texts === undefined ? [] : typeof texts === 'string' ? [texts] : [...texts];

/** The filters, and the control tag beside the tags that they name; `without` are others that must not be there. */
export function taggedWith(tag: string, filters: SearchFilters, without: readonly string[] = []): SearchFilters {
	const { any, all } = filters.tags ?? {};
	const none = [...listOf(filters.tags?.none), ...without];
	return listOf(any).length === 0
		? { ...filters, tags: { any: [tag], all, none } }
		: { ...filters, tags: { any, all: [...listOf(all), tag], none } };
}

/** The same with one of several tags: in one search, but for filters that have a list of tags of their own of which any will do. */
export function taggedWithAny(tags: readonly string[], filters: SearchFilters): SearchFilters[] {
	const { any, all, none } = filters.tags ?? {};
	return listOf(any).length === 0
		? [{ ...filters, tags: { any: tags, all, none } }]
		: tags.map((tag) => taggedWith(tag, filters));
}
