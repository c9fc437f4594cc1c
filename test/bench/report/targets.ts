import { fewestRequests } from '../fewest';
import type { Cost } from '../measure/run';
import type { MemoryGrowth, Results, Upload } from '../results';

/** A promise of the project and what came of it. */
export interface Target {
	readonly what: string;
	readonly limit: number;
	readonly measured: number;
	readonly unit: string;
	readonly digits: number;
}

export const isMet = ({ measured, limit }: Target): boolean => measured <= limit;

const MEGABYTE = 1_000_000;
const SYNC_TIMES = 1.25;
const WORKFLOW_TIMES = 1.5;
const MEMORY_MB = 150;
const FLAT_MB = 50;
const BLOCKED_MS = 200;
const REQUESTS = 1.05;

/** Signing in to Orion happens once a day or so, whoever does it. */
const SIGNING_IN = /\/oauth\/|\/servers\/getVersion|\/forensics\//;

export const workRequests = ({ routes }: Pick<Cost, 'routes'>): number =>
	Object.entries(routes).reduce((sum, [route, count]) => (SIGNING_IN.test(route) ? sum : sum + count), 0);

const thousands = (count: number): string => count.toLocaleString('en');

const named = ({ iocs, latencyMs }: Upload): string => `${thousands(iocs)} IOCs, Orion ${latencyMs} ms`;

function times(upload: Upload, way: 'sync' | 'workflow', limit: number): Target[] {
	const series = upload[way];
	if (!series) return [];
	const target: Target = {
		what: `${way === 'sync' ? 'Sync node' : '`upload-iocs`'}, ${named(upload)}`,
		limit,
		measured: series.median.ms / upload.bare.median.ms,
		unit: '× the bare loop',
		digits: 2,
	};
	return [target];
}

function requests(upload: Upload): Target {
	return {
		what: `Requests of the sync node, ${named(upload)}`,
		limit: REQUESTS,
		measured: workRequests(upload.sync.median) / fewestRequests(upload),
		unit: '× the fewest',
		digits: 3,
	};
}

/** Those that the results say something about. */
export function targetsOf({ uploads = [], memory, nothing }: Partial<Results>): Target[] {
	const real = uploads.filter(({ paced }) => paced);
	const smallest = Math.min(...real.map(({ iocs }) => iocs));
	const largest = Math.max(...real.map(({ iocs }) => iocs));
	const small = real.filter(({ iocs }) => iocs === smallest);
	const large = real.filter(({ iocs }) => iocs === largest && iocs !== smallest);
	const syncRuns = [...uploads.map(({ sync }) => sync.median), ...(memory?.steps ?? []).map(({ cost }) => cost)];
	return [
		...[...small, ...large].flatMap((upload) => times(upload, 'sync', SYNC_TIMES)),
		...small.flatMap((upload) => times(upload, 'workflow', WORKFLOW_TIMES)),
		...(memory ? memoryTargets(memory) : []),
		{
			what: 'Longest time that n8n’s event loop stood still while the sync node uploaded',
			limit: BLOCKED_MS,
			measured: Math.max(...syncRuns.map(({ loopDelay }) => loopDelay.max)),
			unit: 'ms',
			digits: 0,
		},
		...[small[0], large[0]].filter((upload) => upload !== undefined).map(requests),
		...(nothing
			? [
					{
						what: 'Requests of a second run with nothing to do',
						limit: 1,
						measured: workRequests(nothing.sync),
						unit: 'search',
						digits: 0,
					},
				]
			: []),
	];
}

function memoryTargets({ idle, steps }: MemoryGrowth): Target[] {
	const over = steps.map(({ cost }) => (cost.memory.peak - idle) / MEGABYTE);
	return [
		{
			what: 'Peak memory of the sync node over an idle n8n',
			limit: MEMORY_MB,
			measured: Math.max(...over),
			unit: 'MB',
			digits: 0,
		},
		{
			what: `Flat: ${thousands(steps.at(-1)?.iocs ?? 0)} IOCs over ${thousands(steps[0]?.iocs ?? 0)}`,
			limit: FLAT_MB,
			measured: (over.at(-1) ?? 0) - (over[0] ?? 0),
			unit: 'MB more',
			digits: 0,
		},
	];
}
