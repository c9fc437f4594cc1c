import { isSpecialPurpose } from './specialPurpose';
import type { Ioc, IocType, ReasonCode } from './types';
import { readUrl } from './url';

export interface AdmissionRules {
	/** Keep back what would raise an alert on every computer: special-purpose addresses, names that never resolve. */
	readonly safetyList: boolean;
	/** Send IPv6 addresses. The vendor's page doesn't say that Orion takes them. */
	readonly ipv6: boolean;
}

function hostOfUrl(url: string): string | undefined {
	const parts = readUrl(url);
	return parts.ok ? parts.value.host : undefined;
}

/** The host an IOC points at; a hash points at none. */
const hostOf: Readonly<Record<IocType, (value: string) => string | undefined>> = {
	hash: () => undefined,
	ip: (address) => address,
	domain: (name) => name,
	url: hostOfUrl,
};

/** Why this normalised IOC must not be sent; `undefined` when it may. */
export function admit({ type, value }: Ioc, rules: AdmissionRules): ReasonCode | undefined {
	if (type === 'ip' && value.includes(':') && !rules.ipv6) return 'ipv6_not_sent';
	const host = rules.safetyList ? hostOf[type](value) : undefined;
	return host !== undefined && isSpecialPurpose(host) ? 'not_routable' : undefined;
}
