import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { isErrno } from './errno';

/** What a finished process left behind. `signal` is set when it was killed, `code` when it ended by itself. */
export interface Finished {
	code: number | null;
	signal: NodeJS.Signals | null;
	stdout: string;
	stderr: string;
}

// Children still running. Whoever ends this process (Ctrl-C, a failed check, a thrown error) must not leave an n8n behind.
const running = new Set<ChildProcess>();

process.once('exit', () => {
	for (const child of running) killTree(child, 'SIGKILL');
});

/** Starts a process that is killed with ours, should ours end first, together with everything it started itself. */
export function launch(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
	// A process group of its own: Ctrl-C in the terminal then reaches us alone, and we end the child in good order.
	const child = spawn(command, [...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
		...options,
	});
	running.add(child);
	child.once('close', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

/** Signals a launched process and all that it started. */
export function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		// ESRCH: it ended just now.
		if (!isErrno(error, 'ESRCH')) throw error;
	}
}

/** Ends this process in good order on Ctrl-C or a kill: `cleanUp` first, and at the second Ctrl-C at once. */
export function onInterrupt(cleanUp: () => Promise<void>): void {
	const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
	let stopping = false;
	for (const [signal, code] of Object.entries(codes)) {
		process.on(signal, () => {
			if (stopping) process.exit(code);
			stopping = true;
			cleanUp().then(
				() => process.exit(code),
				(error: unknown) => {
					console.error(error);
					process.exit(code);
				},
			);
		});
	}
}

/** Runs a process to its end and collects what it printed. Rejects only when it could not be started. */
export async function run(
	command: string,
	args: readonly string[],
	options: SpawnOptions & { onOutput?: (text: string) => void } = {},
): Promise<Finished> {
	const { onOutput, ...spawnOptions } = options;
	const child = launch(command, args, spawnOptions);
	const stdout: string[] = [];
	const stderr: string[] = [];
	const collect = (into: string[]) => (text: string) => {
		into.push(text);
		onOutput?.(text);
	};
	child.stdout?.setEncoding('utf8').on('data', collect(stdout));
	child.stderr?.setEncoding('utf8').on('data', collect(stderr));
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => {
			resolve({ code, signal, stdout: stdout.join(''), stderr: stderr.join('') });
		});
	});
}

/** Like {@link run}, and throws with the last lines that were printed when the process failed. */
export async function runOrFail(
	what: string,
	command: string,
	args: readonly string[],
	options: SpawnOptions & { onOutput?: (text: string) => void } = {},
): Promise<Finished> {
	const finished = await run(command, args, options);
	if (finished.code === 0) return finished;
	const printed = plainLines(`${finished.stdout}\n${finished.stderr}`).slice(-25).join('\n');
	throw new Error(
		`${what} did not succeed (${finished.signal ?? `exit code ${finished.code}`}). It printed:\n${printed}`,
	);
}

// How a moving line of n8n-node begins its next frame.
const TO_LINE_START = '\u001b[999D';

/** What was printed, without colours and without the frames of moving lines. */
export function plainLines(printed: string): string[] {
	return stripVTControlCharacters(printed.replaceAll(TO_LINE_START, '\n'))
		.split('\n')
		.map((line) => line.trimEnd())
		.filter((line) => line !== '' && !/^[◐◓◑◒]/.test(line));
}

/**
 * How to run npm with a Node.js of our choice. Inside an npm script, npm names its own entry file, which runs under any Node.js.
 * Outside of one the `npm` on the PATH is used, which is a script that starts the first `node` it finds there.
 */
export function npmCommand(node: string = process.execPath): { command: string; args: string[]; shell: boolean } {
	const entry = process.env['npm_execpath'];
	if (entry?.endsWith('npm-cli.js')) return { command: node, args: [entry], shell: false };
	return { command: 'npm', args: [], shell: process.platform === 'win32' };
}
