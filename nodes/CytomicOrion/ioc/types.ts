/**
 * The vocabulary of this folder: what Orion takes, what may become of an IOC, and why.
 *
 * Everything under `ioc/` is a function of its arguments: no n8n, no network, no clock.
 */

export const iocTypeNames = ['hash', 'ip', 'domain', 'url'] as const;
export type IocType = (typeof iocTypeNames)[number];

interface IocTypeFacts {
	/** The last part of `POST /applications/iocs/{path}` and `…/iocs/{path}/eraser/`. */
	readonly path: string;
	/** The one value key of the objects in that request's array. */
	readonly key: IocType;
	/** For drop-downs and tables. */
	readonly label: string;
}

/**
 * Orion's IOC types. The vendor's page lists `Hash`, `Url`, `IP` and `Domain`; the long names below are
 * what has been seen to work on a tenant, and what Orion's own answers say ("1 FileHashIoc added").
 */
export const iocTypes: Readonly<Record<IocType, IocTypeFacts>> = {
	hash: { path: 'filehashioc', key: 'hash', label: 'Hash (MD5)' },
	ip: { path: 'ipioc', key: 'ip', label: 'IP Address' },
	domain: { path: 'domainioc', key: 'domain', label: 'Domain' },
	url: { path: 'urlioc', key: 'url', label: 'URL' },
};

export interface Ioc {
	readonly type: IocType;
	/** Normalised: two IOCs are the same one when type and value are equal. */
	readonly value: string;
}

/** The identity of an IOC, for sets and maps. No type name holds a colon, so no two IOCs share a key. */
export const iocKey = ({ type, value }: Ioc): string => `${type}:${value}`;

/** Why an IOC was not sent, in words for the person who reads the result. */
export const reasons = {
	unsupported_type: 'Orion has no IOC of this type',
	unsupported_hash: 'Orion takes MD5 hashes only',
	not_a_file: 'A fingerprint of a certificate, key or handshake, not the hash of a file',
	no_value: 'There is no value',
	malformed: 'The value is not a well-formed IOC of its type',
	missing_scheme: 'Orion takes URLs only with their scheme, such as https://',
	ipv6_not_sent: 'IPv6 addresses are sent only when the option for them is on',
	network_not_sent: 'A network of addresses, and Orion takes single addresses',
	not_routable:
		'A private or reserved address, or a name that never resolves in public: it would raise an alert on every computer',
	below_severity: "The event's threat level is below the minimum chosen, or unknown",
	expired: 'Its time to live, counted from when it was last seen, is over',
	in_orion: 'Orion has it already, and it does not run out soon',
	still_wanted: 'Another uploaded event still wants this IOC, so it stays in Orion',
} as const;
export type ReasonCode = keyof typeof reasons;

/** What became of one IOC. */
export type Outcome =
	/** To be sent; after a dry run: would be sent; after a run: was not reached. */
	| { readonly status: 'planned' }
	| { readonly status: 'imported' }
	| { readonly status: 'deleted' }
	/** The same IOC as the entry with the id `of`, whose outcome counts for both. */
	| { readonly status: 'duplicate'; readonly of: number }
	| { readonly status: 'skipped'; readonly reason: ReasonCode }
	| {
			readonly status: 'failed';
			/**
			 * `true`: Orion refused this very value, and would again.
			 * `false`: it was not reached, not allowed or not confirmed; worth another run.
			 */
			readonly final: boolean;
			readonly code: string;
			/** Orion's words, or ours where it had none. */
			readonly message: string;
	  };
export type Status = Outcome['status'];

/** A value, or the reason why there is none. */
export type Judged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: ReasonCode };

export const judgedGood = <T>(value: T): Judged<T> => ({ ok: true, value });
export const judgedBad = (reason: ReasonCode): Judged<never> => ({ ok: false, reason });
