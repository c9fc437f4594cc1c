import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Progress } from '../../../shared/progress';
import type { MispCall } from '../../call';
import type { Feed } from '../../transport/feeds';
import type { AwaitedJob } from '../../transport/jobs';

const defaultSeconds = 900;

export const waitAtMost: INodeProperties = {
	displayName: 'Wait at Most (Seconds)',
	name: 'wait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: defaultSeconds,
	description: 'How long to wait for the jobs. What still runs then goes on in MISP and is reported as "running".',
};

export const waitMsOf = (options: IDataObject): number => Number(options.wait ?? defaultSeconds) * 1000;

/** How long to wait for the job of a feed, and whom to tell meanwhile. */
export interface FeedWait {
	waitMs: number;
	waiting?: AwaitedJob['waiting'];
}

/** Says of a feed how far its job is, while that is waited for. */
export const tellWaiting =
	(progress: Progress, feed: Feed): AwaitedJob['waiting'] =>
	(job) =>
		progress.step(0, job ? `${feed.name}: job ${job.id} at ${job.progress} %` : feed.name);

/** How many feeds came to each outcome, for the closing line. */
export function outcomesOf(outcomes: ReadonlyArray<{ outcome: string }>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}

/** Tells which feeds failed; the others went on. `done` is what should have become of them, such as "fetched". */
export function tellFailed(
	hint: MispCall['hint'],
	outcomes: ReadonlyArray<{ name: string; outcome: string }>,
	done: string,
): void {
	const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
	if (failed.length === 0) return;
	hint(
		`${failed.length} of ${outcomes.length} feeds could not be ${done}: ${failed.map(({ name }) => name).join(', ')}`,
		'warning',
	);
}
