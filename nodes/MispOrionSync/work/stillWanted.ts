import type { Candidate } from '../../CytomicOrion/ioc';
import { candidateReader, iocKeysOf, mispFields, uploadableTypes } from '../../CytomicOrion/ioc';
import type { CompactAttribute } from '../../Misp/item';
import { compactAttribute } from '../../Misp/item';
import type { SearchFilters } from '../../Misp/search/filters';
import type { Held } from '../../Misp/search/sameValues';
import { partsOf } from '../../Misp/search/sameValues';
import type { Misp } from '../../Misp/transport/connect';
import { searchSame } from '../../Misp/transport/sameValues';
import type { ControlTags } from '../descriptions/tags';
import { isTakenOut } from './takenOut';

/** The keys (`iocKey`) of those among the IOCs of these values that another uploaded event, or one about to be, wants in Orion. */
export async function stillWanted(
	misp: Misp,
	rows: readonly Held[],
	{ tags, knowing = {}, isWanted = () => true }: Wanting,
): Promise<Set<string>> {
	const read = candidateReader(mispFields);
	const holders: Candidate[] = [];
	const found = searchSame(misp, {
		values: [...new Set(rows.flatMap(partsOf))],
		filters: {
			...knowing,
			tags: { any: [tags.uploaded, tags.upload], none: [tags.delete] },
			toIds: true,
			type: [...uploadableTypes],
			includeEventTags: true,
		},
	});
	for await (const row of found) {
		const attribute = compactAttribute(row);
		if (!isTakenOut(attribute, tags) && isWanted(attribute)) holders.push(read(attribute, holders.length));
	}
	return iocKeysOf(holders);
}

export interface Wanting {
	tags: ControlTags;
	/** What the search is to bring along for `isWanted`. */
	knowing?: SearchFilters;
	isWanted?: (attribute: CompactAttribute) => boolean;
}
