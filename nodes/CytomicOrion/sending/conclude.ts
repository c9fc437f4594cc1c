import { Problem } from '../../shared/problem';
import type { OrionCall } from '../call';
import type { Entry, Outcome } from '../ioc';
import { allRefused } from '../ioc';
import type { Sent } from './sendAll';

/**
 * Says what the user must know beyond the results. Where Orion judged not a single IOC there are no results worth
 * the name: that stops the node.
 * @throws Problem if something kept Orion from judging any
 */
export function conclude(entries: readonly Entry[], { trouble, miscounted }: Sent, hint: OrionCall['hint']): void {
	const failed = entries.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome] : []));
	const open = failed.filter(({ final, code }) => !final && code !== allRefused);
	const doubtful = failed.filter(({ code }) => code === allRefused);

	if (trouble && !entries.some(({ outcome }) => isJudged(outcome))) {
		throw new Problem(
			trouble.message,
			`${trouble.advice} None of the ${open.length} IOCs is known to have gone through. Nothing is lost: the next run takes them up.`,
			trouble.code,
		);
	}
	if (open.length > 0)
		hint(
			`${open.length} IOCs did not get through to Orion (${trouble?.message ?? open[0]?.message}). They are not settled: the next run takes them up.`,
			'warning',
		);
	if (doubtful.length > 0)
		hint(
			`Orion refuses all ${doubtful.length} IOCs of a type with the same words (${doubtful[0]?.message}). The cause is rather in what they share, such as the policy or the texts: they are not settled.`,
			'warning',
		);
	const refused = failed.length - open.length - doubtful.length;
	if (refused > 0) hint(`Orion refused ${refused} IOCs. The results say which, in Orion's words.`, 'warning');
	const [example] = miscounted;
	if (example) {
		hint(
			`Orion's count differed from what was sent in ${miscounted.length} requests, such as ${example.counted} of ${example.sent}. They were sent again to make sure.`,
			'warning',
		);
	}
}

/** Orion itself had a say on it. */
const isJudged = (outcome: Outcome): boolean =>
	outcome.status === 'imported' ||
	outcome.status === 'deleted' ||
	(outcome.status === 'failed' && (outcome.final || outcome.code === allRefused || outcome.code === 'not_counted'));
