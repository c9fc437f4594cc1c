import type { IDataObject } from 'n8n-workflow';
import { asNumber, asRecord, asRecords, asText } from '../../json';
import type { Misp } from '../../transport/connect';

/** A report as items carry it; `content` is Markdown. */
export function compactReport(row: unknown): IDataObject {
	const report = asRecord(asRecord(row).EventReport);
	const event = asRecord(asRecord(row).Event);
	return {
		id: asText(report.id),
		uuid: asText(report.uuid),
		name: asText(report.name),
		content: asText(report.content),
		event_id: asText(report.event_id),
		event_info: asText(event.info),
		org: asText(asRecord(event.Orgc).name),
		distribution: asText(report.distribution),
		/** Last change, in seconds since 1970. */
		timestamp: asNumber(report.timestamp),
		deleted: report.deleted === true,
	};
}

/** GET /eventReports/index: all at once, MISP has no pages here. `eventId` is a number. */
export async function listReports(misp: Misp, { eventId = '', deleted = false } = {}): Promise<IDataObject[]> {
	const narrowed = `${eventId === '' ? '' : `/event_id:${encodeURIComponent(eventId)}`}${deleted ? '/context:deleted' : ''}`;
	const { body } = await misp.get(`/eventReports/index${narrowed}`);
	return asRecords(body);
}
