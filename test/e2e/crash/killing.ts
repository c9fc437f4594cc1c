import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../../sandbox/feeds/chance';
import { type Course, placeIn, type ServerName, SERVERS } from './course';
import type { World } from './world';

/** A moment in a run, told by the requests it has sent. */
export interface KillPoint {
	readonly server: ServerName;
	/** The how manieth request of the run to that server; the first is 1. */
	readonly request: number;
	/** Whether that request still takes effect: never, without its answer getting through, or with. */
	readonly moment: 'before it is done' | 'before it is answered' | 'after it';
	/** Only for `after it`. */
	readonly delayMs: number;
}

const FINE = 1_000_000;

/** Shares of a run, 0 to 1: one in each of so many parts of equal length, in any order. */
export function sharesOf(chance: Chance, parts: number): number[] {
	const shares = Array.from({ length: parts }, (_, part) => (part + chance.below(FINE) / FINE) / parts);
	for (let last = parts - 1; last > 0; last--) {
		const other = chance.below(last + 1);
		[shares[last], shares[other]] = [shares[other] ?? 0, shares[last] ?? 0];
	}
	return shares;
}

/**
 * The point after a share of the run's duration, as it was measured: at the request that was under way, or between two.
 * Of a run that has only a part of the work left to do, the same share of what it will send.
 */
export function pointAt(chance: Chance, course: Course, { share, left }: { share: number; left: number }): KillPoint {
	const { step, sinceMs } = placeIn(course, share * course.ms);
	return {
		server: step.server,
		request: Math.max(1, Math.ceil(step.nth * left)),
		moment: chance.pick(['before it is done', 'before it is answered', 'after it']),
		delayMs: Math.round(sinceMs),
	};
}

export function inWords({ server, request, moment, delayMs }: KillPoint): string {
	const when = moment === 'after it' ? `${delayMs} ms after it` : moment;
	return `at request ${request} to ${server}, ${when}`;
}

/** What was going on when the moment had come. */
export interface Scene {
	/** Milliseconds since the trouble was armed, which is when the run was started. */
	readonly afterMs: number;
	/** Requests of the run that had no answer yet. */
	readonly underWay: readonly string[];
}

/** Trouble that waits for its moment. */
export interface Armed {
	/** Resolves when the trouble is over, and rejects where it could not be made. Never settles when the moment does not come. */
	readonly over: Promise<void>;
	/** Takes it back where the moment has not come, which gives `undefined`, and waits for its end where it has. */
	settle(): Promise<Scene | undefined>;
}

/** Has `trouble` made at the given point of the run that is started next. */
export function arm(world: World, point: KillPoint, trouble: () => Promise<void>): Armed {
	const armedAt = performance.now();
	const before = { misp: world.misp.requests.length, orion: world.orion.requests.length };
	let scene: Scene | undefined;
	let begun: Promise<void> | undefined;

	const makeTrouble = async () => {
		scene = {
			afterMs: Math.round(performance.now() - armedAt),
			underWay: SERVERS.flatMap((server) =>
				world[server].requests
					.slice(before[server])
					.filter(({ status }) => status === 0)
					.map(({ method, path }) => `${method} ${path}`),
			),
		};
		await trouble();
	};
	const over = new Promise<void>((resolve, reject) => {
		world[point.server].faults.add({
			after: point.request - 1,
			times: 1,
			drop: point.moment === 'before it is done',
			meanwhile: async () => {
				begun = point.moment === 'after it' ? pause(point.delayMs).then(makeTrouble) : makeTrouble();
				begun.then(resolve, reject);
				if (point.moment !== 'after it') await begun;
			},
		});
	});
	return {
		over,
		async settle() {
			world[point.server].faults.clear();
			await begun;
			return scene;
		},
	};
}
