import type { IocType } from '../../../nodes/CytomicOrion/ioc';
import { admit } from '../../../nodes/CytomicOrion/ioc';

const strict = { safetyList: true, ipv6: true };

const routable: ReadonlyArray<readonly [IocType, string]> = [
	['hash', 'd41d8cd98f00b204e9800998ecf8427e'],
	['ip', '8.8.8.8'],
	['ip', '9.255.255.255'],
	['ip', '11.0.0.0'],
	['ip', '100.63.255.255'],
	['ip', '100.128.0.0'],
	['ip', '172.15.255.255'],
	['ip', '172.32.0.0'],
	['ip', '198.17.255.255'],
	['ip', '223.255.255.255'],
	['ip', '2a00:1450::1'],
	['ip', '2001:200::1'],
	['domain', 'evil.com'],
	['domain', 'example.com'],
	['domain', 'abcdefabcdefabcd.onion'],
	['domain', 'notlocal.net'],
	['domain', 'my-local'.concat('.org')],
	['domain', 'arpa.com'],
	['url', 'http://evil.com/localhost'],
	['url', 'http://localhost@evil.com/'],
	['url', 'http://8.8.8.8:8080/'],
];

const special: ReadonlyArray<readonly [IocType, string]> = [
	...[
		'0.0.0.0',
		'0.1.2.3',
		'10.0.0.1',
		'10.255.255.255',
		'100.64.0.0',
		'100.127.255.255',
		'127.0.0.1',
		'127.255.255.255',
		'169.254.1.1',
		'172.16.0.0',
		'172.31.255.255',
		'192.0.0.1',
		'192.0.2.9',
		'192.88.99.1',
		'192.168.1.1',
		'198.18.0.1',
		'198.19.255.255',
		'198.51.100.1',
		'203.0.113.7',
		'224.0.0.1',
		'239.255.255.250',
		'240.0.0.1',
		'255.255.255.255',
		'192.31.196.1',
		'192.175.48.1',
		'::',
		'::1',
		'64:ff9b::808:808',
		'100::1',
		'2001::1',
		'2001:db8::1',
		'2002:808:808::1',
		'3fff::1',
		'fc00::1',
		'fdff::1',
		'fe80::1',
		'febf::1',
		'fec0::1',
		'ff02::1',
	].map((address) => ['ip', address] as const),
	...[
		'localhost',
		'intranet',
		'a.localhost',
		'printer.local',
		'x.test',
		'x.invalid',
		'www.example',
		'db.internal',
		'nas.lan',
		'home.arpa',
		'tv.home.arpa',
	].map((name) => ['domain', name] as const),
	['url', 'http://localhost/'],
	['url', 'http://user@10.0.0.1:8080/x'],
	['url', 'https://[::1]/'],
	['url', 'ftp://printer.local'],
];

describe('The safety list', () => {
	test.each(routable)('lets the %s %s pass', (type, value) => expect(admit({ type, value }, strict)).toBeUndefined());

	test.each(special)('keeps back the %s %s', (type, value) =>
		expect(admit({ type, value }, strict)).toBe('not_routable'),
	);

	test.each(special)('lets the %s %s pass when it is off', (type, value) => {
		expect(admit({ type, value }, { safetyList: false, ipv6: true })).toBeUndefined();
	});

	test('IPv6 addresses wait for the option to send them; URLs with one do not', () => {
		expect(admit({ type: 'ip', value: '2a00::1' }, { safetyList: true, ipv6: false })).toBe('ipv6_not_sent');
		expect(admit({ type: 'url', value: 'http://[2a00::1]/' }, { safetyList: true, ipv6: false })).toBeUndefined();
	});
});
