import type { IDataObject } from 'n8n-workflow';
import { compactAttribute, compactEvent } from '../item';
import { asNumber, asRecord, asText } from '../json';
import type { Cursor, Met } from './cursor';
import { fingerprint } from './fingerprint';
import type { Branch, Kind } from './kinds';

/** Something that MISP has, with how it is told from its other versions. */
export interface Found extends Met {
	json: IDataObject;
	/** Remembered, but not given out. */
	silent?: boolean;
}

/** What a row of a search is to this trigger; undefined where it is nothing. */
export function foundOf(
	kind: Kind,
	row: IDataObject,
	{ reason, scope }: Branch,
	{ simple, cursor }: { simple: boolean; cursor: Cursor },
): Found | undefined {
	if (kind === 'newEvent' && asNumber(row.id) <= cursor.first.event) return undefined;
	const event = scope === 'events' ? row : asRecord(row.Event);
	const published = asNumber(event.publish_timestamp);
	const timestamp = asNumber(row.timestamp);
	const json: IDataObject = simple ? { ...(scope === 'events' ? compactEvent(row) : compactAttribute(row)) } : row;
	return {
		key: fingerprint(kind, asText(row.uuid), versionOf(kind, reason, { published, timestamp })),
		until: Math.max(timestamp, published),
		json: { ...json, reason },
		// Created since the last poll and not meant for detection: nothing was taken back, now or when it is met again.
		silent: reason === 'detection_off' && asNumber(row.id) > cursor.highest.attribute,
	};
}

function versionOf(
	kind: Kind,
	reason: Branch['reason'],
	{ published, timestamp }: { published: number; timestamp: number },
): string {
	if (kind === 'newEvent') return 'once';
	if (kind === 'eventPublished') return asText(published);
	return `${reason} ${timestamp}`;
}
