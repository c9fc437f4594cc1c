import type { IocType, Judged } from './types';
import { iocTypeNames, iocTypes, judgedBad, judgedGood } from './types';

/** How long an IOC lives in Orion. All numbers are whole days. */
export type TtlPolicy =
	| { readonly kind: 'fixed'; readonly days: number }
	| { readonly kind: 'perType'; readonly days: Readonly<Record<IocType, number>> }
	/** `days` from MISP's last_seen; `fallbackDays` (else `days`) from now where that is not set. */
	| { readonly kind: 'fromLastSeen'; readonly days: number; readonly fallbackDays?: number };

/** A hundred years. Orion's own limit isn't published; this one catches slips such as seconds for days. */
export const longestTtl = 36_500;

const dayInMs = 86_400_000;

export interface Expiring {
	readonly type: IocType;
	readonly lastSeen?: Date;
	readonly now: Date;
}

function daysFrom(start: Date, days: number, now: Date): number {
	return Math.ceil((start.getTime() - now.getTime()) / dayInMs + days);
}

/**
 * `DaysToExpiration` for Orion: whole days from now, at least 1. Zero, or none at all, makes Orion store an IOC
 * that expires as it is imported and raises no alert (seen on a tenant); so an IOC whose time is over is `expired`.
 */
export function daysToExpiration(policy: TtlPolicy, { type, lastSeen, now }: Expiring): Judged<number> {
	if (policy.kind === 'fixed') return judgedGood(policy.days);
	if (policy.kind === 'perType') return judgedGood(policy.days[type]);
	if (lastSeen === undefined) return judgedGood(policy.fallbackDays ?? policy.days);
	const days = daysFrom(lastSeen, policy.days, now);
	return days >= 1 ? judgedGood(Math.min(days, longestTtl)) : judgedBad('expired');
}

const isTtl = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= longestTtl;

/** The numbers of a policy, each with the name a person knows it by. */
function numbersOf(policy: TtlPolicy): ReadonlyArray<readonly [name: string, days: number]> {
	switch (policy.kind) {
		case 'fixed':
			return [['The time to live', policy.days]];
		case 'perType':
			return iocTypeNames.map((type) => [`The time to live of type ${iocTypes[type].label}`, policy.days[type]]);
		case 'fromLastSeen':
			return [
				['The time to live from last seen', policy.days],
				...(policy.fallbackDays === undefined
					? []
					: [['The time to live without a last seen date', policy.fallbackDays] as const]),
			];
	}
}

/** What is wrong with a policy, as a sentence for the person who set it; `undefined` when nothing is. */
export function checkTtl(policy: TtlPolicy): string | undefined {
	const wrong = numbersOf(policy).find(([, days]) => !isTtl(days));
	if (wrong === undefined) return undefined;
	const [name, days] = wrong;
	return `${name} must be a whole number of days from 1 to ${longestTtl}, and is ${String(days)}`;
}
