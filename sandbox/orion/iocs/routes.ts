import type { FastifyInstance } from 'fastify';
import { accepted, ApiError, type Envelope, refused } from '../answers';
import { DAY } from '../clock';
import type { Orion } from '../context';
import { isRecord } from '../../json';
import { property } from '../json';
import { type Action, demand } from '../permissions';
import { readIoc, type Reading, readValue, type SentIoc } from './reading';
import type { StoredIoc } from './store';
import { IOC_TYPES, type IocType, iocTypeNamed } from './types';

interface TypeRoute {
	Params: { type: string };
	Querystring: Record<string, string | string[] | undefined>;
}

/** Documented: a retrospective search looks through the last year up to the import. */
const RETROSPECT = 365 * DAY;
const TRUE = /^(true|1)$/i;

export function iocRoutes(api: FastifyInstance, orion: Orion): void {
	const { behaviour, counts, iocs } = orion;

	function typeIn(path: string): IocType {
		const type = iocTypeNamed(path);
		if (!type || (!behaviour.shortTypeNames && !path.toLowerCase().endsWith('ioc'))) {
			throw new ApiError(404, `'${path}' is not a type of IOC.`);
		}
		return type;
	}

	function listIn(body: unknown): unknown[] {
		if (!Array.isArray(body)) throw new ApiError(400, 'The body must be an array of IOCs.');
		if (body.length === 0) throw new ApiError(400, 'The array of IOCs is empty.');
		if (body.length > behaviour.maxBatch)
			throw new ApiError(413, `At most ${behaviour.maxBatch} IOCs are taken at a time.`);
		return body;
	}

	function read(type: IocType, sent: unknown): Reading<SentIoc> {
		const reading = readIoc(type, sent);
		if (!reading.ok || !orion.refusedValues.has(reading.ioc.value.toLowerCase())) return reading;
		return { ok: false, reason: `The value of an IOC is not valid for ${IOC_TYPES[type].label}.` };
	}

	function refuse(reason: string): Envelope {
		counts.refusedCalls += 1;
		if (behaviour.refusal === 'successFalse') return refused(200, reason);
		throw new ApiError(400, reason);
	}

	function searchBack(ioc: StoredIoc): void {
		if (!ioc.active) return;
		for (const computer of orion.estate.seenOn(ioc.value, orion.clock.now() - RETROSPECT)) {
			orion.indicators.raiseRetrospective(ioc, computer);
		}
	}

	function values(type: IocType, body: unknown): string[] {
		return listIn(body).map((sent) => {
			const reading = readValue(type, sent);
			if (!reading.ok) throw new ApiError(400, reading.reason);
			return reading.ioc.value;
		});
	}

	function shown(ioc: StoredIoc): Record<string, unknown> {
		return {
			[IOC_TYPES[ioc.type].valueKey]: ioc.value,
			daysToExpiration: ioc.daysToExpiration,
			importDate: new Date(ioc.importedAt).toISOString(),
			expirationDate: new Date(ioc.expiresAt).toISOString(),
			additionalData: ioc.additionalData,
			source: ioc.source,
			policy: ioc.policy,
			description: ioc.description,
		};
	}

	function permitted(action: Action): void {
		demand(orion.permissions, action);
	}

	// Import. `ttlDays` in the query is ignored, as it was seen to be on a tenant; so is anything else unknown there.
	api.post<TypeRoute>('/applications/iocs/:type', (request) => {
		permitted('importIocs');
		const type = typeIn(request.params.type);
		const readings = listIn(request.body).map((sent) => read(type, sent));
		const bad = readings.find((reading) => !reading.ok);
		if (bad && !bad.ok && behaviour.refusal !== 'skips') return refuse(bad.reason);

		const retrospective = TRUE.test(String(property(request.query, 'retrospective') ?? ''));
		let stored = 0;
		for (const reading of readings) {
			if (!reading.ok) continue;
			const ioc = iocs.put(type, reading.ioc);
			if (retrospective) searchBack(ioc);
			stored += 1;
		}
		counts.importCalls += 1;
		counts.imported += stored;
		return accepted(`iocs: ${stored} ${IOC_TYPES[type].label} added.`);
	});

	// Documented order: the type, then `eraser`. The order of a script from 2020 (`iocs/eraser/{type}`) is a 404, as a user found.
	// The answer is not public; a value that isn't there is no failure here.
	api.post<TypeRoute>('/applications/iocs/:type/eraser', (request) => {
		permitted('deleteIocs');
		const type = typeIn(request.params.type);
		let erased = 0;
		for (const value of values(type, request.body)) if (iocs.erase(type, value)) erased += 1;
		counts.eraseCalls += 1;
		counts.erased += erased;
		return accepted(`iocs: ${erased} ${IOC_TYPES[type].label} deleted.`);
	});

	// Seen in others' code only; the vendor's page names the function ("by attributes") but its body was not readable.
	api.post<TypeRoute>('/applications/iocs/:type/getter', (request) => {
		permitted('searchIocs');
		const type = typeIn(request.params.type);
		const wanted = listIn(request.body);
		const found = new Set<StoredIoc>();
		const { valueKey } = IOC_TYPES[type];
		for (const attributes of wanted) {
			if (!isRecord(attributes)) throw new ApiError(400, 'Each entry must be an object of attributes.');
			const value = attributes[valueKey];
			const candidates = typeof value === 'string' ? [iocs.find(type, value)] : [...iocs.values()];
			for (const ioc of candidates) {
				if (ioc?.type === type && hasAttributes(shown(ioc), attributes, valueKey)) found.add(ioc);
			}
		}
		return [...found].map(shown);
	});

	// Seen in others' code only: a search of its own, for values that need not be IOCs; answers those that were seen.
	api.post<TypeRoute>('/applications/iocs/:type/retrospectivesearcher', (request) => {
		permitted('searchIocs');
		const type = typeIn(request.params.type);
		const since = orion.clock.now() - RETROSPECT;
		const { valueKey } = IOC_TYPES[type];
		return values(type, request.body)
			.filter((value) => orion.estate.seenOn(value, since).length > 0)
			.map((value) => ({ [valueKey]: value }));
	});
}

function hasAttributes(ioc: Record<string, unknown>, wanted: Record<string, unknown>, valueKey: string): boolean {
	return Object.entries(wanted).every(
		([name, value]) => name === valueKey || String(property(ioc, name) ?? '') === String(value),
	);
}
