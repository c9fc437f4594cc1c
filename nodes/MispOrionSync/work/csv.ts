import type { EventName, NotImported } from '../../CytomicOrion/ioc';

const columns = [
	'event_uuid',
	'event_id',
	'event_info',
	'uuid',
	'misp_type',
	'type',
	'value',
	'status',
	'reason',
	'message',
] as const;

type Row = Record<(typeof columns)[number], string | undefined>;

// A spreadsheet takes what begins so for a formula and runs it (OWASP, CSV Injection).
const formula = /^[=+\-@\t\r]/;

/** RFC 4180: always quoted, quotes doubled. */
const cell = (text = ''): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

const rowOf = (
	{ eventUuid, eventId, eventInfo }: EventName,
	{ uuid, mispType, type, value, status, reason, message }: NotImported,
): Row => ({
	event_uuid: eventUuid,
	event_id: eventId,
	event_info: eventInfo,
	uuid,
	misp_type: mispType,
	type,
	value,
	status,
	reason,
	message,
});

/** A list of what did not go through, kept as the bytes of a CSV file. */
export class CsvList {
	private readonly parts: Uint8Array[] = [new TextEncoder().encode(line(columns.map((name) => cell(name))))];

	add(event: EventName, notImported: readonly NotImported[]): void {
		if (notImported.length === 0) return;
		const lines = notImported.map((one) => {
			const row = rowOf(event, one);
			return line(columns.map((name) => cell(row[name])));
		});
		this.parts.push(new TextEncoder().encode(lines.join('')));
	}

	get bytes(): Uint8Array {
		const all = new Uint8Array(this.parts.reduce((length, part) => length + part.length, 0));
		let at = 0;
		for (const part of this.parts) {
			all.set(part, at);
			at += part.length;
		}
		return all;
	}
}
