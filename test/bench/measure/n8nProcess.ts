import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** How long n8n's event loop was held up beyond its turn, in milliseconds. */
export interface LoopDelay {
	readonly p99: number;
	readonly max: number;
}

interface Probed extends LoopDelay {
	readonly turn: number;
	/** Of n8n: start, worker … */
	readonly command: string;
}

const POLL_MS = 5;
const TIMEOUT_MS = 60_000;

/** The variables with which n8n starts so that it can be measured from outside. */
export function probeVariables(folder: string): Record<string, string> {
	const probe = pathToFileURL(join(__dirname, 'probe.ts')).href;
	// Node.js 24 runs TypeScript as it is, with a warning that this file could be of either kind of module.
	return { NODE_OPTIONS: `--disable-warning=MODULE_TYPELESS_PACKAGE_JSON --import=${probe}`, PROBE_FOLDER: folder };
}

/** n8n's main process, found by what its probe wrote down. */
export async function mainProcess(folder: string): Promise<number> {
	for (const file of await readdir(folder)) {
		const probed = await read(join(folder, file));
		if (probed?.command === 'start') return Number.parseInt(file, 10);
	}
	throw new Error('n8n wrote nothing down of its process');
}

/** The delays since this was asked last; the next answer begins here. */
export async function takeLoopDelay(folder: string, pid: number): Promise<LoopDelay> {
	const file = join(folder, `${pid}.json`);
	const before = (await read(file))?.turn ?? -1;
	process.kill(pid, 'SIGUSR2');
	for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await pause(POLL_MS)) {
		const probed = await read(file);
		if (probed && probed.turn > before) return { p99: probed.p99, max: probed.max };
	}
	throw new Error(`n8n's event loop did not come round within ${TIMEOUT_MS / 1000} s`);
}

/** Undefined while it is being written. */
async function read(file: string): Promise<Probed | undefined> {
	const text = await readFile(file, 'utf8');
	return text.endsWith('}') ? JSON.parse(text) : undefined;
}
