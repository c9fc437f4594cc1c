import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

// Loaded into n8n itself and into what it starts (`node --import`). At the signal, the process writes down how long its event loop was held
// up since the last signal, and begins anew.
const folder = process.env['PROBE_FOLDER'];
if (folder === undefined) throw new Error('PROBE_FOLDER must name the folder to write to');

const RESOLUTION_MS = 10;
const NANOSECONDS = 1_000_000;
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
histogram.enable();
let turn = 0;

function note(): void {
	const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS);
	const [, , command = ''] = process.argv;
	const probed = { turn: turn++, command, p99: ms(histogram.percentile(99)), max: ms(histogram.max) };
	histogram.reset();
	writeFileSync(`${folder}/${process.pid}.json`, JSON.stringify(probed));
}

// Its threads load this too; only the main thread's event loop answers requests.
if (isMainThread) {
	note();
	process.on('SIGUSR2', note);
}
