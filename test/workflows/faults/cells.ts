import type { World } from '../world';
import { startWorld } from '../world';
import type { FaultKind } from './faults';
import type { Haste, Job, RequestKind, Snapshot } from './job';
import { isOfKind } from './job';
import { differences, isAmong, refusedIn } from './promises';
import { set, snapshot } from './scene';

export interface Cell {
	readonly kind: RequestKind;
	readonly fault: FaultKind;
}

/** Pauses of half a second take one millisecond. */
const haste: Haste = { pauses: 1 / 500, timeouts: 1 };

export const cellsOf = ({ kinds }: Job, faults: readonly FaultKind[]): Cell[] =>
	kinds.flatMap((kind) => faults.filter(({ suits }) => suits?.(kind) ?? true).map((fault) => ({ kind, fault })));

/** Every n-th cell; the rest after the next kind is another one, so that each kind and each fault has its turn. */
export const sampleOf = (cells: readonly Cell[], every: number, seed: number): Cell[] =>
	cells.filter((_, at) => (at + seed) % every === 0);

export async function inWorld<Result>(job: Job, work: (world: World) => Promise<Result>): Promise<Result> {
	const world = await startWorld({ publishDelayMs: 1 });
	try {
		set(world, job.scene);
		return await work(world);
	} finally {
		await Promise.all([world.misp.faults.open(), world.orion.faults.open()]);
		await world.close();
	}
}

/** What comes of the job where nothing goes wrong, and requests that are of no known kind. */
export async function undisturbed(job: Job): Promise<{ end: Snapshot; unknown: string[]; unmet: string[] }> {
	return await inWorld(job, async (world) => {
		const { error } = await job.run(world, haste);
		if (error !== undefined) throw new Error(`Undisturbed, ${job.name} stopped: ${error}`);
		const requests = (['misp', 'orion'] as const).flatMap((server) =>
			world[server].requests.map((request) => ({
				name: `${server}: ${request.method} ${request.path} ${JSON.stringify(request.body)}`,
				kinds: job.kinds.filter((kind) => kind.server === server && isOfKind(request, kind)),
			})),
		);
		const met = (kind: RequestKind) => requests.filter(({ kinds }) => kinds.includes(kind)).length > (kind.after ?? 0);
		return {
			end: snapshot(world, job.scene),
			unknown: requests.filter(({ kinds }) => kinds.length === 0).map(({ name }) => name),
			unmet: job.kinds.filter((kind) => !met(kind)).map(({ name }) => name),
		};
	});
}

/**
 * Runs the job while requests of one kind go wrong in one way, then once more with all well again.
 * @returns every promise that was broken, in words
 */
export async function broken(job: Job, { kind, fault }: Cell, end: Snapshot): Promise<string[]> {
	return await inWorld(job, async (world) => {
		const before = snapshot(world, job.scene);
		const { method, path, body, after } = kind;
		const server = world[kind.server];
		server.faults.add({
			method,
			path,
			...(body && { body }),
			...(after !== undefined && { after }),
			...fault.fault(kind),
		});
		const first = await job.run(world, { ...haste, ...fault.haste });
		const struck = server.requests.filter((request) => isOfKind(request, kind)).length > (after ?? 0);
		const then = snapshot(world, job.scene);

		server.faults.clear();
		await server.faults.open();
		const second = await job.run(world, haste);
		const refusedFirst = new Set([...job.scene.refused, ...refusedIn(first)]);
		const refused = new Set([...refusedFirst, ...refusedIn(second)]);
		const last = snapshot(world, job.scene);
		return [
			...(struck ? [] : ['no such request came']),
			...job.broken({ before, after: then, report: first, refused: refusedFirst }),
			...(second.error === undefined ? [] : [`the next run stopped: ${second.error}`]),
			...job
				.broken({ before: then, after: last, report: second, refused })
				.map((sentence) => `in the next run: ${sentence}`),
			...differences(end, last, { refused: (key) => isAmong(refused, key) }),
		];
	});
}
