import { isIPv4 } from 'node:net';

export type WarninglistType = 'cidr' | 'string' | 'hostname' | 'substring' | 'regex';

export interface Warninglist {
	readonly id: number;
	name: string;
	type: WarninglistType;
	description: string;
	version: string;
	enabled: boolean;
	readonly isDefault: boolean;
	category: string;
	entries: Array<{ readonly value: string; readonly comment: string | null }>;
	attributeTypes: string[];
}

export interface WarninglistHit {
	readonly list: Warninglist;
	/** The part of the value that was looked up. */
	readonly value: string;
	/** The list's entry; a bare address is shown as a /32. */
	readonly match: string;
}

const ADDRESS_TYPES = ['ip-src', 'ip-dst', 'domain|ip', 'ip-src|port', 'ip-dst|port'];
const NAME_TYPES = ['hostname', 'domain', 'domain|ip', 'url', 'hostname|port'];

/** A small selection of MISP's own lists, under the ids and names they have there. */
const SEEDS: ReadonlyArray<Omit<Warninglist, 'isDefault' | 'entries'> & { readonly values: string }> = [
	{
		id: 58,
		name: 'List of known IPv4 public DNS resolvers',
		type: 'cidr',
		version: '20240615',
		enabled: true,
		category: 'false_positive',
		description: 'Event contains one or more public IPv4 DNS resolvers as attribute with an IDS flag set',
		attributeTypes: ADDRESS_TYPES,
		values: '1.0.0.1 1.1.1.1 8.8.4.4 8.8.8.8 9.9.9.9 149.112.112.112 208.67.220.220 208.67.222.222 64.6.64.6 64.6.65.6',
	},
	{
		id: 59,
		name: 'List of known IPv6 public DNS resolvers',
		type: 'cidr',
		version: '20240615',
		enabled: true,
		category: 'false_positive',
		description: 'Event contains one or more public IPv6 DNS resolvers as attribute with an IDS flag set',
		attributeTypes: ADDRESS_TYPES,
		values: '2001:4860:4860::8844 2001:4860:4860::8888 2606:4700:4700::1001 2606:4700:4700::1111 2620:fe::fe',
	},
	{
		id: 63,
		name: 'List of RFC 5735 CIDR blocks',
		type: 'cidr',
		version: '5',
		enabled: true,
		category: 'false_positive',
		description: 'Event contains one or more entries part of the Special Use IPv4 Addresses CIDR blocks (RFC 5735)',
		attributeTypes: ADDRESS_TYPES,
		values:
			'0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 255.255.255.255',
	},
	{
		id: 74,
		name: 'List of RFC 2606 reserved top-level domains',
		type: 'hostname',
		version: '1',
		enabled: false,
		category: 'false_positive',
		description: 'Event contains one or more entries part of the reserved top-level domains (RFC 2606)',
		attributeTypes: NAME_TYPES,
		values: '.test .example .invalid .localhost',
	},
	{
		id: 80,
		name: 'Top 1000 website from Alexa',
		type: 'hostname',
		version: '20210621',
		enabled: true,
		category: 'false_positive',
		description: 'Event contains one or more entries from the top 1000 of the most used website (Alexa).',
		attributeTypes: NAME_TYPES,
		values:
			'google.com youtube.com facebook.com wikipedia.org microsoft.com apple.com amazon.com github.com linkedin.com netflix.com office.com cloudflare.com',
	},
	{
		id: 12,
		name: 'List of hashes for EICAR test virus',
		type: 'string',
		version: '2',
		enabled: true,
		category: 'known_identifier',
		description: 'Event contains one or more entries based on hashes for EICAR test virus',
		attributeTypes: ['md5', 'sha1', 'sha256', 'filename|md5', 'filename|sha1', 'filename|sha256'],
		values:
			'44d88612fea8a8f36de82e1278abb02f 3395856ce81f2b7382dee72602f798b642f14140 275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
	},
];

export function defaultWarninglists(): Warninglist[] {
	return SEEDS.map(({ values, attributeTypes, ...list }) => ({
		...list,
		attributeTypes: [...attributeTypes],
		isDefault: true,
		entries: values.split(' ').map((value) => ({ value, comment: null })),
	}));
}

function ipv4(address: string): number | undefined {
	if (!isIPv4(address)) return undefined;
	return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

type Finder = (value: string) => string | undefined;

function cidrFinder(entries: readonly string[]): Finder {
	const blocks = entries.flatMap((entry) => {
		const [address = '', length = '32'] = entry.split('/');
		const base = ipv4(address);
		const size = 2 ** (32 - Number(length));
		return base === undefined ? [] : [{ from: base - (base % size), size, match: `${address}/${length}` }];
	});
	const exact = new Set(entries);
	return (value) => {
		const number = ipv4(value);
		if (number === undefined) return exact.has(value) ? value : undefined;
		return blocks.find(({ from, size }) => number >= from && number < from + size)?.match;
	};
}

/** `example.com` covers itself and what is below it; `.test` covers what is below it. */
function hostnameFinder(entries: readonly string[]): Finder {
	const known = new Set(entries.map((entry) => entry.replace(/^\./, '').toLowerCase()));
	return (value) => {
		const labels = hostOf(value).toLowerCase().split('.');
		for (let first = 0; first < labels.length; first++) {
			const suffix = labels.slice(first).join('.');
			if (known.has(suffix)) return suffix;
		}
		return undefined;
	};
}

function hostOf(value: string): string {
	const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(value);
	return host?.[1] ?? value;
}

const FINDERS: Readonly<Record<WarninglistType, (entries: readonly string[]) => Finder>> = {
	cidr: cidrFinder,
	hostname: hostnameFinder,
	string: (entries) => {
		const known = new Set(entries);
		return (value) => (known.has(value) ? value : undefined);
	},
	substring: (entries) => (value) => entries.find((entry) => value.includes(entry)),
	regex: (entries) => {
		const expressions = entries.map((entry) => new RegExp(entry.replace(/^\/|\/[a-z]*$/g, '')));
		return (value) => expressions.find((expression) => expression.test(value))?.source;
	},
};

/** The enabled lists, ready to be asked. Build anew after a change to the lists. */
export class WarninglistIndex {
	private readonly lists: ReadonlyArray<{ readonly list: Warninglist; readonly find: Finder }>;
	private readonly byType = new Map<string, ReadonlyArray<{ readonly list: Warninglist; readonly find: Finder }>>();

	constructor(lists: readonly Warninglist[]) {
		this.lists = lists
			.filter((list) => list.enabled)
			.map((list) => ({
				list,
				find: FINDERS[list.type](list.entries.map((entry) => entry.value)),
			}));
	}

	/** Hits of one value on any enabled list, whatever the attribute type. */
	check(value: string): WarninglistHit[] {
		return this.lists.flatMap(({ list, find }) => {
			const match = find(value);
			return match === undefined ? [] : [{ list, value, match }];
		});
	}

	/** Hits of an attribute: only lists made for its type, each part of a composite value on its own. */
	hits(type: string, value: string): WarninglistHit[] {
		let lists = this.byType.get(type);
		if (!lists) {
			lists = this.lists.filter(({ list }) => list.attributeTypes.includes(type));
			this.byType.set(type, lists);
		}
		if (lists.length === 0) return [];
		const parts = type.includes('|') ? value.split('|') : [value];
		return lists.flatMap(({ list, find }) => {
			for (const part of parts) {
				const match = find(part);
				if (match !== undefined) return [{ list, value: part, match }];
			}
			return [];
		});
	}
}
