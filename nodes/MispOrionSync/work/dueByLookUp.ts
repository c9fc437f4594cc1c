import type { ImportEntry } from '../../CytomicOrion/ioc';
import { iocKey } from '../../CytomicOrion/ioc';
import type { LookingUp } from '../../CytomicOrion/sending/lookUpAll';
import { lookUpAll } from '../../CytomicOrion/sending/lookUpAll';
import { paths } from '../../CytomicOrion/transport/paths';
import type { Call } from '../../shared/call';
import type { Due } from './due';
import { dueOf } from './due';
import { noLookAtOrion } from './notOffered';
import type { HeldOf } from './reconcileDeleted';

interface ByLookUp extends Omit<LookingUp, 'path'> {
	hint: Call['hint'];
	/** Off: nothing is asked, and everything is due. */
	isOn: boolean;
	now: number;
	renewBeforeDays: number;
}

/** Which IOCs Orion holds, or why it does not say. */
export function heldByLookUp(how: Omit<LookingUp, 'path'>): HeldOf {
	return async (entries) => {
		const { found, refused, problem } = await lookUpAll(entries, { ...how, path: paths.getIocs });
		const [words] = refused.values();
		// One value may be wrong; all of them are not.
		if (!problem && words !== undefined && refused.size >= entries.length)
			return { ok: false, why: noLookAtOrion({ code: 'refused', message: words }) };
		return problem
			? { ok: false, why: noLookAtOrion(problem) }
			: { ok: true, isHeld: (entry) => found.has(iocKey(entry)) };
	};
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
