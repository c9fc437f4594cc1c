import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { tidyUp } from '../../../nodes/shared/tidyUp';

const isMajor = (detail: unknown): boolean =>
	typeof detail === 'object' &&
	detail !== null &&
	'kind' in detail &&
	[constants.NODE_PERFORMANCE_GC_MAJOR, constants.NODE_PERFORMANCE_GC_INCREMENTAL].some((kind) => kind === detail.kind);

test('garbage is collected, and the memory that V8 is shown takes none of the machine’s', async () => {
	let collections = 0;
	const observer = new PerformanceObserver((list) => {
		collections += list.getEntries().filter((entry) => isMajor('detail' in entry ? entry.detail : undefined)).length;
	});
	observer.observe({ entryTypes: ['gc'] });
	const before = process.memoryUsage.rss();
	tidyUp();
	const grown = process.memoryUsage.rss() - before;
	for (let waits = 0; collections === 0 && waits < 100; waits++) await pause(20);
	observer.disconnect();
	expect(collections).toBeGreaterThan(0);
	expect(grown).toBeLessThan(32e6);
});
