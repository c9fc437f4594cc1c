/** Shows that something long is going on. `update` says what; the elapsed time is added. */
export interface Progress {
	update(what: string): void;
	done(message: string): void;
	/** For when it came to nothing: the error that follows says why. */
	stop(): void;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const LINE_EVERY_MS = 15_000;
const FRAME_EVERY_MS = 120;

/** A moving line on a terminal; elsewhere (CI, a file) one line at each change and one every 15 seconds. */
export function showProgress(what: string, stream: NodeJS.WriteStream = process.stderr): Progress {
	const started = Date.now();
	let current = what;
	const seconds = () => Math.round((Date.now() - started) / 1000);
	if (stream.isTTY) {
		let frame = 0;
		const draw = () => {
			frame = (frame + 1) % SPINNER.length;
			const line = `${SPINNER[frame] ?? ''} ${current} (${seconds()} s)`;
			stream.write(`\r\u001b[2K${line.slice(0, (stream.columns || 80) - 1)}`);
		};
		const timer = setInterval(draw, FRAME_EVERY_MS);
		timer.unref();
		draw();
		return {
			update: (next) => {
				current = next;
			},
			done: (message) => {
				clearInterval(timer);
				stream.write(`\r\u001b[2K✓ ${message} (${seconds()} s)\n`);
			},
			stop: () => {
				clearInterval(timer);
				stream.write('\r\u001b[2K');
			},
		};
	}
	const write = () => stream.write(`… ${current} (${seconds()} s)\n`);
	const timer = setInterval(write, LINE_EVERY_MS);
	timer.unref();
	write();
	return {
		update: (next) => {
			if (next === current) return;
			current = next;
			write();
		},
		done: (message) => {
			clearInterval(timer);
			stream.write(`✓ ${message} (${seconds()} s)\n`);
		},
		stop: () => clearInterval(timer),
	};
}

/** Shows progress around a piece of work, and takes it down when the work fails. */
export async function withProgress<T>(
	what: string,
	finished: string,
	work: (progress: Progress) => Promise<T>,
): Promise<T> {
	const progress = showProgress(what);
	try {
		const result = await work(progress);
		progress.done(finished);
		return result;
	} catch (error) {
		progress.stop();
		throw error;
	}
}
