import type { IDataObject } from 'n8n-workflow';
import { isRow } from '../answers/row';
import type { ImportEntry, IocType, Sendable } from '../ioc';
import { compile, iocTypes } from '../ioc';
import type { Ask } from '../transport/connect';
import { paths } from '../transport/paths';

/** What IOCs are sent with, beside value and time to live. */
export interface ImportTexts {
	/** Where the IOC comes from. */
	source: string;
	policy: string;
	/** Both with names of the item's fields in braces, see `compile`. */
	description: string;
	additionalData: string;
	/** Orion also searches the last year's events for them. */
	retrospective: boolean;
}

/**
 * POST /applications/iocs/{type}: IOCs of one type per request. DaysToExpiration goes as text: so it was seen to work on a tenant.
 */
export function importRequest({
	source,
	policy,
	description,
	additionalData,
	retrospective,
}: ImportTexts): (type: IocType, entries: readonly ImportEntry[]) => Ask {
	const describe = compile(description);
	const add = compile(additionalData);
	const query = { retrospective: String(retrospective) };
	const asOrionTakesIt = (type: IocType, { value, daysToExpiration, candidate }: ImportEntry): IDataObject => {
		const fields = isRow(candidate.item) ? candidate.item : {};
		return {
			[iocTypes[type].key]: value,
			AdditionalData: add(fields),
			DaysToExpiration: String(daysToExpiration),
			Source: source,
			Policy: policy,
			Description: describe(fields),
		};
	};
	return (type, entries) => ({
		method: 'POST',
		path: paths.importIocs(type),
		query,
		body: entries.map((entry) => asOrionTakesIt(type, entry)),
	});
}

/** POST /applications/iocs/{type}/eraser/ */
export const eraseRequest = (type: IocType, entries: readonly Sendable[]): Ask => ({
	method: 'POST',
	path: paths.eraseIocs(type),
	body: valuesOf(type, entries),
});

/** IOCs by nothing but their value, as Orion takes them to erase them or to look them up. */
export const valuesOf = (type: IocType, entries: readonly Sendable[]): IDataObject[] =>
	entries.map(({ value }) => ({ [iocTypes[type].key]: value }));
