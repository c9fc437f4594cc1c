import type { Ioc, IocType } from '../ioc';
import { iocKey, iocTypes, normalise } from '../ioc';
import type { Row } from './row';
import { asText, field, isRow, otherFields, textIn } from './row';
import { isoTime, timeOf } from './time';

const known = [
	'hash',
	'ip',
	'domain',
	'url',
	'value',
	'daysToExpiration',
	'importDate',
	'expirationDate',
	'additionalData',
	'source',
	'policy',
	'description',
];

/** The IOC that a row of an answer is about: a row with its value under the key of its type, or the bare value. */
export function iocIn(type: IocType, row: unknown): Ioc | undefined {
	const text = isRow(row) ? textIn(row, iocTypes[type].key, 'value') : asText(row);
	const value = normalise(type, text);
	return value.ok ? { type, value: value.value } : undefined;
}

/** The rows of an answer by the IOC that they are about. */
export function byIoc(type: IocType, body: unknown): Map<string, Row> {
	const rows: unknown[] = Array.isArray(body) ? body : [];
	return new Map(
		rows.flatMap((row) => {
			const ioc = iocIn(type, row);
			return ioc === undefined ? [] : [[iocKey(ioc), isRow(row) ? row : {}] as const];
		}),
	);
}

/** An IOC as Orion holds it. `active` is whether its time to live still runs. */
export function readHeldIoc(row: Row, now: number): Record<string, unknown> {
	const expires = timeOf(field(row, 'expirationDate'));
	const days = textIn(row, 'daysToExpiration');
	return {
		active: expires === undefined ? undefined : expires > now,
		daysToExpiration: /^\d+$/.test(days) ? Number(days) : undefined,
		importDate: isoTime(field(row, 'importDate')),
		expirationDate: isoTime(field(row, 'expirationDate')),
		additionalData: textIn(row, 'additionalData'),
		source: textIn(row, 'source'),
		policy: textIn(row, 'policy'),
		description: textIn(row, 'description'),
		...otherFields(row, known),
	};
}

export const otherIocFields = (row: Row) => otherFields(row, known);
