import type { OrionAccess } from '../standIns';

export interface DemoOptions {
	help: boolean;
	/** Don't ask before writing to real servers. */
	yes: boolean;
	/** A real MISP instead of the stand-in. */
	misp?: { url: string; key: string; allowUnauthorizedCerts: boolean };
	/** A real Orion instead of the stand-in. */
	orion?: OrionAccess;
}

export const HELP = `npm run demo [-- --yes] [-- --insecure]

Runs the whole chain in a real n8n on this machine: feeds are fetched into MISP, events tagged and published,
their IOCs uploaded to Cytomic Orion with a time to live, what was marked or revoked is deleted again.
It ends with a table of what was done, checked against what MISP and Orion then hold.

Without settings, MISP, Orion and the feeds are stand-ins on this machine, and nothing leaves it.
n8n itself is installed once into your cache folder (about 2.9 GB, some minutes).

Against real servers (either or both; the other one stays a stand-in):
  MISP_URL, MISP_KEY                        a MISP and the key of a user who may tag and publish
  ORION_API_URL, ORION_TOKEN_URL            addresses of Orion's API and of its sign-in
  ORION_CLIENT_ID, ORION_CLIENT_SECRET      as published in Orion's API documentation
  ORION_USERNAME, ORION_PASSWORD            of an authorized application

  --yes        do not ask before writing to a real server
  --insecure   accept a MISP certificate that cannot be verified
  --help       this text

Exit code 0 when all went as it should, 1 when something did not, 2 for wrong settings, 3 when you said no.
`;

const FLAGS = ['--help', '-h', '--yes', '-y', '--insecure'];

const MISP_SETTINGS = ['MISP_URL', 'MISP_KEY'];
const ORION_SETTINGS = [
	'ORION_API_URL',
	'ORION_TOKEN_URL',
	'ORION_CLIENT_ID',
	'ORION_CLIENT_SECRET',
	'ORION_USERNAME',
	'ORION_PASSWORD',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that is wrong or missing; the message says which. */
export class WrongSettings extends Error {}

export function readOptions(argv: readonly string[], env: Environment): DemoOptions {
	const unknown = argv.find((argument) => !FLAGS.includes(argument));
	if (unknown !== undefined) throw new WrongSettings(`The demo has no option "${unknown}". Try --help.`);
	const options: DemoOptions = {
		help: argv.includes('--help') || argv.includes('-h'),
		yes: argv.includes('--yes') || argv.includes('-y'),
	};
	const misp = allOrNone(MISP_SETTINGS, env);
	if (misp) {
		const [url = '', key = ''] = misp;
		options.misp = { url, key, allowUnauthorizedCerts: argv.includes('--insecure') };
	}
	const orion = allOrNone(ORION_SETTINGS, env);
	if (orion) {
		const [apiUrl = '', tokenUrl = '', clientId = '', clientSecret = '', username = '', password = ''] = orion;
		options.orion = { apiUrl, tokenUrl, clientId, clientSecret, username, password };
	}
	return options;
}

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/** The values of a server's settings, or nothing when none is set. Half of them is a mistake. */
function allOrNone(names: readonly string[], env: Environment): string[] | undefined {
	const values = names.map((name) => env[name]?.trim() ?? '');
	const missing = names.filter((_, index) => values[index] === '');
	if (missing.length === names.length) return undefined;
	if (missing.length > 0) throw new WrongSettings(`Also set ${missing.join(', ')}, or none of ${names.join(', ')}.`);
	const broken = names.find((name, index) => name.endsWith('_URL') && !isWebAddress(values[index] ?? ''));
	if (broken !== undefined)
		throw new WrongSettings(`${broken} must be an address that begins with https:// or http://.`);
	return values;
}
