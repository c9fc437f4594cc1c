import { broken, cellsOf, sampleOf, undisturbed } from './cells';
import { faults } from './faults';
import type { Job, Snapshot } from './job';

/** Which of the cells to try: every n-th, beginning at the seed. */
export interface Share {
	every: number;
	seed: number;
}

/** One test for each kind of request, in which it goes wrong in all ways (or a share of them). */
export function testMatrix(job: Job, { every, seed }: Share): void {
	const cells = sampleOf(cellsOf(job, faults), every, seed);
	const kinds = job.kinds.filter((kind) => cells.some((cell) => cell.kind === kind));
	let end: Snapshot;

	beforeAll(async () => {
		({ end } = await undisturbed(job));
	});

	test('every request that the run makes is in the matrix, and none that it does not make', async () => {
		const { unknown, unmet } = await undisturbed(job);
		expect({ unknown, unmet }).toEqual({ unknown: [], unmet: [] });
	});

	test.each(kinds)(
		'whatever happens to $name, nothing is lost and the next run does the rest',
		async (kind) => {
			const violations: string[] = [];
			for (const cell of cells.filter((one) => one.kind === kind)) {
				const sentences = await broken(job, cell, end);
				violations.push(...sentences.map((sentence) => `${cell.fault.name}: ${sentence}`));
			}
			expect(violations).toEqual([]);
		},
		60_000 + 20_000 * faults.length,
	);
}
