import type { SpawnOptions } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { killTree, launch, plainLines } from './processes';

export interface ServiceSettings {
	/** For messages. */
	name: string;
	command: string;
	args: readonly string[];
	options: SpawnOptions;
	/** Whether it serves by now. `printed` is what it printed since it was last started. */
	ready(printed: string): boolean | Promise<boolean>;
	/** Asks it to end in good order; SIGTERM when left out. */
	stopSignal?: NodeJS.Signals;
}

/** A process that serves others, and can be ended and started again with the same data. */
export interface Service {
	/** Until it serves. Does nothing while it runs. */
	start(): Promise<void>;
	/** Asks it to end and waits for that; SIGKILL where it does not end within 20 seconds. */
	stop(): Promise<void>;
	/** SIGKILL, to it and all that it started: as after a power cut. Resolves when it is gone. */
	kill(): Promise<void>;
	/** Asks it to end, and does not wait. */
	signal(signal: NodeJS.Signals): void;
	/** Resolves when it is gone, for whatever reason. */
	ended(): Promise<void>;
	running(): boolean;
	/** All that it printed, over all its starts. */
	printed(): string;
}

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 100;

/** Starts a process and waits until it serves; one that does not is ended again. */
export async function startService(settings: ServiceSettings): Promise<Service> {
	const { name, command, args, options, stopSignal = 'SIGTERM' } = settings;
	const earlier: string[] = [];
	let now: string[] = [];
	let child = boot();

	function boot() {
		earlier.push(...now);
		const output: string[] = [];
		now = output;
		const started = launch(command, args, options);
		for (const stream of [started.stdout, started.stderr])
			stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
		// Without a listener, a command that is not there would end this process.
		started.once('error', (error) => output.push(String(error)));
		return started;
	}

	const running = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

	async function ready() {
		const deadline = Date.now() + START_TIMEOUT_MS;
		const said = () => plainLines(now.join('')).slice(-30).join('\n');
		while (!(await settings.ready(now.join('')))) {
			if (!running()) {
				// Its last words, or why it could not be started at all, come a moment after.
				await pause(POLL_MS);
				throw new Error(`${name} ended while it started:\n${said()}`);
			}
			if (Date.now() > deadline)
				throw new Error(`${name} did not start within ${START_TIMEOUT_MS / 1000} s:\n${said()}`);
			await pause(POLL_MS);
		}
	}

	async function ended() {
		if (running()) await new Promise((resolve) => child.once('exit', resolve));
	}

	async function stop() {
		if (!running()) return;
		const killer = setTimeout(() => killTree(child, 'SIGKILL'), STOP_TIMEOUT_MS);
		child.kill(stopSignal);
		await ended();
		clearTimeout(killer);
	}

	try {
		await ready();
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		async start() {
			if (running()) return;
			child = boot();
			await ready();
		},
		stop,
		async kill() {
			killTree(child, 'SIGKILL');
			await ended();
		},
		signal: (signal) => void child.kill(signal),
		ended,
		running,
		printed: () => [...earlier, ...now].join(''),
	};
}

/** Whether a server answers there, and with success. */
export async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		// Nobody listens there yet.
		return false;
	}
}
