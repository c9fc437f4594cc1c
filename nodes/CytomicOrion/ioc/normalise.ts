import { formatAddress, isSingle, parseAddress, parseNetwork } from './address';
import { canonicalDomain } from './domain';
import { refang } from './refang';
import type { IocType, Judged } from './types';
import { judgedBad, judgedGood } from './types';
import { formatUrl, readUrl } from './url';

const md5 = /^[0-9a-f]{32}$/;
const hex = /^[0-9a-f]+$/;
/** Lengths in hex digits of SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 (and of SHA-3 alike). */
const shaLengths: ReadonlySet<number> = new Set([40, 56, 64, 96, 128]);

function normaliseHash(text: string): Judged<string> {
	const hash = text.toLowerCase();
	if (md5.test(hash)) return judgedGood(hash);
	return judgedBad(shaLengths.has(hash.length) && hex.test(hash) ? 'unsupported_hash' : 'malformed');
}

function normaliseIp(text: string): Judged<string> {
	const plain = refang(text);
	const address = parseAddress(plain);
	if (address !== undefined) return judgedGood(formatAddress(address));
	const network = parseNetwork(plain);
	if (network === undefined) return judgedBad('malformed');
	return isSingle(network) ? judgedGood(formatAddress(network.address)) : judgedBad('network_not_sent');
}

function normaliseDomain(text: string): Judged<string> {
	const name = canonicalDomain(refang(text));
	return name === undefined ? judgedBad('malformed') : judgedGood(name);
}

function normaliseUrl(text: string): Judged<string> {
	const url = readUrl(text);
	return url.ok ? judgedGood(formatUrl(url.value)) : url;
}

const normalisers: Readonly<Record<IocType, (text: string) => Judged<string>>> = {
	hash: normaliseHash,
	ip: normaliseIp,
	domain: normaliseDomain,
	url: normaliseUrl,
};

// No IOC has a space or a control character in it; a value with one is two values, or prose.
const spaced = /[\s\p{Cc}]/u;
/** More than browsers and proxies take in a URL; longer values are pasted content, not indicators. */
const longestValue = 8_192;

/**
 * The one text of an IOC that is sent, compared and de-duplicated; or why there is none.
 * Doing it twice changes nothing: `normalise(t, v).value` normalises to itself.
 */
export function normalise(type: IocType, raw: string): Judged<string> {
	const text = raw.trim();
	if (text === '') return judgedBad('no_value');
	if (text.length > longestValue || spaced.test(text)) return judgedBad('malformed');
	return normalisers[type](text);
}
