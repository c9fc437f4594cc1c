import { Problem } from '../../../shared/problem';
import type { OrionCall } from '../../call';
import type { Entry } from '../../ioc';
import type { Sent } from './sendAll';

/**
 * Says what the user must know beyond the results. Where Orion was out of reach for all of them there are no results worth
 * the name: that stops the node.
 * @throws Problem if sending stopped and not a single IOC got a verdict
 */
export function conclude(entries: readonly Entry[], { stopped, miscounted }: Sent, hint: OrionCall['hint']): void {
	const failed = entries.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome] : []));
	const open = failed.filter(({ final }) => !final).length;
	const judged = entries.some(({ outcome }) => outcome.status === 'imported' || outcome.status === 'deleted' || (outcome.status === 'failed' && outcome.final));
	if (stopped && !judged) {
		throw new Problem(stopped.message, `${stopped.advice} None of the ${open} IOCs went through; they stay tagged in MISP and are taken up by the next run.`, stopped.code);
	}
	if (open > 0) hint(`${open} IOCs did not get through to Orion (${stopped?.message ?? failed.find(({ final }) => !final)?.message}). They are not settled: the next run takes them up.`, 'warning');
	if (failed.length > open) hint(`Orion refused ${failed.length - open} IOCs. The results say which, in Orion's words.`, 'warning');
	const short = miscounted.filter(({ sent, counted }) => counted !== sent);
	if (short.length > 0) {
		hint(`Orion's count differed from what was sent in ${short.length} requests, such as ${short[0]?.counted} of ${short[0]?.sent}. They were sent again to make sure.`, 'warning');
	}
}
