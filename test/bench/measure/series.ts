import type { Series } from '../results';
import type { Cost, N8nCost } from './run';

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

type Pick<C> = (read: (cost: C) => number) => number;

function medianCost<C extends Cost>(last: C, of: Pick<C>): Cost {
	return {
		...last,
		ms: of(({ ms }) => ms),
		cpuMs: of(({ cpuMs }) => cpuMs),
		requests: { misp: of(({ requests }) => requests.misp), orion: of(({ requests }) => requests.orion) },
		connections: of(({ connections }) => connections),
		bytes: { sent: of(({ bytes }) => bytes.sent), answered: of(({ bytes }) => bytes.answered) },
	};
}

function seriesOf<C extends Cost, M>(
	runs: readonly C[],
	middle: (last: C, of: Pick<C>) => M,
): Omit<Series<Cost>, 'median'> & { median: M } {
	const last = runs.at(-1);
	if (last === undefined) throw new Error('Nothing was measured');
	const times = runs.map(({ ms }) => ms);
	return {
		runs: runs.length,
		fastestMs: Math.min(...times),
		slowestMs: Math.max(...times),
		median: middle(last, (read) => median(runs.map(read))),
	};
}

export const bareSeries = (runs: readonly Cost[]): Series<Cost> => seriesOf(runs, medianCost);

export const n8nSeries = (runs: readonly N8nCost[]): Series<N8nCost> =>
	seriesOf(runs, (last, of) => ({
		...medianCost(last, of),
		memory: { before: of(({ memory }) => memory.before), peak: of(({ memory }) => memory.peak) },
		loopDelay: { p99: of(({ loopDelay }) => loopDelay.p99), max: of(({ loopDelay }) => loopDelay.max) },
		longestHealthCheck: of(({ longestHealthCheck }) => longestHealthCheck),
	}));
