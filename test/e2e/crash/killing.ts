import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../../sandbox/feeds/chance';
import type { World } from './world';

/** Requests that a job sends, by server. */
export interface Requests {
	readonly misp: number;
	readonly orion: number;
}

/** A moment in a job, told by the requests it has sent. */
export interface KillPoint {
	readonly server: 'misp' | 'orion';
	/** The how manieth request to that server; the first is 1. */
	readonly request: number;
	/** Whether that request still takes effect: never, without its answer getting through, or with. */
	readonly moment: 'before it is done' | 'before it is answered' | 'after it';
	/** Only for `after it`. */
	readonly delayMs: number;
}

const LONGEST_DELAY_MS = 40;

/** A point among the requests that are left when the given share of the job is still to do. */
export function anyPoint(chance: Chance, whole: Requests, left: number): KillPoint {
	const of = (all: number) => Math.max(1, Math.ceil(all * left));
	const requests = { misp: of(whole.misp), orion: of(whole.orion) };
	const at = chance.below(requests.misp + requests.orion);
	return {
		...(at < requests.misp
			? { server: 'misp', request: at + 1 }
			: { server: 'orion', request: at - requests.misp + 1 }),
		moment: chance.pick(['before it is done', 'before it is answered', 'after it']),
		delayMs: chance.below(LONGEST_DELAY_MS),
	};
}

export function inWords({ server, request, moment, delayMs }: KillPoint): string {
	const when = moment === 'after it' ? `${delayMs} ms after it` : moment;
	return `request ${request} to ${server}, ${when}`;
}

/** Trouble that waits for its moment. */
export interface Armed {
	/** Resolves when the trouble is over, and rejects where it could not be made. Never settles when the moment does not come. */
	readonly over: Promise<void>;
	/** Takes it back where the moment has not come, and waits for its end where it has. */
	settle(): Promise<void>;
}

/** Has `trouble` made at the given point of the next run. */
export function arm(world: World, point: KillPoint, trouble: () => Promise<void>): Armed {
	let begun: Promise<void> | undefined;
	const over = new Promise<void>((resolve, reject) => {
		world[point.server].faults.add({
			after: point.request - 1,
			times: 1,
			drop: point.moment === 'before it is done',
			meanwhile: async () => {
				begun = point.moment === 'after it' ? pause(point.delayMs).then(trouble) : trouble();
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
		},
	};
}
