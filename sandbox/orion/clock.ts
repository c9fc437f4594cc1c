/** The sandbox's time: real time, which a test may move forward instead of waiting for days to pass. */
export class Clock {
	private ahead = 0;

	/** Milliseconds since 1970. */
	now(): number {
		return Date.now() + this.ahead;
	}

	advance(milliseconds: number): void {
		this.ahead += milliseconds;
	}
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
