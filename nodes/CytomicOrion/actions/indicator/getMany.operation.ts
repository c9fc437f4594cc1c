import { factsOf, readIndicator } from '../../answers/indicator';
import { eachItem } from '../../call';
import { allOrLimit, wantedLimit } from '../../../shared/allOrLimit';
import { indicatorFilters, readIndicatorFilters } from '../../descriptions/indicatorFilters';
import { periodFields, readPeriod } from '../../descriptions/period';
import { simplify } from '../../descriptions/simplify';
import { isWanted, queryOf } from '../../indicators/filters';
import { toItem } from '../../item';
import { indicatorPages } from '../../transport/indicators';

/** GET /applications/alerts/{from}/{to}, month by month, the newest first. */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many indicators',
	description: 'Get indicators of any period, the newest first. Hits of IOCs are indicators, too.',
	fields: [...allOrLimit, ...periodFields, indicatorFilters, simplify],
	async execute({ item, orion, hint, timezone }) {
		const filters = readIndicatorFilters(item.options('filters'));
		const limit = wantedLimit(item);
		const isSimple = item.flag('simple');
		const seen = new Set<string>();
		const found = [];
		let cut = 0;
		for await (const { rows, isCut } of indicatorPages(
			orion,
			readPeriod(item, Date.now(), timezone),
			'newest first',
			queryOf(filters),
		)) {
			if (isCut) cut += 1;
			const newest = rows.map((row) => ({ row, facts: factsOf(row) })).sort((a, b) => b.facts.time - a.facts.time);
			for (const { row, facts } of newest) {
				if (seen.has(facts.id) || !isWanted(filters, facts)) continue;
				seen.add(facts.id);
				found.push(toItem(isSimple ? readIndicator(row) : row));
				if (found.length >= limit) return found;
			}
		}
		if (cut > 0)
			hint(
				`Orion has more than 30,000 indicators of one millisecond and returns only the first of them, in ${cut} places.`,
				'warning',
			);
		return found;
	},
});
