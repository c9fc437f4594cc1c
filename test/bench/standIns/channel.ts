import { type ChildProcess, fork } from 'node:child_process';

/** What a process of the bench can be asked to do. What is given and answered is plain data. */
type Commands<C> = { [Name in keyof C]: (given: never) => unknown };

interface Question {
	readonly id: number;
	readonly name: string;
	readonly given: unknown;
}
type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: string });

/** A process of our own, so that what it does takes no time from the one that is measured. */
export class Companion<C extends Commands<C>> {
	private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (reason: Error) => void }>();
	private asked = 0;

	private constructor(private readonly child: ChildProcess) {
		child.on('message', (text) => {
			const answer: Answer & { value: never } = JSON.parse(String(text));
			const waiter = this.waiting.get(answer.id);
			this.waiting.delete(answer.id);
			if ('failure' in answer) waiter?.reject(new Error(String(answer.failure)));
			else waiter?.resolve(answer.value);
		});
		child.once('exit', (code) => {
			for (const { reject } of this.waiting.values())
				reject(new Error(`A process of the bench ended with code ${code}`));
			this.waiting.clear();
		});
	}

	/** `file` calls `serve`. */
	static start<C extends Commands<C>>(file: string): Companion<C> {
		return new Companion<C>(fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	async ask<Name extends keyof C & string>(
		name: Name,
		...given: Parameters<C[Name]>
	): Promise<Awaited<ReturnType<C[Name]>>> {
		const id = ++this.asked;
		return await new Promise((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			this.child.send(JSON.stringify({ id, name, given: given[0] }));
		});
	}

	async stop(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.disconnect();
		await ended;
	}
}

/** Answers what the parent process asks, until it is gone. */
export function serve<C extends Commands<C>>(commands: C): void {
	const byName = new Map<string, (given: never) => unknown>(Object.entries(commands));
	process.on('message', (text) => {
		const { id, name, given }: Question & { given: never } = JSON.parse(String(text));
		const answer = async () => ({ id, value: (await byName.get(name)?.(given)) ?? null });
		answer()
			.catch((error: unknown) => ({
				id,
				failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
			}))
			.then((reply) => process.send?.(JSON.stringify(reply)))
			.catch((error: unknown) => console.error(error));
	});
	process.once('disconnect', () => process.exit(0));
}
