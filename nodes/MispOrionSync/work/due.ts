import { readHeldIoc } from '../../CytomicOrion/answers/ioc';
import type { Row } from '../../CytomicOrion/answers/row';

/** What is to be done about an IOC that MISP wants in Orion. */
export type Due = 'missing' | 'runs_out' | 'kept';

const dayInMs = 86_400_000;

/** By what Orion says of it. One whose end Orion doesn't tell is renewed: an import too many does no harm. */
export function dueOf(held: Row | undefined, { now, renewBeforeDays }: { now: number; renewBeforeDays: number }): Due {
	if (held === undefined) return 'missing';
	const { active, expirationDate } = readHeldIoc(held, now);
	const end = typeof expirationDate === 'string' ? Date.parse(expirationDate) : Number.NaN;
	return active !== false && end >= now + renewBeforeDays * dayInMs ? 'kept' : 'runs_out';
}
