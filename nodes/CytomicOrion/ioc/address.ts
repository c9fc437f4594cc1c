/** An IP address as its bytes in network order: four for IPv4, sixteen for IPv6. */
export type Address = readonly number[];

export interface Network {
	readonly address: Address;
	/** How many leading bits count. */
	readonly prefix: number;
}

export const isIpv6 = (address: Address): boolean => address.length === 16;

const decimalByte = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Dotted decimal, four parts. Leading zeros are refused: some programs read "010" as eight,
 * so that nobody can tell which address was meant (RFC 6943 §3.1.1).
 */
function parseIpv4(text: string): Address | undefined {
	const parts = text.split('.', 5);
	if (parts.length !== 4 || !parts.every((part) => decimalByte.test(part))) return undefined;
	const bytes = parts.map(Number);
	return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

const hexGroup = /^[0-9a-f]{1,4}$/i;

/** The bytes of colon-separated groups, the last of which may be dotted decimal where `tail` says so. */
function groupBytes(text: string, tail: boolean): number[] | undefined {
	if (text === '') return [];
	const groups = text.split(':', 9);
	const bytes: number[] = [];
	for (const [position, group] of groups.entries()) {
		if (hexGroup.test(group)) {
			const number = Number.parseInt(group, 16);
			bytes.push(number >> 8, number & 255);
			continue;
		}
		const dotted = tail && position === groups.length - 1 ? parseIpv4(group) : undefined;
		if (dotted === undefined) return undefined;
		bytes.push(...dotted);
	}
	return bytes;
}

/** RFC 4291 §2.2. A zone ("%eth0") is refused: it means something on one computer only. */
function parseIpv6(text: string): Address | undefined {
	const [head = '', rest, more] = text.split('::', 3);
	if (more !== undefined) return undefined;
	if (rest === undefined) {
		const bytes = groupBytes(head, true);
		return bytes?.length === 16 ? bytes : undefined;
	}
	const before = groupBytes(head, false);
	const after = groupBytes(rest, true);
	if (before === undefined || after === undefined) return undefined;
	const zeros = 16 - before.length - after.length;
	return zeros >= 2 ? [...before, ...new Array<number>(zeros).fill(0), ...after] : undefined;
}

const mappedPrefix: Network = {
	address: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0],
	prefix: 96,
};

// The longest text of an address has 45 characters: six groups and a dotted tail.
const longestText = 45;

/**
 * Reads an address. An IPv4-mapped IPv6 address ("::ffff:192.0.2.1") comes out as IPv4, since it is how
 * an IPv6 socket sees an IPv4 peer (RFC 4291 §2.5.5.2) and no address of its own.
 */
export function parseAddress(text: string): Address | undefined {
	if (text.length > longestText) return undefined;
	if (!text.includes(':')) return parseIpv4(text);
	const address = parseIpv6(text);
	return address !== undefined && isWithin(address, mappedPrefix) ? address.slice(12) : address;
}

/** The longest run of two zero groups or more, the first of equals (RFC 5952 §4.2). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
	let best = { start: -1, length: 1 };
	let start = 0;
	for (let position = 0; position <= groups.length; position++) {
		if (groups[position] === 0) continue;
		if (position - start > best.length) best = { start, length: position - start };
		start = position + 1;
	}
	return best;
}

/** The one canonical text of an address: dotted decimal, or RFC 5952. */
export function formatAddress(address: Address): string {
	if (!isIpv6(address)) return address.join('.');
	const groups = Array.from({ length: 8 }, (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0));
	const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
	const zeros = longestZeroRun(groups);
	if (zeros.start < 0) return hex(groups);
	return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

const prefixText = /^(?:0|[1-9]\d{0,2})$/;

/** Reads CIDR notation, "198.51.100.0/24" or "2001:db8::/32". */
export function parseNetwork(text: string): Network | undefined {
	const [left = '', right = '', more] = text.split('/', 3);
	const address = parseAddress(left);
	if (address === undefined || more !== undefined || !prefixText.test(right)) return undefined;
	const prefix = Number(right);
	return prefix <= 8 * address.length ? { address, prefix } : undefined;
}

/** Whether the network holds one single address. */
export const isSingle = ({ address, prefix }: Network): boolean => prefix === 8 * address.length;

export function isWithin(address: Address, { address: start, prefix }: Network): boolean {
	if (address.length !== start.length) return false;
	for (let bit = 0, position = 0; bit < prefix; bit += 8, position++) {
		const ignored = Math.max(0, bit + 8 - prefix);
		if (((address[position] ?? 0) ^ (start[position] ?? 0)) >> ignored !== 0) return false;
	}
	return true;
}
