import type { Address, Network } from './address';
import { isWithin, parseAddress, parseNetwork } from './address';

/**
 * The IANA special-purpose address registries (RFC 6890 and what was registered since), with multicast:
 * addresses that are no one computer on the internet. Traffic to them is normal on every computer.
 */
export const specialPurposeNetworks: ReadonlyArray<readonly [network: string, name: string]> = [
	['0.0.0.0/8', 'this network (RFC 791)'],
	['10.0.0.0/8', 'private use (RFC 1918)'],
	['100.64.0.0/10', 'shared address space behind a carrier (RFC 6598)'],
	['127.0.0.0/8', 'loopback (RFC 1122)'],
	['169.254.0.0/16', 'link-local (RFC 3927)'],
	['172.16.0.0/12', 'private use (RFC 1918)'],
	['192.0.0.0/24', 'IETF protocol assignments (RFC 6890)'],
	['192.0.2.0/24', 'documentation (RFC 5737)'],
	['192.31.196.0/24', 'AS112 (RFC 7535)'],
	['192.52.193.0/24', 'automatic multicast tunneling (RFC 7450)'],
	['192.88.99.0/24', '6to4 relay, withdrawn (RFC 7526)'],
	['192.168.0.0/16', 'private use (RFC 1918)'],
	['192.175.48.0/24', 'AS112 (RFC 7534)'],
	['198.18.0.0/15', 'benchmarking (RFC 2544)'],
	['198.51.100.0/24', 'documentation (RFC 5737)'],
	['203.0.113.0/24', 'documentation (RFC 5737)'],
	['224.0.0.0/4', 'multicast (RFC 5771)'],
	['240.0.0.0/4', 'reserved (RFC 1112), limited broadcast (RFC 8190) among it'],
	['::/96', 'unspecified, loopback, IPv4-compatible (RFC 4291)'],
	['64:ff9b::/96', 'IPv4 behind NAT64 (RFC 6052)'],
	['64:ff9b:1::/48', 'IPv4 behind local NAT64 (RFC 8215)'],
	['100::/64', 'discard only (RFC 6666)'],
	['100:0:0:1::/64', 'dummy prefix (RFC 9780)'],
	['2001::/23', 'IETF protocol assignments, Teredo, benchmarking, ORCHID (RFC 2928)'],
	['2001:db8::/32', 'documentation (RFC 3849)'],
	['2002::/16', '6to4 (RFC 3056)'],
	['2620:4f:8000::/48', 'AS112 (RFC 7534)'],
	['3fff::/20', 'documentation (RFC 9637)'],
	['5f00::/16', 'segment routing (RFC 9602)'],
	['fc00::/7', 'unique local (RFC 4193)'],
	['fe80::/10', 'link-local (RFC 4291)'],
	['fec0::/10', 'site-local, withdrawn (RFC 3879)'],
	['ff00::/8', 'multicast (RFC 4291)'],
];

/**
 * Names that no public DNS server resolves: RFC 6761 (`localhost`, `test`, `invalid`, `example`), RFC 6762 (`local`),
 * RFC 8375 (`home.arpa`), ICANN's private-use name (`internal`), and `lan`, which routers have made their own.
 *
 * Not among them: `onion`, which does name a service, and `example.com`, `.net` and `.org`, which do resolve.
 */
export const unresolvableNames: readonly string[] = [
	'localhost',
	'local',
	'test',
	'invalid',
	'example',
	'internal',
	'lan',
	'home.arpa',
];

const networks: readonly Network[] = specialPurposeNetworks.flatMap(([text]) => parseNetwork(text) ?? []);

const isSpecialAddress = (address: Address): boolean => networks.some((network) => isWithin(address, network));

const suffixes: readonly string[] = unresolvableNames.map((name) => `.${name}`);

const isSpecialName = (name: string): boolean =>
	!name.includes('.') || suffixes.some((suffix) => name.endsWith(suffix)) || unresolvableNames.includes(name);

/**
 * Whether a host means nothing outside of one network: an address or a name out of the lists above, or a name of one label.
 * Takes canonical text: a DNS name, an IPv4 address, an IPv6 address with or without brackets.
 */
export function isSpecialPurpose(host: string): boolean {
	const address = parseAddress(host.startsWith('[') ? host.slice(1, -1) : host);
	return address === undefined ? isSpecialName(host) : isSpecialAddress(address);
}
