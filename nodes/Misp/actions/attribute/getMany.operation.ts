import type { IDataObject } from 'n8n-workflow';
import { Outcomes } from '../../../shared/operation';
import { progressOf } from '../../../shared/progress';
import { eachItem } from '../../call';
import { allOrLimit, wantedLimit } from '../../../shared/allOrLimit';
import { pageSizeOption, putInto, simplify } from '../../descriptions/outputForm';
import { attributeFilters, readFilters } from '../../descriptions/searchFilters';
import { compactAttribute } from '../../item';
import { asRecord } from '../../json';
import { limits } from '../../limits';
import { search } from '../../transport/search';

/** POST /attributes/restSearch, all pages. */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many attributes',
	description: 'Search attributes. All pages are read in a stable order, so that none is missed or comes twice.',
	fields: [
		...allOrLimit,
		attributeFilters,
		simplify,
		putInto,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Correlations',
					name: 'correlations',
					type: 'boolean',
					default: false,
					description: 'Whether to include attributes of other events with the same value. Slow: eight times the time.',
				},
				{
					displayName: 'Include Sightings',
					name: 'sightings',
					type: 'boolean',
					default: false,
					description: 'Whether to include sightings',
				},
				pageSizeOption(limits.attributePage),
			],
		},
	],
	async execute({ item, misp, hint, file, log }) {
		const { filters, extra } = readFilters(item);
		const { correlations, sightings, pageSize } = item.options('options');
		const simple = item.flag('simple');
		const rows: IDataObject[] = [];
		const progress = progressOf(log, { task: 'MISP search', unit: 'attribute' });
		let suppressed = 0;
		const found = search(misp, {
			scope: 'attributes',
			filters: {
				...filters,
				includeContext: true,
				includeEventTags: true,
				includeCorrelations: correlations === true,
				includeSightings: sightings === true,
			},
			extra,
			pageSize: Number(pageSize ?? limits.attributePage),
			limit: wantedLimit(item),
		});
		for await (const page of found) {
			suppressed += page.suppressed;
			for (const row of page.rows) rows.push(simple ? compactAttribute(row) : asRecord(row));
			progress.step(page.rows.length);
		}
		progress.done();
		if (suppressed > 0)
			hint(`${suppressed} attributes were left out because their values are on a warninglist or decayed.`);
		if (item.text('putInto') !== 'file') return rows;
		const lines = new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
		const data = await file(lines, 'attributes.ndjson', 'application/x-ndjson');
		return new Outcomes([{ json: { attributes: rows.length, suppressed }, binary: { data } }]);
	},
});
