// Letters, digits and hyphens; underscores too, which hostnames may not have and real DNS names do ("_dmarc").
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
// A name that ends in one of these is an IP address to every URL parser, however odd (WHATWG URL §3.5).
const ipv4Number = /^(?:\d+|0x[0-9a-f]*)$/;
// The longest name that fits in a DNS message, in text form (RFC 1035 §2.3.4).
const longestName = 253;

const isAsciiName = (name: string): boolean => {
	if (name.length > longestName) return false;
	const labels = name.split('.');
	return labels.every((part) => label.test(part)) && !ipv4Number.test(labels.at(-1) ?? '');
};

// What would end the host, or be decoded inside of it, when the name is put into a URL.
const notInHosts = /[\s/?#@:%\\[\]<>^|]/;

/** International names in the form DNS knows (IDNA, as browsers do it); ASCII names unchanged. */
function toAscii(name: string): string | undefined {
	// Nearly all names are ASCII already and need no URL parser.
	if (/^[!-~]*$/.test(name)) return name;
	if (notInHosts.test(name) || !URL.canParse(`http://${name}/`)) return undefined;
	return new URL(`http://${name}/`).hostname;
}

/**
 * A DNS name in its one canonical text: lower case, punycode, no trailing dot.
 * `undefined` for anything else: IP addresses, wildcards, ports, empty or over-long labels.
 */
export function canonicalDomain(text: string): string | undefined {
	const ascii = toAscii(text.toLowerCase());
	const name = ascii?.endsWith('.') ? ascii.slice(0, -1) : ascii;
	return name !== undefined && isAsciiName(name) ? name : undefined;
}
