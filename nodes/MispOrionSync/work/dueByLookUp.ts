import type { ImportEntry } from '../../CytomicOrion/ioc';
import { iocKey } from '../../CytomicOrion/ioc';
import type { LookingUp } from '../../CytomicOrion/sending/lookUpAll';
import { lookUpAll } from '../../CytomicOrion/sending/lookUpAll';
import { paths } from '../../CytomicOrion/transport/paths';
import type { Call } from '../../shared/call';
import type { Due } from './due';
import { dueOf } from './due';

interface ByLookUp extends Omit<LookingUp, 'path'> {
	hint: Call['hint'];
	/** Off: nothing is asked, and everything is due. */
	isOn: boolean;
	now: number;
	renewBeforeDays: number;
}

/**
 * Finds out what is due by asking Orion what it has (POST …/getter, whose form the vendor doesn't document). An Orion that does not say is
 * asked no more: everything counts as running out then, and is sent again.
 */
export function dueByLookUp({
	hint,
	isOn,
	now,
	renewBeforeDays,
	...how
}: ByLookUp): (entries: readonly ImportEntry[]) => Promise<(entry: ImportEntry) => Due> {
	let asks = isOn;
	return async (entries) => {
		if (!asks) return () => 'runs_out';
		const { found, problem } = await lookUpAll(entries, { ...how, path: paths.getIocs });
		if (!problem) return (entry) => dueOf(found.get(iocKey(entry)), { now, renewBeforeDays });
		if (asks) hint(`Orion does not say which IOCs it has, so all are sent again (${problem.message})`, 'warning');
		asks = false;
		return () => 'runs_out';
	};
}
