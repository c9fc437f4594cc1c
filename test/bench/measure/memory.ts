import { readFile, writeFile } from 'node:fs/promises';

const KILOBYTE = 1024;
// Linux counts CPU time in hundredths of a second for programs, whatever it uses inside.
const MS_PER_TICK = 10;
const FORGET_PEAK = '5';

/** Memory of a process in bytes, as Linux keeps the books. */
export interface Memory {
	readonly now: number;
	/** The most since `forgetPeak`. */
	readonly peak: number;
}

export async function memoryOf(pid: number): Promise<Memory> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const field = (name: string): number => {
		const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
		if (found === undefined) throw new Error(`/proc/${pid}/status has no ${name}`);
		return Number(found) * KILOBYTE;
	};
	return { now: field('VmRSS'), peak: field('VmHWM') };
}

export async function forgetPeak(pid: number): Promise<void> {
	await writeFile(`/proc/${pid}/clear_refs`, FORGET_PEAK);
}

/** CPU time of a process since its start, all its threads together, in milliseconds. */
export async function cpuTimeOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// The second field is the program's name in brackets, which may hold blanks.
	const [, user = 0, system = 0] = /^(?:\S+ ){11}(\d+) (\d+)/.exec(stat.slice(stat.lastIndexOf(')') + 2)) ?? [];
	return (Number(user) + Number(system)) * MS_PER_TICK;
}
