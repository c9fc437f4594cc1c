import { randomUUID } from 'node:crypto';

export interface Setting {
	readonly name: string;
	readonly level: number;
	value: string | number | boolean;
	readonly description: string;
	readonly test: string;
	readonly type: 'string' | 'boolean' | 'numeric';
	readonly tab: string;
	readonly subGroup?: string;
	/** Set by hand, as opposed to being the default. */
	set: boolean;
}

type Seed = readonly [
	name: string,
	level: number,
	value: Setting['value'],
	description: string,
	test: string,
	subGroup?: string,
];

const SEEDS: readonly Seed[] = [
	['MISP.live', 0, true, 'Unless set to true, the instance will only be accessible by site admins.', 'testLive'],
	['MISP.org', 1, 'ORGNAME', 'The organisation tag of the hosting organisation.', 'testForEmpty'],
	['MISP.language', 0, 'eng', 'Select the language MISP should use.', 'testLanguage'],
	['MISP.disable_emailing', 0, true, 'You can disable all e-mailing using this setting.', 'testDisableEmail'],
	['MISP.welcome_text_top', 2, '', 'Used on the login page, before the MISP logo', 'testForEmpty'],
	['MISP.default_event_distribution', 0, '1', 'The default distribution setting for events.', 'testForEmpty'],
	['Plugin.Enrichment_services_enable', 0, false, 'Enable/disable the enrichment services', 'testBool', 'Enrichment'],
	[
		'Plugin.Enrichment_services_url',
		1,
		'http://127.0.0.1',
		'The url used to access the enrichment services.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_services_port',
		1,
		6666,
		'The port used to access the enrichment services.',
		'testForPortNumber',
		'Enrichment',
	],
	['Plugin.Enrichment_timeout', 1, 10, 'Set a timeout for the enrichment services', 'testForEmpty', 'Enrichment'],
	[
		'Plugin.Enrichment_cytomic_orion_enabled',
		1,
		false,
		'Enable or disable the cytomic_orion module.',
		'testBool',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_restrict',
		1,
		'',
		'Restrict the cytomic_orion module to the given organisation.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_api_url',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_token_url',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_clientid',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_clientsecret',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_clientsecret_username',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_username',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_password',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_scope',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_grant_type',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_upload_timeframe',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_upload_tag',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_delete_tag',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_upload_ttlDays',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_upload_threat_level_id',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_limit_upload_events',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
	[
		'Plugin.Enrichment_cytomic_orion_limit_upload_attributes',
		1,
		'',
		'Set this required module specific setting.',
		'testForEmpty',
		'Enrichment',
	],
];

/** Values that the server never tells. */
const REDACTED = new Set(['Security.salt', 'Security.encryption_key', 'GnuPG.password']);

export class SettingBook {
	private readonly byName: Map<string, Setting>;

	constructor(baseUrl: string, backgroundJobs: boolean) {
		const all: readonly Seed[] = [
			['MISP.baseurl', 0, baseUrl, 'The base url of the application.', 'testBaseURL'],
			['MISP.uuid', 0, randomUUID(), 'The MISP instance UUID.', 'testUuid'],
			['MISP.background_jobs', 1, backgroundJobs, "Enables the use of MISP's background processing.", 'testBoolTrue'],
			...SEEDS,
		];
		this.byName = new Map(
			all.map(([name, level, value, description, test, subGroup]) => [
				name,
				{
					name,
					level,
					value,
					description,
					test,
					type: typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'numeric' : 'string',
					tab: name.startsWith('Plugin.') ? 'Plugin' : 'MISP',
					set: !name.startsWith('Plugin.'),
					...(subGroup === undefined ? {} : { subGroup }),
				},
			]),
		);
	}

	find(name: string): Setting | 'redacted' | undefined {
		return REDACTED.has(name) ? 'redacted' : this.byName.get(name);
	}

	/** For seeding: `set('Plugin.Enrichment_cytomic_orion_upload_tag', 'cytomic-orion:action="upload"')` */
	set(name: string, value: Setting['value']): void {
		const setting = this.byName.get(name);
		if (!setting) throw new Error(`No setting ${name} in the sandbox's MISP`);
		setting.value = value;
		setting.set = true;
	}

	all(): Setting[] {
		return [...this.byName.values()];
	}
}

/** In `serverSettings`: what was never set shows its default with an error. */
export function settingShape({ name, level, value, test, type, tab, subGroup, set }: Setting) {
	return {
		level,
		value,
		test,
		type,
		...(set ? {} : { error: 1 }),
		errorMessage: set ? null : 'Value not set.',
		...(subGroup === undefined ? {} : { subGroup }),
		tab,
		setting: name,
	};
}
