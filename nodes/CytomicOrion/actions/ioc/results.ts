import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import type { Entry, EventName, Miscount } from '../../ioc';
import { keyOfEvent, outcomeIn, reasons, settle, summarise, undoneAttributes } from '../../ioc';
import type { InputRow } from '../../descriptions/input';
import { toItem } from '../../item';
import { counts, eventItem } from '../../sending/report';

export interface Reporting {
	/** What the entries' candidates were read from. */
	rows: readonly InputRow[];
	output: string;
	controlTag: string;
	eventsRead: readonly string[];
	dryRun: boolean;
	/** Adds to each event the UUIDs of its attributes with nothing left to do. */
	listAttributes: boolean;
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
			return perIoc(entries, reporting);
	}
}

function perIoc(entries: readonly Entry[], { rows }: Reporting): Result[] {
	const outcomeOf = outcomeIn(entries);
	return entries.map((entry) => {
		const { candidate, type, value, daysToExpiration, outcome } = entry;
		return {
			json: toItem({
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
			from: rows[candidate.index]?.from ?? 0,
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

function perEvent(
	entries: readonly Entry[],
	{ rows, controlTag, eventsRead, dryRun, listAttributes }: Reporting,
): Result[] {
	const firstItem = new Map<string, number>();
	for (const { candidate } of entries) {
		const key = keyOfEvent(candidate);
		if (!firstItem.has(key)) firstItem.set(key, rows[candidate.index]?.from ?? 0);
	}
	const done = listAttributes && !dryRun ? attributesDone(entries) : undefined;
	const extraEvents = eventsRead.map((eventUuid): EventName => ({ eventUuid }));
	return settle(entries, { ...(controlTag !== '' && { controlTag }), extraEvents }).map((event) => ({
		json: {
			...eventItem(event, { dryRun }),
			...(done && { attributes_done: done.get(keyOfEvent(event)) ?? [] }),
		},
		from: firstItem.get(keyOfEvent(event)) ?? 0,
	}));
}

/** Attributes all of whose IOCs are done, by event. */
function attributesDone(entries: readonly Entry[]): Map<string, string[]> {
	const undone = undoneAttributes(entries);
	const done = new Map<string, Set<string>>();
	for (const { candidate } of entries) {
		if (candidate.uuid === undefined || undone.has(candidate.uuid)) continue;
		const key = keyOfEvent(candidate);
		const ofEvent = done.get(key) ?? new Set();
		done.set(key, ofEvent.add(candidate.uuid));
	}
	return new Map([...done].map(([key, uuids]) => [key, [...uuids]]));
}

function summaryOf(entries: readonly Entry[], { miscounted, dryRun }: Reporting): IDataObject {
	const { attributes, miscounted: miscounts, ...tally } = summarise(entries, miscounted);
	return toItem({
		attributes,
		...counts(tally),
		...(miscounts.length > 0 && { miscounted: miscounts.map(({ sent, counted }) => ({ sent, counted })) }),
		...(dryRun && { dry_run: true }),
	});
}
