import type { World } from './world';

export const SERVERS = ['misp', 'orion'] as const;
export type ServerName = (typeof SERVERS)[number];

/** A request of a run. */
export interface Step {
	readonly server: ServerName;
	/** The how manieth of the run to that server; the first is 1. */
	readonly nth: number;
	/** Milliseconds since the first request of the run. */
	readonly atMs: number;
}

/** A run by its requests, in the order in which they came. */
export interface Course {
	readonly steps: readonly Step[];
	/** From the first request to the end of the run. */
	readonly ms: number;
}

/** Writes down the course of the next run in a world, until `end` is called. */
export function follow(world: World): { end(): Course } {
	const steps: Step[] = [];
	const sent = { misp: 0, orion: 0 };
	let begin: number | undefined;
	for (const server of SERVERS) {
		world[server].faults.add({
			meanwhile() {
				begin ??= performance.now();
				steps.push({ server, nth: ++sent[server], atMs: performance.now() - begin });
			},
		});
	}
	return {
		end() {
			for (const server of SERVERS) world[server].faults.clear();
			return { steps, ms: performance.now() - (begin ?? performance.now()) };
		},
	};
}

/** Where a run was a given time after its first request. */
export function placeIn({ steps }: Course, ms: number): { step: Step; sinceMs: number } {
	const step = steps.filter(({ atMs }) => atMs <= ms).at(-1) ?? steps[0];
	if (step === undefined) throw new Error('The run has sent no request');
	return { step, sinceMs: Math.max(0, ms - step.atMs) };
}
