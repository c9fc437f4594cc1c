import { partOf, readAs, uploadableTypes } from '../../../nodes/CytomicOrion/ioc';

const iocsOf = (type: string) => {
	const reading = readAs(type);
	return reading.kind === 'iocs' ? reading.parts.map(({ part, as }) => `${part} ${as}`) : reading.reason;
};

describe('What Orion can take of a MISP attribute', () => {
	test.each([
		['md5', ['whole hash']],
		['filename|md5', ['last hash']],
		['malware-sample', ['last hash']],
		['ip-src', ['whole ip']],
		['ip-dst', ['whole ip']],
		['ip-src|port', ['first ip']],
		['ip-dst|port', ['first ip']],
		['domain', ['whole domain']],
		['hostname', ['whole domain']],
		['hostname|port', ['first domain']],
		['domain|ip', ['first domain', 'last ip']],
		['url', ['whole url']],
		['uri', ['whole url']],
		['hash', ['whole hash']],
		['ip', ['whole ip']],
		[' IP-Dst ', ['whole ip']],
	])('%s is read as %j', (type, parts) => expect(iocsOf(type)).toEqual(parts));

	test.each([
		['sha1', 'unsupported_hash'],
		['sha256', 'unsupported_hash'],
		['sha512/256', 'unsupported_hash'],
		['filename|sha256', 'unsupported_hash'],
		['filename|ssdeep', 'unsupported_hash'],
		['imphash', 'unsupported_hash'],
		['x509-fingerprint-md5', 'not_a_file'],
		['ja3-fingerprint-md5', 'not_a_file'],
		['hassh-md5', 'not_a_file'],
		['link', 'unsupported_type'],
		['onion-address', 'unsupported_type'],
		['yara', 'unsupported_type'],
		['', 'unsupported_type'],
		['constructor', 'unsupported_type'],
		['__proto__', 'unsupported_type'],
	])('%s is skipped as %s', (type, reason) => expect(iocsOf(type)).toBe(reason));

	test("MISP is searched for its own types, not for Orion's words", () => {
		expect([...uploadableTypes].sort()).toEqual(
			[
				'domain',
				'domain|ip',
				'filename|md5',
				'hostname',
				'hostname|port',
				'ip-dst',
				'ip-dst|port',
				'ip-src',
				'ip-src|port',
				'malware-sample',
				'md5',
				'uri',
				'url',
			].sort(),
		);
	});

	test.each([
		['evil.com|1.2.3.4', 'first', 'evil.com'],
		['evil.com|1.2.3.4', 'last', '1.2.3.4'],
		['a|b.exe|d41d', 'last', 'd41d'],
		['1.2.3.4', 'first', '1.2.3.4'],
		['evil.com', 'last', undefined],
		['a|b', 'whole', 'a|b'],
	] as const)('of %s the %s part is %s', (value, part, found) => expect(partOf(value, part)).toBe(found));
});
