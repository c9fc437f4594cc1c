import type { FastifyInstance } from 'fastify';
import { ApiError } from './answers';
import { DAY } from './clock';
import type { Orion } from './context';
import type { Indicator } from './indicators';
import { property } from './json';
import { demand } from './permissions';

/** Documented: longer spans than a month are an error. The length of a month is not; the longest is let through. */
const LONGEST_SPAN = 31 * DAY;
/** Documented: only the first 30,000 are returned. */
const MOST_ROWS = 30_000;
/** Below this, a timestamp is in seconds: 10^11 ms is March 1973. */
const SECONDS_BELOW = 100_000_000_000;

interface AlertsRoute {
	Params: { from: string; to: string };
	Querystring: Record<string, string | string[] | undefined>;
}

/** Documented: milliseconds since 1970; seconds are taken as such. */
function readTime(sent: string, name: string): number {
	if (!/^\d{1,15}$/.test(sent)) throw new ApiError(400, `'${name}' must be a UNIX timestamp in milliseconds.`);
	const time = Number(sent);
	return time < SECONDS_BELOW ? time * 1_000 : time;
}

function listOf(sent: unknown): string[] {
	const values = Array.isArray(sent) ? sent : [sent];
	return values
		.flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
		.map((value) => value.trim().toLowerCase());
}

/** The documented filters, each with the field it compares. */
const FILTERS: ReadonlyArray<readonly [query: string, field: (indicator: Indicator) => string]> = [
	['statuses', ({ status }) => status],
	['MUID', ({ muid }) => muid],
	['clientid', ({ clientId }) => clientId],
	['huntingrule', ({ huntingRule }) => huntingRule],
	['Caseid', ({ caseId }) => caseId],
	['machineName', ({ machineName }) => machineName],
];

const STATUSES = ['pending', 'inprogress', 'closed'];

function documented(one: Indicator, details: string): Record<string, unknown> {
	return {
		id: one.id,
		MUID: one.muid,
		timestamp: one.timestamp,
		clientid: one.clientId,
		huntingRule: one.huntingRule,
		HuntingRuleId: one.huntingRuleId,
		status: one.status,
		details,
		alertDateTime: new Date(one.alertDateTime).toISOString(),
		lastHourEvidenceCount: one.lastHourEvidenceCount,
		severity: one.severity,
		mitre: one.mitre,
		excluded: one.excluded,
		machineName: one.machineName,
		caseId: one.caseId,
		caseName: one.caseName,
	};
}

const CAMEL: Readonly<Record<string, string>> = {
	MUID: 'muid',
	clientid: 'clientId',
	HuntingRuleId: 'huntingRuleId',
};

function inCamelCase(row: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(row).map(([name, value]) => [CAMEL[name] ?? name, value]));
}

export function alertRoutes(api: FastifyInstance, orion: Orion): void {
	api.get<AlertsRoute>('/applications/alerts/:from/:to', (request) => {
		demand(orion.permissions, 'getIndicators');
		const from = readTime(request.params.from, 'from');
		const to = readTime(request.params.to, 'to');
		if (from > to) throw new ApiError(400, "'from' must not be later than 'to'.");
		if (to - from > LONGEST_SPAN) throw new ApiError(400, 'The maximum interval between the dates is one month.');

		const { query } = request;
		const filters = FILTERS.map(([name, field]) => ({
			field,
			wanted: listOf(property(query, name)),
		})).filter(({ wanted }) => wanted.length > 0);
		if (listOf(property(query, 'statuses')).some((status) => !STATUSES.includes(status))) {
			throw new ApiError(400, "'statuses' takes Pending, InProgress and Closed.");
		}
		// Without these two, the quiet choice: the page says what `false` does, not which is the default.
		const showExcluded = listOf(property(query, 'showExcluded'))[0] === 'true';
		const showDetails = listOf(property(query, 'showDetails'))[0] === 'true';

		const rows: Array<Record<string, unknown>> = [];
		for (const one of orion.indicators.all) {
			if (one.timestamp < from || one.timestamp > to) continue;
			if (one.excluded && !showExcluded) continue;
			if (!filters.every(({ field, wanted }) => wanted.includes(field(one).toLowerCase()))) continue;
			const row = documented(one, showDetails ? one.details : '');
			rows.push(orion.behaviour.fieldCase === 'camel' ? inCamelCase(row) : row);
			if (rows.length === MOST_ROWS) break;
		}
		return rows;
	});
}
