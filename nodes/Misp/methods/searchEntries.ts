import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { listTemplates } from '../actions/objectTemplate/templates';
import { listProposals } from '../actions/proposal/proposals';
import { listReports } from '../actions/eventReport/reports';
import { compactObject } from '../compactObject';
import { asNumber, asRecord, asRecords, asText, asTime } from '../json';
import { readPage } from '../search/rows';
import type { Misp } from '../transport/connect';
import { connect } from '../transport/connect';

/** What a list in the editor shows at most at a time. */
const shown = 50;

type Search = (misp: Misp, filter: string, fn: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>;

/** Lists that MISP gives whole, narrowed here. */
const narrowed = (search: Search) =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const entries = await search(await connect(this), filter, this);
		return {
			results: entries.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())).slice(0, shown * 10),
		};
	};

/** Lists that MISP searches, page by page. */
const paged = (search: (misp: Misp, filter: string, page: number) => Promise<INodeListSearchItems[]>) =>
	async function (this: ILoadOptionsFunctions, filter = '', paginationToken = '1'): Promise<INodeListSearchResult> {
		const page = Number(paginationToken);
		const results = await search(await connect(this), filter, page);
		return { results, paginationToken: results.length === shown ? String(page + 1) : undefined };
	};

const containing = (filter: string) => (filter === '' ? {} : { value: `%${filter.replace(/^[%!]+|%+$/g, '')}%` });

/** Attributes, the latest first, by a part of their value. */
export const searchAttributes = paged(async (misp, filter, page) => {
	const { body, headers } = await misp.post('/attributes/restSearch', {
		limit: shown,
		page,
		order: 'Attribute.id desc',
		...containing(filter),
	});
	return readPage('attributes', body, headers).rows.map((row) => ({
		name: `${asText(row.type)}: ${asText(row.value)} (event ${asText(row.event_id)})`,
		value: asText(row.uuid),
	}));
});

/** Objects by a part of a value they hold. */
export const searchObjects = paged(async (misp, filter, page) => {
	const { body, headers } = await misp.post('/objects/restSearch', { limit: shown, page, ...containing(filter) });
	return readPage('objects', body, headers).rows.map((row) => {
		const object = compactObject(asRecord(row));
		const values = Object.values(asRecord(object.fields)).flat().map(asText).filter(Boolean);
		return {
			name: `${asText(object.name)}: ${values.slice(0, 2).join(', ')} (event ${asText(object.event_id)})`,
			value: asText(object.uuid),
		};
	});
});

/** References of the object that is chosen beside them: only the whole event has them. */
export const searchObjectReferences = narrowed(async (misp, _, fn) => {
	const chosen = String(fn.getCurrentNodeParameter('object', { extractValue: true }) ?? '');
	if (chosen === '') return [];
	const object = asRecord(asRecord((await misp.get(`/objects/view/${encodeURIComponent(chosen)}`)).body).Object);
	const event = asRecord(asRecord((await misp.get(`/events/view/${asText(object.event_id)}`)).body).Event);
	const whole = asRecords(event.Object).find(({ id }) => id === object.id) ?? {};
	return asRecords(whole.ObjectReference).map((reference) => ({
		name: `${asText(reference.relationship_type)} ${targetOf(reference)}`,
		value: asText(reference.uuid),
	}));
});

function targetOf(reference: IDataObject): string {
	const { Object: object, Attribute: attribute } = reference;
	return asText(asRecord(object).name) || asText(asRecord(attribute).value) || asText(reference.referenced_uuid);
}

export const searchObjectTemplates = narrowed(async (misp) => {
	const templates = await listTemplates(misp);
	return templates
		.filter(({ active }) => active)
		.map(({ name, description, uuid }) => ({ name, value: uuid, description }))
		.sort((a, b) => a.name.localeCompare(b.name));
});

export const searchProposals = narrowed(async (misp) => {
	const proposals = await listProposals(misp, { wanted: shown * 10 });
	return proposals.map((proposal) => ({
		name: `${asText(proposal.id)}: ${asText(proposal.type)} ${asText(proposal.value)} (event ${asText(proposal.event_id)})`,
		value: asText(proposal.id),
	}));
});

export const searchEventReports = narrowed(async (misp) =>
	(await listReports(misp)).map((row) => {
		const report = asRecord(row.EventReport);
		return { name: `${asText(report.name)} (event ${asText(report.event_id)})`, value: asText(report.uuid) };
	}),
);

/** Sightings of the last month, the latest first. */
export const searchSightings = narrowed(async (misp) => {
	const { body, headers } = await misp.post('/sightings/restSearch', { returnFormat: 'json', last: '30d' });
	const rows = readPage('sightings', body, headers).rows.map(asRecord);
	return rows
		.sort((a, b) => asNumber(b.date_sighting) - asNumber(a.date_sighting))
		.map((row) => ({
			name: `${asText(row.value)} ${asText(row.source)} ${asTime(row.date_sighting)}`,
			value: asText(row.uuid),
		}));
});
