import type { IDataObject } from 'n8n-workflow';
import { eachItem } from '../../call';
import { allOrLimit, wantedLimit } from '../../../shared/allOrLimit';
import { progressOf } from '../../../shared/progress';
import { simplify } from '../../descriptions/outputForm';
import { eventFilters, readFilters } from '../../descriptions/searchFilters';
import { compactEvent } from '../../item';
import { asRecord } from '../../json';
import { limits } from '../../limits';
import { search } from '../../transport/search';

/** Events with all their attributes are large: fewer at a time. */
const fullEventPage = 20;

/** POST /events/restSearch, all pages. */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many events',
	description: 'Search events. Filters on attributes find the events that hold such attributes.',
	fields: [
		...allOrLimit,
		eventFilters,
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Attributes',
					name: 'attributes',
					type: 'boolean',
					default: false,
					description: 'Whether to return the attributes and objects of each event too (without Simplify)',
				},
			],
		},
	],
	async execute({ item, misp, log }) {
		const { filters, extra } = readFilters(item);
		const simple = item.flag('simple');
		const whole = !simple && item.options('options').attributes === true;
		const rows: IDataObject[] = [];
		const progress = progressOf(log, { task: 'MISP search', unit: 'event' });
		const found = search(misp, {
			scope: 'events',
			filters: { ...filters, metadataOnly: !whole },
			extra,
			pageSize: whole ? fullEventPage : limits.eventPage,
			limit: wantedLimit(item),
		});
		for await (const page of found) {
			for (const row of page.rows) rows.push(simple ? compactEvent(row) : asRecord(row));
			progress.step(page.rows.length);
		}
		progress.done();
		return rows;
	},
});
