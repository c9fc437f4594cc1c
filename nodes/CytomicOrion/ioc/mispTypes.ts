import type { IocType, ReasonCode } from './types';

/** Which part of a MISP value: all of it, what stands before the first `|`, or what follows the last one. */
export type Part = 'whole' | 'first' | 'last';

export interface PartReading {
	readonly part: Part;
	readonly as: IocType;
}

/** How the values of a MISP type are read: as one IOC or more, or as none for a reason. */
export type Reading =
	| { readonly kind: 'iocs'; readonly parts: readonly PartReading[] }
	| { readonly kind: 'none'; readonly reason: ReasonCode };

const whole = (as: IocType): PartReading => ({ part: 'whole', as });
const first = (as: IocType): PartReading => ({ part: 'first', as });
const last = (as: IocType): PartReading => ({ part: 'last', as });

/** The MISP attribute types that hold IOCs for Orion. `domain|ip` holds two, and both count. */
const holdsIocs: ReadonlyArray<readonly [mispType: string, parts: readonly PartReading[]]> = [
	['md5', [whole('hash')]],
	['filename|md5', [last('hash')]],
	// The value of a malware sample is "filename|md5"; the sample itself is a separate, encrypted attachment.
	['malware-sample', [last('hash')]],
	['ip-src', [whole('ip')]],
	['ip-dst', [whole('ip')]],
	['ip-src|port', [first('ip')]],
	['ip-dst|port', [first('ip')]],
	['domain', [whole('domain')]],
	['hostname', [whole('domain')]],
	['hostname|port', [first('domain')]],
	['domain|ip', [first('domain'), last('ip')]],
	['url', [whole('url')]],
	// MISP allows a URI without a scheme; such a one is skipped when its value is read.
	['uri', [whole('url')]],
];

/** Hashes of files that Orion does not take; MISP pairs each with a file name, too ("filename|sha256"). */
const otherFileHashes = [
	'authentihash',
	'cdhash',
	'impfuzzy',
	'imphash',
	'pehash',
	'sha1',
	'sha224',
	'sha256',
	'sha384',
	'sha512',
	'sha512/224',
	'sha512/256',
	'sha3-224',
	'sha3-256',
	'sha3-384',
	'sha3-512',
	'ssdeep',
	'telfhash',
	'tlsh',
	'vhash',
] as const;

/** Fingerprints that look like file hashes (some are MD5 sums) and are none. */
const otherFingerprints = [
	'favicon-mmh3',
	'hassh-md5',
	'hasshserver-md5',
	'ja3-fingerprint-md5',
	'jarm-fingerprint',
	'ssh-fingerprint',
	'x509-fingerprint-md5',
	'x509-fingerprint-sha1',
	'x509-fingerprint-sha256',
] as const;

/** Orion's own words, for items that don't come from MISP. `domain` and `url` mean the same in both. */
const orionWords: ReadonlyArray<readonly [word: string, parts: readonly PartReading[]]> = [
	['hash', [whole('hash')]],
	['ip', [whole('ip')]],
];

const asIocs = (parts: readonly PartReading[]): Reading => ({ kind: 'iocs', parts });
const asNone = (reason: ReasonCode): Reading => ({ kind: 'none', reason });

// A Map, so that a type named "constructor" is simply unknown.
const readings: ReadonlyMap<string, Reading> = new Map([
	...[...holdsIocs, ...orionWords].map(([type, parts]) => [type, asIocs(parts)] as const),
	...otherFileHashes
		.flatMap((hash) => [hash, `filename|${hash}`])
		.map((type) => [type, asNone('unsupported_hash')] as const),
	...otherFingerprints.map((type) => [type, asNone('not_a_file')] as const),
]);

const unknownType = asNone('unsupported_type');

/**
 * How to read values of this MISP type (or of one of Orion's words `hash`, `ip`, `domain`, `url`).
 * Types not listed, `link` among them (a reference for people to follow, not an indicator), are `unsupported_type`.
 */
export function readAs(type: string): Reading {
	return readings.get(type.trim().toLowerCase()) ?? unknownType;
}

/** The MISP types to search for: those that can become an IOC in Orion. */
export const uploadableTypes: readonly string[] = holdsIocs.map(([type]) => type);

/** That part of a MISP value; `undefined` where a composite value has no second part. */
export function partOf(value: string, part: Part): string | undefined {
	if (part === 'whole') return value;
	const bar = part === 'first' ? value.indexOf('|') : value.lastIndexOf('|');
	if (bar < 0) return part === 'first' ? value : undefined;
	return part === 'first' ? value.slice(0, bar) : value.slice(bar + 1);
}
