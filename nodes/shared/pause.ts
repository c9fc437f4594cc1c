import { sleep } from 'n8n-workflow';
import type { Caller } from './http';

const stepMs = 1_000;

/** Waits, but no longer than a second after the execution was stopped: a server may ask for minutes. */
export function pausing(caller: Caller): (ms: number) => Promise<void> {
	const signal = 'getExecutionCancelSignal' in caller ? caller.getExecutionCancelSignal() : undefined;
	return async (ms) => {
		for (let left = ms; left > 0 && signal?.aborted !== true; left -= stepMs) await sleep(Math.min(left, stepMs));
	};
}
