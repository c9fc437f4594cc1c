import type { Cost, N8nCost } from './measure/run';

export interface Machine {
	readonly day: string;
	readonly processor: string;
	readonly cores: number;
	readonly gigabytes: number;
	readonly n8n: string;
	readonly node: string;
}

/** Several runs of one thing, and the median of each figure. */
export interface Series<C extends Cost> {
	readonly runs: number;
	readonly fastestMs: number;
	readonly slowestMs: number;
	readonly median: C;
}

/** The same upload by the fewest calls of a plain program, by the sync node, and by the template. */
export interface Upload {
	readonly iocs: number;
	readonly events: number;
	readonly latencyMs: number;
	/** MISP takes the time that a real one takes. */
	readonly paced: boolean;
	readonly bare: Series<Cost>;
	readonly sync: Series<N8nCost>;
	readonly workflow?: Series<N8nCost>;
}

/** Of one n8n, started for it, that has run nothing else. */
export interface MemoryGrowth {
	/** Resident memory before the first run, in bytes. */
	readonly idle: number;
	readonly steps: ReadonlyArray<{ readonly iocs: number; readonly events: number; readonly cost: N8nCost }>;
}

export interface Sweep {
	readonly iocs: number;
	readonly latencyMs: number;
	readonly steps: ReadonlyArray<{
		readonly concurrency: number;
		readonly batchSize: number;
		readonly series: Series<N8nCost>;
	}>;
}

export interface Removal {
	readonly held: number;
	readonly removed: number;
	readonly way: 'sync delete' | 'delete-iocs' | 'sync reconcile';
	readonly cost: N8nCost;
}

export interface TagRemoval {
	readonly attributes: number;
	readonly cost: N8nCost;
}

export interface NothingToDo {
	readonly held: number;
	readonly sync: N8nCost;
	readonly workflow: N8nCost;
}

/** The same number of IOCs for each n8n, by one of them alone and by both at once. */
export interface ScalingOut {
	readonly perEvent: number;
	readonly iocsEach: number;
	readonly aloneMs: number;
	readonly togetherMs: number;
	readonly paced: boolean;
}

/** Everything that one run of the bench found out. */
export interface Results {
	readonly machine: Machine;
	readonly uploads: readonly Upload[];
	readonly memory: MemoryGrowth;
	readonly sweep: Sweep;
	readonly removals: readonly Removal[];
	readonly tagRemoval: TagRemoval;
	readonly nothing: NothingToDo;
	readonly scaling: readonly ScalingOut[];
}
