import fc from 'fast-check';
import type { Log } from '../../../nodes/shared/progress';
import { progressOf, unhurried } from '../../../nodes/shared/progress';

function logbook() {
	let time = 1_000_000;
	const said: string[] = [];
	const summedUp: string[] = [];
	const log: Log = {
		now: () => time,
		say: (line) => said.push(line),
		sumUp: (line) => summedUp.push(line),
	};
	return { log, said, summedUp, pass: (ms: number) => (time += ms) };
}

test('a long import says how far it is and how fast, and sums up at the end', () => {
	const { log, said, summedUp, pass } = logbook();
	const progress = progressOf(log, { task: 'Orion import', unit: 'IOC', total: 20_000 });
	for (let batch = 0; batch < 200; batch++) {
		pass(50);
		progress.step(100);
	}
	progress.done({ imported: 19_950, duplicate: 40, skipped: 10, failed: 0 });
	expect(said).toEqual([
		'Orion import: 10,000 of 20,000 IOCs, 2,000/s',
		'Orion import: 20,000 of 20,000 IOCs, 2,000/s',
	]);
	expect(summedUp).toEqual([
		'Orion import: 20,000 IOCs in 10.0 s (2,000/s): 19,950 imported, 40 duplicate, 10 skipped',
	]);
});

test('where the end is not known, it counts what there is so far', () => {
	const { log, said, pass } = logbook();
	const progress = progressOf(log, { task: 'MISP search', unit: 'attribute' });
	pass(6_000);
	progress.step(30_000);
	expect(said).toEqual(['MISP search: 30,000 attributes, 5,000/s']);
});

test('while it waits, it says for what and how long', () => {
	const { log, said, pass } = logbook();
	const progress = progressOf(log, { task: 'MISP fetch', unit: 'feed', total: 3 });
	pass(65_000);
	progress.step(0, 'CIRCL: 40 %');
	pass(65_000);
	progress.step(1);
	expect(said).toEqual(['MISP fetch: 0 of 3 feeds after 1 min 5 s (CIRCL: 40 %)', 'MISP fetch: 1 of 3 feeds, 0.5/min']);
});

test('a short run is not worth a word, a large one is', () => {
	const short = logbook();
	const few = progressOf(short.log, { task: 'Tags', unit: 'tag' });
	few.step(999);
	few.done();
	expect([...short.said, ...short.summedUp]).toEqual([]);

	const large = logbook();
	const many = progressOf(large.log, { task: 'Tags', unit: 'tag' });
	many.step(1_000);
	many.done();
	expect(large.summedUp).toEqual(['Tags: 1,000 tags in 0.0 s']);
});

test('one of something is said as one, and hours as hours', () => {
	const { log, summedUp, pass } = logbook();
	const progress = progressOf(log, { task: 'MISP fetch', unit: 'feed' });
	pass(7_500_000);
	progress.step();
	progress.done({ fetched: 1 });
	expect(summedUp).toEqual(['MISP fetch: 1 feed in 2 h 5 min: 1 fetched']);
});

test('however the steps fall, there is at most one line in five seconds, and none is said before the first five', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(20_000), fc.nat(1_000)), { maxLength: 100 }), (steps) => {
			const { log, pass } = logbook();
			const start = log.now();
			const times: number[] = [];
			const progress = progressOf({ ...log, say: () => times.push(log.now()) }, { task: 'Any', unit: 'step' });
			for (const [ms, count] of steps) {
				pass(ms);
				progress.step(count);
			}
			[start, ...times].forEach((time, at, all) => {
				const next = all[at + 1];
				if (next !== undefined) expect(next - time).toBeGreaterThanOrEqual(unhurried.everyMs);
			});
		}),
	);
});
