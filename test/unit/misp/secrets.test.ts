import { isSecret, masked } from '../../../nodes/Misp/actions/server/secrets';

test.each([
	'Plugin.Enrichment_cytomic_orion_clientsecret',
	'Plugin.Enrichment_cytomic_orion_password',
	'Plugin.Enrichment_virustotal_apikey',
	'Plugin.Enrichment_some_api_key',
	'Plugin.S3_aws_access_key',
	'Plugin.S3_aws_secret_access_key',
	'Plugin.ZeroMQ_password',
	'Plugin.Enrichment_vmray_token',
	'SimpleBackgroundJobs.redis_password',
	'Security.salt',
	'Security.encryption_key',
	'GnuPG.password',
])('%s is a secret', (setting) => {
	expect(isSecret(setting)).toBe(true);
});

test.each([
	'Plugin.Enrichment_cytomic_orion_token_url',
	'Plugin.Enrichment_cytomic_orion_clientsecret_username',
	'Plugin.Enrichment_cytomic_orion_username',
	'Plugin.Enrichment_cytomic_orion_clientid',
	'Security.password_policy_length',
	'Security.advanced_authkeys',
	'Security.advanced_authkeys_validity',
	'MISP.baseurl',
	'MISP.tagging',
])('%s is none', (setting) => {
	expect(isSecret(setting)).toBe(false);
});

test('a secret that is not set shows as not set', () => {
	expect(masked('')).toBe('');
	expect(masked(null)).toBe('');
	expect(masked('x')).not.toContain('x');
});
