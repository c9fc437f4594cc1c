import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isErrno } from './errno';

const POLL_MS = 1_000;

/**
 * Lets one process at a time do `work`. The lock is a file that holds its owner's process id; one whose owner is gone is taken over.
 * It saves work (two installs at once), it does not protect data: the install it guards is put in place by an atomic rename.
 */
export async function withLock<T>(path: string, onWait: (owner: number) => void, work: () => Promise<T>): Promise<T> {
	while (!(await take(path))) {
		const owner = await ownerOf(path);
		if (owner === undefined) continue;
		if (isAlive(owner)) {
			onWait(owner);
			await pause(POLL_MS);
		} else {
			await moveAside(path);
		}
	}
	try {
		return await work();
	} finally {
		await rm(path, { force: true });
	}
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return isErrno(error, 'EPERM');
	}
}

async function take(path: string): Promise<boolean> {
	try {
		await writeFile(path, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (isErrno(error, 'EEXIST')) return false;
		throw error;
	}
}

async function ownerOf(path: string): Promise<number | undefined> {
	try {
		const pid = Number(await readFile(path, 'utf8'));
		return Number.isInteger(pid) && pid > 0 ? pid : -1;
	} catch (error) {
		if (isErrno(error, 'ENOENT')) return undefined;
		throw error;
	}
}

async function moveAside(path: string): Promise<void> {
	const aside = `${path}.${process.pid}`;
	try {
		await rename(path, aside);
		await rm(aside, { force: true });
	} catch (error) {
		if (!isErrno(error, 'ENOENT')) throw error;
	}
}
