import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../../json';
import { limits } from '../../limits';
import type { Misp } from '../../transport/connect';

/** GET /shadow_attributes/index[/{event}]: open proposals, page by page, at most `wanted`. */
export async function listProposals(
	misp: Misp,
	{ event = '', wanted }: { event?: string; wanted: number },
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	const of = event === '' ? '' : `/${encodeURIComponent(event)}`;
	for (let page = 1; found.size < wanted; page++) {
		const { body } = await misp.get(`/shadow_attributes/index${of}/limit:${limits.proposalPage}/page:${page}`);
		const rows = asRecords(body).map((row) => asRecord(row.ShadowAttribute));
		const known = found.size;
		for (const row of rows) found.set(asText(row.id), row);
		// A page past the last one comes back empty, or as the last one once more.
		if (rows.length < limits.proposalPage || found.size === known) break;
	}
	return [...found.values()].slice(0, wanted);
}
