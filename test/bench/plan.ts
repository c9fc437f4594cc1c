import { limits } from '../../nodes/CytomicOrion/limits';

/** What is measured, as data. The whole takes some 12 minutes on two quiet cores, the quick one two. */
export interface Plan {
	readonly perEvent: number;
	readonly uploads: ReadonlyArray<{
		readonly iocs: number;
		readonly latencyMs: number;
		readonly paced: boolean;
		/** Interleaved with the other ways, since the machine is never quite quiet. */
		readonly rounds: number;
		/** The template takes long there and shows nothing new. */
		readonly withoutWorkflow?: true;
	}>;
	/** In one n8n, one after the other. */
	readonly memory: readonly number[];
	readonly sweep: {
		readonly iocs: number;
		readonly latencyMs: number;
		readonly rounds: number;
		readonly steps: ReadonlyArray<{ readonly concurrency: number; readonly batchSize: number }>;
	};
	readonly removal: { readonly held: number; readonly removed: number };
	readonly tagged: number;
	readonly nothing: number;
	/** For each n8n, in events of this size. */
	readonly scaling: ReadonlyArray<{ readonly iocsEach: number; readonly perEvent: number; readonly paced: boolean }>;
}

const USUAL_BATCH = limits.batchSize;

export const whole: Plan = {
	perEvent: 500,
	uploads: [
		{ iocs: 10_000, latencyMs: 60, paced: true, rounds: 3 },
		{ iocs: 10_000, latencyMs: 60, paced: false, rounds: 3 },
		{ iocs: 10_000, latencyMs: 0, paced: true, rounds: 3 },
		{ iocs: 10_000, latencyMs: 250, paced: true, rounds: 1 },
		{ iocs: 50_000, latencyMs: 60, paced: true, rounds: 1 },
		{ iocs: 200_000, latencyMs: 60, paced: true, rounds: 1, withoutWorkflow: true },
	],
	memory: [10_000, 50_000, 200_000, 1_000_000],
	sweep: {
		iocs: 20_000,
		latencyMs: 60,
		rounds: 1,
		steps: [
			...[1, 2, 4, 8, 16].map((concurrency) => ({ concurrency, batchSize: USUAL_BATCH })),
			...[250, 500, 1_000].map((batchSize) => ({ concurrency: 4, batchSize })),
		],
	},
	removal: { held: 200_000, removed: 10_000 },
	tagged: 5_000,
	nothing: 200_000,
	scaling: [
		{ iocsEach: 20_000, perEvent: 500, paced: true },
		{ iocsEach: 20_000, perEvent: 5_000, paced: true },
	],
};

export const quick: Plan = {
	perEvent: 100,
	uploads: [
		{ iocs: 2_000, latencyMs: 60, paced: true, rounds: 1 },
		{ iocs: 2_000, latencyMs: 60, paced: false, rounds: 1 },
	],
	memory: [2_000, 20_000],
	sweep: {
		iocs: 2_000,
		latencyMs: 60,
		rounds: 1,
		steps: [1, 4].map((concurrency) => ({ concurrency, batchSize: 250 })),
	},
	removal: { held: 4_000, removed: 1_000 },
	tagged: 200,
	nothing: 4_000,
	scaling: [{ iocsEach: 2_000, perEvent: 500, paced: true }],
};
