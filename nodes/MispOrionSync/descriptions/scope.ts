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

/** The filters, and the control tag beside the tags that they name. */
export function taggedWith(tag: string, filters: SearchFilters): SearchFilters {
	const { any, all, none } = filters.tags ?? {};
	const isPlain = [any, all, none].every((texts) => listOf(texts).length === 0);
	return { ...filters, tags: isPlain ? { any: [tag] } : { any, all: [...listOf(all), tag], none } };
}
