/** Where a long run says how far it is. */
export interface Log {
	/** The time in ms. */
	now(): number;
	/** One line on the way. */
	say(line: string): void;
	/** The line at the end, for the person at the node as well. */
	sumUp(line: string): void;
}

export interface Work {
	/** What is being done, as a line begins: "Orion import". */
	task: string;
	/** One of what is counted, such as "IOC": the plural is made with an s. */
	unit: string;
	/** How many there are to do, where that is known. */
	total?: number;
}

export interface Pace {
	/** At most one line in so many ms. */
	everyMs: number;
	/** A run that took less than so many ms and counted less than `worthCounting` ends without a word: nobody had to wait for it. */
	worthMs: number;
	worthCounting: number;
}

export const unhurried: Pace = { everyMs: 5_000, worthMs: 2_000, worthCounting: 1_000 };

export interface Progress {
	/** So many more are done; 0 while it waits. Says so where it is time to. `now` is what it works on or waits for at the moment. */
	step(count?: number, now?: string): void;
	/** Sums up: how many, how fast, and what became of them. Outcomes that nothing came to are left out. */
	done(outcomes?: Readonly<Record<string, number>>): void;
}

/**
 * Lines such as "Orion import: 4,000 of 10,000 IOCs, 1,310/s" on the way, and at the end
 * "Orion import: 10,000 IOCs in 4.4 s (2,272/s): 9,950 imported, 40 duplicate, 10 skipped".
 * There are no timers: it is the steps that are paced, so whatever waits in a loop makes steps of 0.
 */
export function progressOf(log: Log, { task, unit, total }: Work, pace: Pace = unhurried): Progress {
	const started = log.now();
	let lastSaid = started;
	let count = 0;
	return {
		step(more = 1, now) {
			count += more;
			const time = log.now();
			if (time - lastSaid < pace.everyMs) return;
			lastSaid = time;
			const far = total === undefined ? counted(count, unit) : `${grouped(count)} of ${counted(total, unit)}`;
			const speed = count === 0 ? ` after ${duration(time - started)}` : `, ${rate(count, time - started)}`;
			log.say(`${task}: ${far}${speed}${now === undefined ? '' : ` (${now})`}`);
		},
		done(outcomes = {}) {
			const took = log.now() - started;
			if (took < pace.worthMs && count < pace.worthCounting) return;
			const parts = Object.entries(outcomes).flatMap(([name, number]) =>
				number > 0 ? [`${grouped(number)} ${name}`] : [],
			);
			const speed = count > 1 && took > 0 ? ` (${rate(count, took)})` : '';
			log.sumUp(
				`${task}: ${counted(count, unit)} in ${duration(took)}${speed}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`,
			);
		},
	};
}

const grouped = (count: number): string => count.toLocaleString('en-US');

const counted = (count: number, unit: string): string => `${grouped(count)} ${unit}${count === 1 ? '' : 's'}`;

/** "4.4 s", "3 min 20 s", "2 h 5 min". */
function duration(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${(ms / 1_000).toFixed(1)} s`;
	if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
	return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** "1,310/s", "2.4/s", and "12/min" where less than one comes in a second. */
function rate(count: number, ms: number): string {
	const perSecond = (count * 1_000) / Math.max(1, ms);
	if (perSecond < 1) return `${(perSecond * 60).toFixed(1)}/min`;
	return perSecond < 10 ? `${perSecond.toFixed(1)}/s` : `${grouped(Math.round(perSecond))}/s`;
}
