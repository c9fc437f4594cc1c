import { Chance } from './chance';
import { type AttributeSketch, type EventSketch, feedEvent, type FeedEvent } from './mispEvent';
import { Values } from './values';

type MadeType =
	| 'md5'
	| 'sha1'
	| 'sha256'
	| 'ip-dst'
	| 'ip-dst|port'
	| 'domain'
	| 'hostname'
	| 'url'
	| 'domain|ip'
	| 'filename|md5'
	| 'email-src';

const MAKE: Readonly<Record<MadeType, (values: Values) => string>> = {
	md5: (values) => values.md5(),
	sha1: (values) => values.sha1(),
	sha256: (values) => values.sha256(),
	'ip-dst': (values) => values.ip(),
	'ip-dst|port': (values) => `${values.ip()}|${values.port()}`,
	domain: (values) => values.domain(),
	hostname: (values) => values.hostname(),
	url: (values) => values.url(),
	'domain|ip': (values) => `${values.domain()}|${values.ip()}`,
	'filename|md5': (values) => `${values.filename()}|${values.md5()}`,
	'email-src': (values) => values.email(),
};

interface Plan extends Omit<EventSketch, 'attributes' | 'files'> {
	made: Partial<Record<MadeType, number>>;
	/** Values that matter as they are. */
	fixed?: AttributeSketch[];
	files?: number;
}

/** In two events, so that deleting one of them must not take the other's IOC away. */
const SHARED_DOMAIN = 'shared-infrastructure.sandbox-feed-one.com';

/** What the MISP feed holds: every threat level, published and not, recent and years old, and values that no one should block. */
const PLANS: readonly Plan[] = [
	{
		info: 'Ransomware loader delivered by invoice mails',
		threatLevel: 1,
		date: '2026-11-20',
		tags: ['tlp:clear', 'type:OSINT'],
		made: { md5: 14, sha256: 6, 'filename|md5': 4, url: 8, domain: 5, 'email-src': 2 },
		fixed: [{ type: 'domain', value: SHARED_DOMAIN, comment: 'also serves the banking trojan' }],
		files: 3,
	},
	{
		info: 'Command and control servers of a banking trojan',
		threatLevel: 2,
		date: '2026-11-18',
		tags: ['tlp:green'],
		made: { 'ip-dst': 12, 'ip-dst|port': 8, 'domain|ip': 4, hostname: 6 },
		fixed: [
			{ type: 'domain', value: SHARED_DOMAIN },
			{ type: 'ip-dst', value: '8.8.8.8', comment: 'connectivity check, not hostile' },
			{ type: 'ip-dst', value: '192.168.56.101', comment: 'address in the analysis sandbox' },
		],
	},
	{
		info: 'Phishing kit that imitates a parcel service',
		threatLevel: 3,
		date: '2026-11-11',
		tags: ['tlp:clear', 'misp-galaxy:mitre-attack-pattern="Phishing - T1566"'],
		made: { url: 16, domain: 10, hostname: 8, 'email-src': 4 },
		fixed: [
			{ type: 'domain', value: 'google.com', comment: 'redirects to a real search page' },
			{
				type: 'url',
				value: 'http://track.sandbox-feed-one.com/pixel.gif',
				to_ids: false,
				comment: 'for context only',
			},
		],
	},
	{
		info: 'Information stealer on file-sharing sites',
		threatLevel: 2,
		published: false,
		date: '2026-10-30',
		tags: ['tlp:clear'],
		made: { md5: 10, sha1: 4, sha256: 10, url: 6 },
		fixed: [
			{
				type: 'md5',
				value: '44d88612fea8a8f36de82e1278abb02f',
				comment: 'EICAR test file, found beside the samples',
			},
		],
		files: 2,
	},
	{
		info: 'Exploitation of unpatched mail gateways',
		threatLevel: 1,
		date: '2026-09-02',
		tags: ['tlp:amber'],
		made: { 'ip-dst': 8, md5: 6, hostname: 4 },
		fixed: [{ type: 'ip-dst', value: '45.155.204.0/28', comment: 'whole range of the hoster' }],
	},
	{
		info: 'Unsorted findings of a honeypot',
		threatLevel: 4,
		published: false,
		date: '2026-08-15',
		made: { 'ip-dst': 6, url: 4, md5: 4 },
		fixed: [
			{ type: 'hostname', value: 'honeypot-03.lan', comment: 'our own sensor' },
			{ type: 'ip-dst', value: '10.0.0.7', comment: 'our own sensor' },
		],
	},
	{
		info: 'Old campaign against energy suppliers',
		threatLevel: 1,
		date: '2023-05-17',
		tags: ['tlp:clear', 'type:OSINT'],
		made: { md5: 8, sha256: 4, domain: 4, 'ip-dst': 4 },
	},
	{
		info: 'Report without indicators for detection',
		threatLevel: 3,
		date: '2026-11-21',
		tags: ['tlp:clear'],
		made: {},
		fixed: [
			{ type: 'link', value: 'https://blog.sandbox-feed-one.com/report', to_ids: false },
			{
				type: 'md5',
				value: '0cc175b9c0f1b6a831c399e269772661',
				to_ids: false,
				comment: 'legitimate tool that was abused',
			},
		],
	},
];

function isMadeType(type: string): type is MadeType {
	return type in MAKE;
}

function makeAttributes(made: Plan['made'], values: Values): AttributeSketch[] {
	return Object.entries(made).flatMap(([type, count]) =>
		isMadeType(type) ? Array.from({ length: count }, () => ({ type, value: MAKE[type](values) })) : [],
	);
}

export function mispFeedEvents(seed: string): FeedEvent[] {
	const values = new Values(new Chance(`${seed} misp`), 'sandbox-feed-one.com', 20);
	return PLANS.map(({ made, fixed = [], files = 0, ...plan }) =>
		feedEvent({
			...plan,
			attributes: [...makeAttributes(made, values), ...fixed],
			files: Array.from({ length: files }, () => ({
				filename: values.filename(),
				md5: values.md5(),
				sha256: values.sha256(),
			})),
		}),
	);
}

/** Rows as in lists of malware URLs: when, what, why. The value is in the second column. */
export type CsvRow = [firstSeen: string, value: string, threat: string];

export function csvFeedRows(seed: string): CsvRow[] {
	const chance = new Chance(`${seed} csv`);
	const values = new Values(chance, 'sandbox-feed-two.net', 150);
	return Array.from({ length: 60 }, (_, row): CsvRow => {
		const day = String(1 + (row % 20)).padStart(2, '0');
		const value = row % 6 === 5 ? values.ip() : row % 3 === 1 ? values.domain() : values.url();
		return [`2026-11-${day} 06:00:00`, value, chance.pick(['malware_download', 'botnet_cc', 'phishing'])];
	});
}

export function freetextFeedLines(seed: string): string[] {
	const values = new Values(new Chance(`${seed} freetext`), 'sandbox-feed-three.org', 180);
	const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
	return [
		'# Sandbox Feed Three: fresh indicators, one a line',
		...many(20, () => values.ip()),
		...many(15, () => values.domain()),
		...many(12, () => values.md5()),
		'# defanged by the reporter',
		...many(5, () => values.url().replace('http', 'hxxp').replaceAll('.', '[.]')),
		...many(6, () => values.sha256()),
		'# must not be blocked',
		'127.0.0.1',
		'1.1.1.1',
	];
}
