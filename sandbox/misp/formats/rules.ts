import { first, last, lines, unique, type Source } from './format';
import { escapeXml } from './xml';

const HASH = /^(md5|sha\d+|filename\|(md5|sha\d+)|imphash|ssdeep)$/;

const IP = /^ip-(src|dst)(\|port)?$/;

const NAME = /^(domain|hostname)/;

export function hashes({ attributes }: Source): string {
	return lines(unique(attributes.filter(({ type }) => HASH.test(type)).map(({ value }) => last(value))));
}

export function hosts({ attributes }: Source): string {
	const names = unique(attributes.filter(({ type }) => NAME.test(type)).map(({ value }) => first(value)));
	return lines([
		'# Blocklist in the HOSTS format',
		`# Generated: ${new Date().toISOString().slice(0, 19).replace('T', ' ')} +0000`,
		...names.map((name) => `0.0.0.0 ${name}`),
	]);
}

export function netfilter({ attributes }: Source): string {
	return lines(
		unique(
			attributes.filter(({ type }) => IP.test(type)).map(({ value }) => `iptables -A INPUT -s ${first(value)} -j DROP`),
		),
	);
}

const NXDOMAIN = 'will return NXDOMAIN (name does not exist) irrespective of actual result received.';

export function rpz({ attributes }: Source): string {
	const serial = new Date().toISOString().slice(0, 10).replaceAll('-', '');
	const valuesOf = (test: RegExp): string[] =>
		unique(attributes.filter(({ type }) => test.test(type)).map(({ value }) => first(value)));
	const addresses = valuesOf(IP).filter((address) => address.includes('.'));
	const section = (what: string, records: readonly string[]): string[] =>
		records.length === 0 ? [] : [`; The following ${what} ${NXDOMAIN}`, ...records, ''];
	return lines([
		'$TTL 1w;',
		`@               SOA localhost. root.localhost (${serial}00 2h 30m 30d 1h)`,
		'                NS localhost.',
		'',
		...section(
			'list of IP addresses',
			addresses.map((address) => `32.${address.split('.').reverse().join('.')}.rpz-ip CNAME .`),
		),
		...section(
			'domain names and all of their sub-domains',
			valuesOf(/^domain/).flatMap((name) => [`${name} CNAME .`, `*.${name} CNAME .`]),
		),
		...section(
			'hostnames',
			valuesOf(/^hostname/).map((name) => `${name} CNAME .`),
		),
		'',
	]);
}

/** A rule for each address and name: MISP's own are longer, and more. */
export function rules(engine: 'snort' | 'suricata') {
	return ({ call, attributes }: Source): string => {
		const header = [
			`# MISP export of IDS rules - optimized for ${engine}`,
			'#',
			'# These NIDS rules contain some variables that need to exist in your configuration.',
			'# Make sure you have set:',
			'#',
			'# $HOME_NET     - Your internal network range',
			'# $EXTERNAL_NET - The network considered as outside',
			'# $SMTP_SERVERS - All your internal SMTP servers',
			'# $HTTP_PORTS   - The ports used to contain HTTP traffic (not required with suricata export)',
			'# ',
		];
		const made = attributes.flatMap(({ id, type, value, event }) => {
			const name = first(value);
			const options = `classtype:trojan-activity; sid:${4_000_000 + id * 10 + 1}; rev:1; priority:${event.threatLevel}; reference:url,${call.server.baseUrl}/events/view/${event.id};`;
			if (IP.test(type))
				return [
					`alert ip $HOME_NET any -> ${name} any (msg: "MISP e${event.id} [] Outgoing To IP: ${name}";   ${options}) `,
				];
			if (!NAME.test(type)) return [];
			const kind = type.startsWith('domain') ? 'Domain' : 'Hostname';
			return engine === 'suricata'
				? [
						`alert dns any any -> any any (msg: "MISP e${event.id} [] ${kind} ${name}"; dns.query; content:"${name}"; nocase;  ${options}) `,
					]
				: [
						`alert udp any any -> any 53 (msg: "MISP e${event.id} [] ${kind}: ${name}"; content:"${name}"; fast_pattern; nocase;  ${options}) `,
					];
		});
		return lines([...header, ...made]);
	};
}

export function openioc({ attributes }: Source): string {
	const items = attributes.map(
		({ type, value }) =>
			`<IndicatorItem condition="is"><Context document="${escapeXml(type)}" search="${escapeXml(type)}" type="misp"/><Content type="string">${escapeXml(value)}</Content></IndicatorItem>`,
	);
	return `<?xml version="1.0" encoding="utf-8"?>\n<ioc xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="http://schemas.mandiant.com/2010/ioc"><definition><Indicator operator="OR">${items.join('')}</Indicator></definition></ioc>\n`;
}
