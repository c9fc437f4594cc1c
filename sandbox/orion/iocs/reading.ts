import { isRecord } from '../../json';
import type { JsonObject } from '../json';
import { IOC_TYPES, type IocType, VALUE_KEYS } from './types';

export interface SentIoc {
	value: string;
	daysToExpiration: number;
	additionalData: string;
	source: string;
	policy: string;
	description: string;
}

export type Reading<T> = { ok: true; ioc: T } | { ok: false; reason: string };

function no(reason: string): { ok: false; reason: string } {
	return { ok: false, reason };
}

/** The object's only value key must be that of the type in the path. */
export function readValue(type: IocType, sent: unknown): Reading<{ value: string; object: JsonObject }> {
	const { label, valueKey } = IOC_TYPES[type];
	if (!isRecord(sent)) return no('Each IOC must be an object.');
	let keys = 0;
	for (const key of VALUE_KEYS) if (key in sent) keys += 1;
	const value = sent[valueKey];
	if (keys !== 1 || typeof value !== 'string' || value === '') {
		return no(`Each ${label} must have exactly one value, in '${valueKey}'.`);
	}
	return { ok: true, ioc: { value, object: sent } };
}

/**
 * Sent as a number in a string by those whose uploads work; a number is taken as well.
 * Left out, it counts as 0: the IOC expires the moment it is imported (seen on a tenant).
 */
function readDays(sent: unknown): number | undefined {
	if (sent === undefined || sent === null) return 0;
	if (typeof sent !== 'string' && typeof sent !== 'number') return undefined;
	const text = String(sent).trim();
	return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function readText(sent: unknown): string | undefined {
	if (sent === undefined || sent === null) return '';
	return typeof sent === 'string' ? sent : undefined;
}

/** One object of an import. Length limits of the texts are not public, so there are none. */
export function readIoc(type: IocType, sent: unknown): Reading<SentIoc> {
	const found = readValue(type, sent);
	if (!found.ok) return found;
	const { value, object } = found.ioc;
	// Which value was wrong is not said: no public source shows that Orion would, and clients must not count on it.
	if (!IOC_TYPES[type].admits(value)) return no(`The value of an IOC is not valid for ${IOC_TYPES[type].label}.`);
	const daysToExpiration = readDays(object.DaysToExpiration);
	if (daysToExpiration === undefined) return no('DaysToExpiration must be a whole number of days.');
	const additionalData = readText(object.AdditionalData);
	const source = readText(object.Source);
	const policy = readText(object.Policy);
	const description = readText(object.Description);
	if (additionalData === undefined || source === undefined || policy === undefined || description === undefined) {
		return no('AdditionalData, Source, Policy and Description must be text.');
	}
	return {
		ok: true,
		ioc: { value, daysToExpiration, additionalData, source, policy, description },
	};
}
