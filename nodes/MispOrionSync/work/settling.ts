import type { Labels, Tagged } from '../../Misp/tagging/relabel';
import { relabel } from '../../Misp/tagging/relabel';
import type { Misp } from '../../Misp/transport/connect';
import type { Problem } from '../../shared/problem';

export interface Settling {
	/** Has these relabelled as soon as MISP is free. */
	add(tagged: readonly Tagged[]): void;
	/** Resolves when all that was given is done: the UUIDs of those that are, and what went wrong with the others. */
	end(): Promise<Settled>;
}

export interface Settled {
	done: ReadonlySet<string>;
	problems: ReadonlyMap<string, Problem>;
}

/**
 * Moves the tags of what has nothing left to do, while the next IOCs are being sent. What comes in while MISP is busy goes with the next
 * group, so that there is one group at a time however fast the deliveries are.
 */
export function settling(misp: Misp, labels: Labels): Settling {
	const done = new Set<string>();
	const problems = new Map<string, Problem>();
	let waiting: Tagged[] = [];
	let running: Promise<void> | undefined;

	const run = async (): Promise<void> => {
		while (waiting.length > 0) {
			const group = waiting;
			waiting = [];
			const failed = await relabel(misp, group, labels);
			for (const { uuid } of group) {
				const problem = failed.get(uuid);
				if (problem) problems.set(uuid, problem);
				else done.add(uuid);
			}
		}
		running = undefined;
	};

	return {
		add: (tagged) => {
			waiting.push(...tagged);
			if (waiting.length > 0) running ??= run();
		},
		end: async () => {
			await running;
			return { done, problems };
		},
	};
}
