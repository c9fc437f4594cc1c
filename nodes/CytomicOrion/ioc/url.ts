import { formatAddress, isIpv6, parseAddress } from './address';
import { canonicalDomain } from './domain';
import { refang, refangPath, refangScheme } from './refang';
import type { Judged } from './types';
import { judgedBad, judgedGood } from './types';

/** The parts of an absolute URL: `scheme://userinfo@host:port` and `rest`, which is path, query and fragment. */
export interface UrlParts {
	readonly scheme: string;
	/** With its `@`, or empty. */
	readonly userinfo: string;
	/** A DNS name, an IPv4 address, or an IPv6 address in brackets. */
	readonly host: string;
	/** With its `:`, or empty. */
	readonly port: string;
	readonly rest: string;
}

// "://", also as it is defanged: "[://]", "[:]//". A backslash ends the host, as it does in browsers.
const absoluteUrl = /^([a-z][a-z0-9+.-]*)(:\/\/|\[:\/\/\]|\[:\]\/\/)([^/?#\\]*)(.*)$/is;
const authority = /^(?:(.*)@)?(\[[^\]@]*\]|[^:@[\]]*)(?::(\d*))?$/s;

/** The ports that a scheme stands for; writing them out changes nothing (RFC 3986 §6.2.3). */
const defaultPorts: ReadonlyMap<string, number> = new Map([
	['http', 80],
	['https', 443],
	['ws', 80],
	['wss', 443],
	['ftp', 21],
]);

const highestPort = 65_535;

function canonicalPort(scheme: string, text: string): string | undefined {
	const port = Number(text);
	if (text === '' || port === defaultPorts.get(scheme)) return '';
	return port > 0 && port <= highestPort ? `:${port}` : undefined;
}

/** Numbers that browsers read as an IPv4 address: "2130706433", "0x7f.1", "0177.0.0.1" (WHATWG URL §3.5). */
const oddIpv4 = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?$/i;

function canonicalHost(text: string): string | undefined {
	if (text.startsWith('[')) {
		const address = parseAddress(text.slice(1, -1));
		if (address === undefined) return undefined;
		return isIpv6(address) ? `[${formatAddress(address)}]` : formatAddress(address);
	}
	const name = canonicalDomain(text);
	if (name !== undefined) return name;
	return oddIpv4.test(text) && URL.canParse(`http://${text}/`) ? new URL(`http://${text}/`).hostname : undefined;
}

/**
 * Reads a URL, with scheme and host canonical and everything else as it came: what follows the host is what
 * a server sees, byte for byte, and what Orion compares. A defanged URL is refanged on the way.
 */
export function readUrl(text: string): Judged<UrlParts> {
	const match = absoluteUrl.exec(text);
	if (match === null) return judgedBad('missing_scheme');
	const [, asWritten = '', mark = '', site = '', tail = ''] = match;
	const scheme = refangScheme(asWritten.toLowerCase());
	const plainSite = refang(site);
	const defanged = scheme !== asWritten.toLowerCase() || mark !== '://' || plainSite !== site;

	const parts = authority.exec(plainSite);
	if (parts === null) return judgedBad('malformed');
	const host = canonicalHost(parts[2] ?? '');
	const port = canonicalPort(scheme, parts[3] ?? '');
	if (host === undefined || port === undefined) return judgedBad('malformed');
	const userinfo = parts[1] === undefined ? '' : `${parts[1]}@`;
	return judgedGood({ scheme, userinfo, host, port, rest: defanged ? refangPath(tail) : tail });
}

export const formatUrl = ({ scheme, userinfo, host, port, rest }: UrlParts): string =>
	`${scheme}://${userinfo}${host}${port}${rest}`;
