import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import type { Entry, EventName, EventResult, Miscount, NotImported } from '../../ioc';
import { outcomeIn, reasons, settle, summarise } from '../../ioc';
import { limits } from '../../limits';

export interface Reporting {
	output: string;
	controlTag: string;
	eventsRead: readonly string[];
	dryRun: boolean;
	miscounted: readonly Miscount[];
}

/** The results in the form that the user chose. */
export function resultsOf(entries: readonly Entry[], reporting: Reporting): Result[] {
	switch (reporting.output) {
		case 'event':
			return perEvent(entries, reporting);
		case 'summary':
			return [{ json: summaryOf(entries, reporting) }];
		default:
			return perIoc(entries);
	}
}

function perIoc(entries: readonly Entry[]): Result[] {
	const outcomeOf = outcomeIn(entries);
	return entries.map((entry) => {
		const { candidate, type, value, daysToExpiration, outcome } = entry;
		return {
			json: clean({
				status: outcome.status,
				type,
				value,
				daysToExpiration,
				...why(entry.outcome, outcomeOf(entry).status),
				uuid: candidate.uuid,
				event_uuid: candidate.eventUuid,
				event_id: candidate.eventId,
				misp_type: candidate.mispType,
			}),
			from: candidate.index,
		};
	});
}

function why(outcome: Entry['outcome'], originals: string): IDataObject {
	switch (outcome.status) {
		case 'skipped':
			return { reason: outcome.reason, message: reasons[outcome.reason] };
		case 'failed':
			return { reason: outcome.code, message: outcome.message, final: outcome.final };
		case 'duplicate':
			return { duplicate_of: originals };
		default:
			return {};
	}
}

function perEvent(entries: readonly Entry[], { controlTag, eventsRead, dryRun }: Reporting): Result[] {
	const firstItem = new Map<string, number>();
	for (const { candidate } of entries) {
		const key = candidate.eventUuid ?? '';
		if (!firstItem.has(key)) firstItem.set(key, candidate.index);
	}
	const extraEvents = eventsRead.map((eventUuid): EventName => ({ eventUuid }));
	return settle(entries, { ...(controlTag !== '' && { controlTag }), extraEvents }).map((event) => ({
		json: eventResult(event, dryRun),
		from: firstItem.get(event.eventUuid ?? '') ?? 0,
	}));
}

function eventResult(event: EventResult, dryRun: boolean): IDataObject {
	const { eventUuid, eventId, eventInfo, settled, notImported, ...tally } = event;
	return clean({
		event_uuid: eventUuid,
		event_id: eventId,
		event_info: eventInfo,
		...counts(tally),
		// A dry run sends nothing, so nothing is settled by it.
		settled: dryRun ? [] : [...settled],
		not_done: notImported.slice(0, limits.listed).map(listed),
		...(notImported.length > limits.listed && { not_done_more: notImported.length - limits.listed }),
		...(dryRun && { dry_run: true }),
	});
}

const listed = ({ uuid, mispType, type, value, status, reason, message }: NotImported): IDataObject =>
	clean({ uuid, misp_type: mispType, type, value, status, reason, message });

function summaryOf(entries: readonly Entry[], { miscounted, dryRun }: Reporting): IDataObject {
	const { attributes, miscounted: miscounts, ...tally } = summarise(entries, miscounted);
	return clean({
		attributes,
		...counts(tally),
		...(miscounts.length > 0 && { miscounted: miscounts.map(({ sent, counted }) => ({ sent, counted })) }),
		...(dryRun && { dry_run: true }),
	});
}

function counts(tally: Omit<ReturnType<typeof summarise>, 'attributes' | 'miscounted'>): IDataObject {
	const { total, planned, imported, deleted, duplicate, skipped, failed, byType, skippedByReason, failedByCode } = tally;
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

/** Without the fields that have no value. */
const clean = (json: Record<string, unknown>): IDataObject =>
	Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined)) as IDataObject;
