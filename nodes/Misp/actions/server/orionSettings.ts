/** Where a setting of MISP's own Cytomic Orion module goes in this package. */
export interface OrionSetting {
	/** Name after "Plugin.Enrichment_cytomic_orion_". */
	name: string;
	/** The credential or the node that has it, as shown there. */
	goesTo: string;
	/** The field there, by its displayed name; '' where there is none. */
	field: string;
	note: string;
}

export const orionPrefix = 'Plugin.Enrichment_cytomic_orion_';

const credential = 'Cytomic Orion API (credential)';
const search = 'MISP Threat Sharing: Attribute > Get Many';
const importing = 'Cytomic Orion: IOC > Import';

/** In the order in which one fills in the new place. */
export const orionSettings: readonly OrionSetting[] = [
	{ name: 'api_url', goesTo: credential, field: 'API URL', note: 'The same address' },
	{ name: 'token_url', goesTo: credential, field: 'Token URL', note: 'The same address' },
	{ name: 'clientid', goesTo: credential, field: 'Client ID', note: 'The same value' },
	{
		name: 'clientsecret',
		goesTo: credential,
		field: 'Client Secret',
		note: 'Copy it from where it is kept: it is never shown here',
	},
	{ name: 'username', goesTo: credential, field: 'User Name', note: 'The same value' },
	{ name: 'clientsecret_username', goesTo: credential, field: 'User Name', note: 'Older name of the same setting' },
	{
		name: 'password',
		goesTo: credential,
		field: 'Password',
		note: 'Copy it from where it is kept: it is never shown here',
	},
	{ name: 'scope', goesTo: '', field: '', note: 'Not needed: the credential asks for the right scope itself' },
	{
		name: 'grant_type',
		goesTo: '',
		field: '',
		note: 'Not needed: the credential signs in with the password grant itself',
	},
	{ name: 'upload_timeframe', goesTo: search, field: 'Changed Since', note: 'Days back from now, such as 50d' },
	{ name: 'upload_tag', goesTo: search, field: 'Tags: Any Of', note: 'The tag that marks what goes to Orion' },
	{
		name: 'delete_tag',
		goesTo: search,
		field: 'Tags: Any Of',
		note: 'The tag that marks what is to be erased in Orion, in the workflow that deletes',
	},
	{ name: 'upload_ttlDays', goesTo: importing, field: 'Time to Live', note: 'Days until the IOC expires' },
	{
		name: 'upload_threat_level_id',
		goesTo: search,
		field: 'Minimum Severity',
		note: '1 High, 2 Medium and Above, 3 Low and Above',
	},
	{ name: 'limit_upload_events', goesTo: '', field: '', note: 'Not needed: all pages are read, so nothing is cut off' },
	{
		name: 'limit_upload_attributes',
		goesTo: '',
		field: '',
		note: 'Not needed: all pages are read, so nothing is cut off',
	},
	{
		name: 'enabled',
		goesTo: '',
		field: '',
		note: 'Switch MISP’s own module off once the workflows run, so that nothing is sent twice',
	},
	{ name: 'restrict', goesTo: '', field: '', note: 'Not needed: who may use the credential is set in n8n' },
];
