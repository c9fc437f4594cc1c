import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { MispCall } from '../../call';

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
