import { isIP } from 'node:net';
import { refang } from './validate';

/** One indicator that MISP recognised in free text. */
export interface Indicator {
	readonly value: string;
	readonly original: string;
	readonly type: string;
	readonly toIds: boolean;
	/** What a person could choose instead. */
	readonly types: readonly string[];
}

const HASH_TYPES: Readonly<Record<number, readonly string[]>> = {
	32: ['md5', 'imphash', 'x509-fingerprint-md5'],
	40: ['sha1', 'x509-fingerprint-sha1'],
	56: ['sha224'],
	64: ['sha256', 'x509-fingerprint-sha256'],
	96: ['sha384'],
	128: ['sha512'],
};
/** A few of the public suffixes with two labels, so that `example.co.uk` is a domain and `www.example.co.uk` a hostname. */
const TWO_LABEL_SUFFIXES = new Set(['co.uk', 'org.uk', 'com.au', 'com.br', 'co.jp', 'com.cn', 'co.za', 'com.tr']);
const NAME = /^(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]{2,63}$/i;

type Recogniser = (value: string) => Pick<Indicator, 'type' | 'types' | 'toIds'> | undefined;

const hash: Recogniser = (value) => {
	const types = /^[0-9a-f]+$/i.test(value) ? HASH_TYPES[value.length] : undefined;
	const [type] = types ?? [];
	return types && type !== undefined ? { type, types, toIds: true } : undefined;
};

const address: Recogniser = (value) => {
	const [ip = '', port] = isIP(value) === 0 && /^[\d.]+:\d{1,5}$/.test(value) ? value.split(':') : [value];
	const [base = ''] = ip.split('/');
	if (isIP(base) === 0) return undefined;
	return port === undefined
		? { type: 'ip-dst', types: ['ip-dst', 'ip-src', 'ip-src/ip-dst'], toIds: true }
		: { type: 'ip-dst|port', types: ['ip-dst|port', 'ip-src|port'], toIds: true };
};

const email: Recogniser = (value) =>
	/^[^@\s/]+@[^@\s]+\.[a-z]{2,}$/i.test(value)
		? {
				type: 'email-src',
				types: ['email-src', 'email-dst', 'target-email', 'whois-registrant-email'],
				toIds: true,
			}
		: undefined;
const vulnerability: Recogniser = (value) =>
	/^cve-\d{4}-\d{4,}$/i.test(value) ? { type: 'vulnerability', types: ['vulnerability'], toIds: false } : undefined;
const url: Recogniser = (value) =>
	/^(https?|ftp):\/\/\S+$/i.test(value) ||
	(/^[^\s/@]+\.[a-z]{2,}\/\S+$/i.test(value) && NAME.test(value.split('/')[0] ?? ''))
		? { type: 'url', types: ['url'], toIds: true }
		: undefined;

const name: Recogniser = (value) => {
	if (!NAME.test(value)) return undefined;
	const labels = value.split('.').length;
	const registered = TWO_LABEL_SUFFIXES.has(value.split('.').slice(-2).join('.').toLowerCase()) ? 3 : 2;
	return labels > registered
		? { type: 'hostname', types: ['hostname', 'domain', 'url', 'filename'], toIds: true }
		: { type: 'domain', types: ['domain', 'filename'], toIds: true };
};

const RECOGNISERS: readonly Recogniser[] = [hash, address, email, vulnerability, url, name];

/** The indicators in a text, each value once. Words are parted by white space, commas, quotes and bars; `#` starts a comment. */
export function parseFreeText(text: string): Indicator[] {
	const found = new Map<string, Indicator>();
	for (const line of text.split(/\r?\n/)) {
		const [content = ''] = line.split(/(?:^|\s)#/);
		for (const word of content.split(/[\s,"'|;<>]+/)) {
			const original = word.replace(/^[([{]+(?=\w)|[)\]}.:]+$/g, '');
			if (original === '') continue;
			const clear = refang(original);
			const recognised = RECOGNISERS.map((recogniser) => recogniser(clear)).find((result) => result !== undefined);
			const value = recognised?.type.endsWith('|port')
				? clear.replace(':', '|')
				: recognised?.type === 'vulnerability'
					? clear.toUpperCase()
					: clear;
			if (recognised && !found.has(value)) found.set(value, { value, original, ...recognised });
		}
	}
	return [...found.values()];
}
