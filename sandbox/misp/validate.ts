import { isIP } from 'node:net';
import { CATEGORY_TYPES, TYPE_DEFAULTS } from './attributeTypes';
import { splitComposite } from './shapes';

/** MISP's validation of an attribute: what it stores, or its words per field. */
export type Checked =
	| { readonly value: string; readonly category: string }
	| { readonly errors: Record<string, string[]> };

const HASH_LENGTHS: Readonly<Record<string, number>> = {
	md5: 32,
	sha1: 40,
	sha224: 56,
	sha256: 64,
	sha384: 96,
	sha512: 128,
	imphash: 32,
	'x509-fingerprint-md5': 32,
	'x509-fingerprint-sha1': 40,
	'x509-fingerprint-sha256': 64,
};

type Check = (value: string) => string | undefined;

function hashCheck(length: number): Check {
	const expected = new RegExp(`^[0-9a-f]{${length}}$`);
	return (value) =>
		expected.test(value)
			? undefined
			: `Checksum has an invalid length or format (expected: ${length} hexadecimal characters). Please double check the value or select type "other".`;
}

function ipCheck(value: string): string | undefined {
	const [address = '', mask] = value.split('/');
	const version = isIP(address);
	const longest = version === 4 ? 32 : 128;
	const good = version !== 0 && (mask === undefined || (/^\d+$/.test(mask) && Number(mask) <= longest));
	return good ? undefined : 'IP address has an invalid format.';
}

const NAME = /^(?!-)[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+\.?$/u;
const nameCheck =
	(kind: string): Check =>
	(value) =>
		NAME.test(value)
			? undefined
			: `${kind} has an invalid format. Please double check the value or select type "other".`;

function portCheck(value: string): string | undefined {
	return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
		? undefined
		: 'Port numbers have to be integers between 1 and 65535.';
}

const anything: Check = () => undefined;

/** Single types; composite ones are checked part by part. */
const CHECKS: Readonly<Record<string, Check>> = {
	...Object.fromEntries(Object.entries(HASH_LENGTHS).map(([type, length]) => [type, hashCheck(length)])),
	'ip-src': ipCheck,
	'ip-dst': ipCheck,
	ip: ipCheck,
	domain: nameCheck('Domain name'),
	hostname: nameCheck('Hostname'),
	port: portCheck,
	'size-in-bytes': (value) =>
		/^\d+$/.test(value) ? undefined : 'The value has to be a whole number greater or equal 0.',
	'email-src': (value) =>
		value.includes('@')
			? undefined
			: 'Email address has an invalid format. Please double check the value or select type "other".',
	'email-dst': (value) =>
		value.includes('@')
			? undefined
			: 'Email address has an invalid format. Please double check the value or select type "other".',
	email: (value) =>
		value.includes('@')
			? undefined
			: 'Email address has an invalid format. Please double check the value or select type "other".',
};

const LOWER_CASE = new Set([...Object.keys(HASH_LENGTHS), 'domain', 'hostname']);
const REFANGED = new Set([
	'url',
	'uri',
	'link',
	'domain',
	'hostname',
	'ip-src',
	'ip-dst',
	'email',
	'email-src',
	'email-dst',
]);

/** `hxxp://evil[.]org` → `http://evil.org` */
export function refang(value: string): string {
	return value
		.replace(/^hxxp/i, 'http')
		.replace(/\[\.\]|\(\.\)|\[dot\]|\{\.\}/gi, '.')
		.replace(/\[:\]/g, ':')
		.replace(/\[@\]|\[at\]/gi, '@')
		.replace(/\[\/\]/g, '/');
}

function normalisePart(type: string, value: string): string {
	const trimmed = value.trim();
	const clear = REFANGED.has(type) ? refang(trimmed) : trimmed;
	return LOWER_CASE.has(type) ? clear.toLowerCase() : clear;
}

function partTypes(type: string): [string, string] {
	const [first, second] = splitComposite(type);
	return [first, second];
}

function normalise(type: string, value: string): string {
	if (!type.includes('|')) return normalisePart(type, value);
	const [firstType, secondType] = partTypes(type);
	// A colon between address and port is taken for the bar.
	const text = secondType === 'port' && !value.includes('|') ? value.replace(/:(\d+)$/, '|$1') : value;
	const [first, second] = splitComposite(text);
	return `${normalisePart(firstType, first)}|${normalisePart(secondType, second)}`;
}

function problem(type: string, value: string): string | undefined {
	if (!type.includes('|')) return (CHECKS[type] ?? anything)(value);
	const [firstType, secondType] = partTypes(type);
	const [first, second] = splitComposite(value);
	if (first === '' || second === '')
		return 'Composite type, but value not correctly formatted: it needs two parts separated by a bar.';
	return (CHECKS[firstType] ?? anything)(first) ?? (CHECKS[secondType] ?? anything)(second);
}

export function checkAttribute(given: { type: unknown; category: unknown; value: unknown }): Checked {
	const { type, category, value } = given;
	const defaults = typeof type === 'string' ? TYPE_DEFAULTS.get(type) : undefined;
	if (typeof type !== 'string' || !defaults) return { errors: { type: ['Invalid type.'] } };
	if (value === undefined || value === null || value === '') return { errors: { value: ['Value cannot be empty.'] } };
	const chosen = typeof category === 'string' && category !== '' ? category : defaults.category;
	const types = CATEGORY_TYPES.get(chosen);
	if (!types) {
		return {
			errors: {
				category: ['Options : Payload delivery, Antivirus detection, Payload installation, Files dropped ...'],
				type: ['Options depend on the selected category.'],
			},
		};
	}
	if (!types.includes(type)) return { errors: { type: ['Options depend on the selected category.'] } };
	const kept = normalise(type, String(value));
	const wrong = problem(type, kept);
	return wrong === undefined ? { value: kept, category: chosen } : { errors: { value: [wrong] } };
}
