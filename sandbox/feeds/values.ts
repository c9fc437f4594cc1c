import type { Chance } from './chance';

const FIRST = [
	'silver',
	'quiet',
	'amber',
	'hollow',
	'rapid',
	'northern',
	'velvet',
	'broken',
	'golden',
	'distant',
	'paper',
	'iron',
] as const;
const SECOND = [
	'otter',
	'lantern',
	'harbor',
	'meadow',
	'falcon',
	'anvil',
	'comet',
	'willow',
	'granite',
	'beacon',
	'orchid',
	'raven',
] as const;
const HOSTS = ['cdn', 'mail', 'login', 'update', 'files', 'portal', 'static', 'vpn'] as const;
const PATHS = [
	'index.php',
	'wp-content/plugins/x.php',
	'dl/invoice.zip',
	'gate.php?id=7',
	'a/b/c.bin',
	'assets/app.js',
] as const;
const FILES = ['invoice_2026.exe', 'setup.exe', 'scan0412.js', 'update.msi', 'report.docm', 'svchost32.exe'] as const;

/**
 * Makes up values that pass for real ones: they must not be of the special-purpose kind (RFC 5737, `.example`, …),
 * which a careful client leaves out. All names are under one made-up domain, all addresses in one small range.
 */
export class Values {
	private made = new Set<string>();
	private addresses = 0;

	constructor(
		private readonly chance: Chance,
		private readonly parent: string,
		/** The first of the last bytes in 45.155.204.0/24 that this feed may use. */
		private readonly firstAddress: number,
	) {}

	md5(): string {
		return this.chance.hex(32);
	}

	sha1(): string {
		return this.chance.hex(40);
	}

	sha256(): string {
		return this.chance.hex(64);
	}

	ip(): string {
		return `45.155.204.${this.firstAddress + this.addresses++}`;
	}

	domain(): string {
		return this.once(() => `${this.chance.pick(FIRST)}-${this.chance.pick(SECOND)}.${this.parent}`);
	}

	hostname(): string {
		return this.once(
			() => `${this.chance.pick(HOSTS)}.${this.chance.pick(FIRST)}-${this.chance.pick(SECOND)}.${this.parent}`,
		);
	}

	url(): string {
		return `${this.chance.pick(['http', 'https'])}://${this.hostname()}/${this.chance.pick(PATHS)}`;
	}

	email(): string {
		return `${this.chance.pick(SECOND)}@${this.hostname()}`;
	}

	filename(): string {
		return this.chance.pick(FILES);
	}

	port(): string {
		return this.chance.pick(['443', '8080', '8443', '4444']);
	}

	private once(make: () => string): string {
		for (let tries = 0; tries < 1_000; tries++) {
			const value = make();
			if (this.made.has(value)) continue;
			this.made.add(value);
			return value;
		}
		throw new Error(`The names under ${this.parent} are used up.`);
	}
}
