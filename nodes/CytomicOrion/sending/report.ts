import type { IDataObject } from 'n8n-workflow';
import type { EventResult, NotImported, Tally } from '../ioc';
import { toItem } from '../item';
import { limits } from '../limits';

/** What became of an event's IOCs, as an item. */
export function eventItem(event: EventResult, { dryRun }: { dryRun: boolean }): IDataObject {
	const { eventUuid, eventId, eventInfo, settled, notImported, open, ...tally } = event;
	return toItem({
		event_uuid: eventUuid,
		event_id: eventId,
		event_info: eventInfo,
		...counts(tally),
		// A dry run sends nothing, so nothing is settled by it.
		settled: dryRun ? [] : [...settled],
		not_done: notImported.slice(0, limits.listed).map(listed),
		...(notImported.length > limits.listed && { not_done_more: notImported.length - limits.listed }),
		open,
		...(dryRun && { dry_run: true }),
	});
}

/** An IOC that did not go through, as an item lists it. */
export const listed = ({ uuid, mispType, type, value, status, reason, message }: NotImported): IDataObject =>
	toItem({ uuid, misp_type: mispType, type, value, status, reason, message });

/** The counts of a tally, as fields of an item. */
export function counts(tally: Tally): IDataObject {
	const { total, planned, imported, deleted, duplicate, skipped, failed, byType, skippedByReason, failedByCode } =
		tally;
	return {
		total,
		...(planned > 0 && { planned }),
		imported,
		deleted,
		duplicate,
		skipped,
		failed,
		by_type: Object.fromEntries(Object.entries(byType).map(([type, statuses]) => [type, { ...statuses }])),
		skipped_by_reason: { ...skippedByReason },
		failed_by_code: { ...failedByCode },
	};
}
