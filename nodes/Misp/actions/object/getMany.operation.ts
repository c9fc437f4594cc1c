import type { IDataObject } from 'n8n-workflow';
import { eachItem } from '../../call';
import { compactObject } from '../../compactObject';
import { allOrLimit, wantedLimit } from '../../../shared/allOrLimit';
import { simplify } from '../../descriptions/outputForm';
import { objectFilters, readFilters } from '../../descriptions/searchFilters';
import { asRecord } from '../../json';
import { limits } from '../../limits';
import { search } from '../../transport/search';

/** POST /objects/restSearch, all pages. */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many objects',
	description: 'Search objects by their template, their values and their events',
	fields: [...allOrLimit, objectFilters, simplify],
	async execute({ item, misp }) {
		const { filters, extra } = readFilters(item);
		const simple = item.flag('simple');
		const rows: IDataObject[] = [];
		const found = search(misp, {
			scope: 'objects',
			filters,
			extra,
			pageSize: limits.objectPage,
			limit: wantedLimit(item),
		});
		for await (const page of found)
			for (const row of page.rows) rows.push(simple ? compactObject(asRecord(row)) : asRecord(row));
		return rows;
	},
});
