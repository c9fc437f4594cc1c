import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;

/** Asks n8n again and again whether it is well, as a load balancer does, and keeps the longest time that took. */
export class HealthWatch {
	private longest = 0;
	private isOver = false;
	private readonly watching: Promise<void>;

	constructor(url: string) {
		this.watching = this.watch(`${url}/healthz`);
	}

	/** The longest answer since the start, in milliseconds. */
	async end(): Promise<number> {
		this.isOver = true;
		await this.watching;
		return this.longest;
	}

	private async watch(url: string): Promise<void> {
		while (!this.isOver) {
			const asked = performance.now();
			const answer = await fetch(url);
			await answer.arrayBuffer();
			this.longest = Math.max(this.longest, performance.now() - asked);
			await pause(EVERY_MS);
		}
	}
}
