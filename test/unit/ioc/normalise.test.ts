import fc from 'fast-check';
import type { IocType } from '../../../nodes/CytomicOrion/ioc';
import { iocTypeNames, normalise } from '../../../nodes/CytomicOrion/ioc';

const result = (type: IocType, raw: string) => {
	const judged = normalise(type, raw);
	return judged.ok ? judged.value : judged.reason;
};

const table = (type: IocType, rows: ReadonlyArray<readonly [raw: string, expected: string]>) =>
	test.each(rows)(`${type} %j is sent as, or kept back as, %s`, (raw, expected) =>
		expect(result(type, raw)).toBe(expected),
	);

describe('An IOC is sent in one canonical form', () => {
	table('hash', [
		['D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
		['\t d41d8cd98f00b204e9800998ecf8427e\r\n', 'd41d8cd98f00b204e9800998ecf8427e'],
		['d41d8cd98f00b204e9800998ecf8427', 'malformed'],
		['g41d8cd98f00b204e9800998ecf8427e', 'malformed'],
		['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'unsupported_hash'],
		['E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', 'unsupported_hash'],
		['z'.repeat(64), 'malformed'],
		['', 'no_value'],
		['  ', 'no_value'],
	]);

	table('ip', [
		['8.8.4.4', '8.8.4.4'],
		[' 8[.]8[.]4[.]4 ', '8.8.4.4'],
		['8(.)8{.}4[dot]4', '8.8.4.4'],
		['8.8.4.4/32', '8.8.4.4'],
		['8.8.4.0/24', 'network_not_sent'],
		['2a00:1450::/32', 'network_not_sent'],
		['8.8.4.0/33', 'malformed'],
		['8.8.4.0/', 'malformed'],
		['8.8.4.04', 'malformed'],
		['01.2.3.4', 'malformed'],
		['8.8.4.256', 'malformed'],
		['8.8.4', 'malformed'],
		['8.8.4.4.4', 'malformed'],
		['8.8.4.4:53', 'malformed'],
		['0x08.8.4.4', 'malformed'],
		['1.2.3.4-1.2.3.9', 'malformed'],
		['evil.com', 'malformed'],
		['2A00:1450:4001:0800:0000:0000:0000:200E', '2a00:1450:4001:800::200e'],
		['2a00[:]1450::1', '2a00:1450::1'],
		['2a00:0:0:1:0:0:0:1', '2a00:0:0:1::1'],
		['2a00:0:0:1:1:0:0:1', '2a00::1:1:0:0:1'],
		['2a00:1:2:3:4:0:5:6', '2a00:1:2:3:4:0:5:6'],
		['2a00:1:2:3:4:5:6::', '2a00:1:2:3:4:5:6:0'],
		['::', '::'],
		['::1', '::1'],
		['::ffff:8.8.4.4', '8.8.4.4'],
		['::FFFF:808:404', '8.8.4.4'],
		['64:ff9b::8.8.4.4', '64:ff9b::808:404'],
		['2a00::1/128', '2a00::1'],
		['2a00::1::2', 'malformed'],
		['2a00:1:2:3:4:5:6', 'malformed'],
		['2a00:1:2:3:4:5:6:7:8', 'malformed'],
		['1:2:3:4:5:6:7:8::', 'malformed'],
		[':1', 'malformed'],
		['1:', 'malformed'],
		[':::', 'malformed'],
		['fe80::1%eth0', 'malformed'],
		['2a00::12345', 'malformed'],
		['8.8.4.4::1', 'malformed'],
	]);

	table('domain', [
		['Evil.COM', 'evil.com'],
		['evil.com.', 'evil.com'],
		['evil[.]com', 'evil.com'],
		['evil[dot]co(.)uk', 'evil.co.uk'],
		['_dmarc.evil.com', '_dmarc.evil.com'],
		['a_b.evil.com', 'a_b.evil.com'],
		['bücher.de', 'xn--bcher-kva.de'],
		['BÜCHER.de', 'xn--bcher-kva.de'],
		['XN--BCHER-KVA.de', 'xn--bcher-kva.de'],
		['пример。рф', 'xn--e1afmkfd.xn--p1ai'],
		['localhost', 'localhost'],
		[`${'a'.repeat(63)}.com`, `${'a'.repeat(63)}.com`],
		[`${'a'.repeat(64)}.com`, 'malformed'],
		[`${'a.'.repeat(127)}com`, 'malformed'],
		['*.evil.com', 'malformed'],
		['.evil.com', 'malformed'],
		['evil..com', 'malformed'],
		['evil.com..', 'malformed'],
		['-evil.com', 'malformed'],
		['evil-.com', 'malformed'],
		['evil.com:8080', 'malformed'],
		['evil.com/path', 'malformed'],
		['http://evil.com', 'malformed'],
		['user@evil.com', 'malformed'],
		['evil com', 'malformed'],
		['8.8.4.4', 'malformed'],
		['1.2', 'malformed'],
		['evil.0x1', 'malformed'],
		['2a00::1', 'malformed'],
		['ü/evil.com', 'malformed'],
		['.', 'malformed'],
	]);

	table('url', [
		['HTTP://Evil.COM/Path?Q=A#Frag', 'http://evil.com/Path?Q=A#Frag'],
		['http://evil.com', 'http://evil.com'],
		['http://evil.com/', 'http://evil.com/'],
		['http://evil.com./', 'http://evil.com/'],
		['http://evil.com:80/a', 'http://evil.com/a'],
		['https://evil.com:443', 'https://evil.com'],
		['https://evil.com:80/', 'https://evil.com:80/'],
		['http://evil.com:08080/', 'http://evil.com:8080/'],
		['http://evil.com:/', 'http://evil.com/'],
		['http://evil.com:0/', 'malformed'],
		['http://evil.com:65536/', 'malformed'],
		['http://evil.com:x/', 'malformed'],
		['hxxp://evil[.]com/a', 'http://evil.com/a'],
		['hXXps://evil.com/a[.]php', 'https://evil.com/a.php'],
		['http[:]//evil(.)com', 'http://evil.com'],
		['hxxps[://]evil[dot]com', 'https://evil.com'],
		['http://evil.com/a[.]b', 'http://evil.com/a[.]b'],
		['http://evil.com/%2e%2E/a//b/../c', 'http://evil.com/%2e%2E/a//b/../c'],
		['http://bücher.de/ü', 'http://xn--bcher-kva.de/ü'],
		['http://User:Pass@evil.com/', 'http://User:Pass@evil.com/'],
		['http://good.com@evil.com/', 'http://good.com@evil.com/'],
		['http://evil.com\\@good.com/', 'http://evil.com\\@good.com/'],
		['http://evil.com?x=http://a', 'http://evil.com?x=http://a'],
		['http://9.9.9.9/x', 'http://9.9.9.9/x'],
		['http://[2A00::0001]:8080/', 'http://[2a00::1]:8080/'],
		['http://[::ffff:9.9.9.9]/', 'http://9.9.9.9/'],
		['http://2130706433/', 'http://127.0.0.1/'],
		['http://0x7f.1/', 'http://127.0.0.1/'],
		['http://0x7F000001/', 'http://127.0.0.1/'],
		['http://9.9.9.999/', 'malformed'],
		['http://[2a00::1/', 'malformed'],
		['ftp://evil.com/x', 'ftp://evil.com/x'],
		['stratum+tcp://pool.evil.com:3333', 'stratum+tcp://pool.evil.com:3333'],
		['evil.com/path', 'missing_scheme'],
		['evil.com:80/path', 'missing_scheme'],
		['//evil.com/path', 'missing_scheme'],
		['mailto:a@evil.com', 'missing_scheme'],
		['http://', 'malformed'],
		['file:///c:/x', 'malformed'],
		['http://*.evil.com/', 'malformed'],
		['http://evil.com/a b', 'malformed'],
		['http://evil.com/\u0000', 'malformed'],
		['http://evil .com/', 'malformed'],
		[`http://evil.com/${'a'.repeat(9_000)}`, 'malformed'],
	]);

	const anyText = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({
			unit: fc.constantFrom(...'abxhttps:/[].()@%01:ü*{}#?\\ '.split('')),
			maxLength: 40,
		}),
		fc.domain(),
		fc.ipV4(),
		fc.ipV6(),
		fc.webUrl({ withFragments: true, withQueryParameters: true }),
		fc.webUrl().map((url) => url.replace('http', 'hxxp').replaceAll('.', '[.]')),
		fc.string({
			unit: fc.constantFrom(...'0123456789abcdefABCDEF'.split('')),
			minLength: 32,
			maxLength: 32,
		}),
	);

	test('normalising twice is normalising once', () => {
		fc.assert(
			fc.property(fc.constantFrom(...iocTypeNames), anyText, (type, raw) => {
				const once = normalise(type, raw);
				if (once.ok) expect(normalise(type, once.value)).toEqual(once);
			}),
			{ numRuns: 5_000 },
		);
	});

	test('every web URL that browsers take is taken, and leads to the same place', () => {
		fc.assert(
			fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
				const judged = normalise('url', url);
				expect(judged.ok && new URL(judged.value).href).toBe(new URL(url).href);
			}),
		);
	});

	test('IPv6 addresses come out as browsers write them', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
					minLength: 8,
					maxLength: 8,
				}),
				(groups) => {
					const text = groups.map((group) => group.toString(16)).join(':');
					const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
					fc.pre(!canonical.startsWith('::ffff:'));
					expect(result('ip', text.toUpperCase())).toBe(canonical);
				},
			),
			{ numRuns: 1_000 },
		);
	});

	test('a hostile value is judged like any other, and hangs nothing', () => {
		const repeated = ['9', '@', 'a.', '[', ':', 'ü'].map((text) => text.repeat(8_000));
		const verdicts = iocTypeNames.flatMap((type) =>
			repeated.flatMap((value) => [value, `http://${value}x`, `hxxp://${value}`].map((raw) => normalise(type, raw))),
		);
		expect(verdicts).toHaveLength(iocTypeNames.length * repeated.length * 3);
	});
});
