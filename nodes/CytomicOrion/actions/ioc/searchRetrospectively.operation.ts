import { otherIocFields } from '../../answers/ioc';
import { allItems } from '../../call';
import { paths } from '../../transport/paths';
import { lookUp, lookUpFields } from './lookUp';

/** POST /applications/iocs/{Type}/retrospectivesearcher. The values need not be IOCs in Orion, and do not become any. */
export const searchRetrospectively = allItems({
	name: 'Search Retrospectively',
	action: 'Search past events for IOCs',
	description: "Search the last year's events for values, once, without importing them. Not documented by the vendor.",
	fields: lookUpFields(),
	async execute(call, items, calls) {
		return await lookUp(call, items, calls, {
			path: paths.searchRetrospectively,
			report: (row) => (row ? { seen: true, ...otherIocFields(row) } : { seen: false }),
		});
	},
});
