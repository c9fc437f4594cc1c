import { join } from 'node:path';
import { PROJECT } from '../../sandbox/n8n/package';
import { startMisp } from '../../sandbox/misp';
import { type Finished, run } from '../../sandbox/n8n/processes';

const demo = async (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> =>
	await run(
		process.execPath,
		[join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), join(PROJECT, 'sandbox', 'demo.ts'), ...args],
		{
			cwd: PROJECT,
			env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...env },
		},
	);

const ORION = {
	ORION_API_URL: 'http://127.0.0.1:9/api',
	ORION_CLIENT_ID: 'id',
	ORION_CLIENT_SECRET: 'secret',
	ORION_USERNAME: 'application',
	ORION_PASSWORD: 'password',
};

describe('npm run demo', () => {
	it('runs the whole chain, shows it in tables and ends well', async () => {
		const { code, stdout, stderr } = await demo([]);
		expect(`${stdout}${code === 0 ? '' : stderr}`).toMatch(/All \d+ checks hold/);
		for (const heading of [
			'Feeds',
			'Events in MISP',
			'IOCs in Orion',
			'Skipped, by reason',
			'Deleted from Orion',
			'Checked against the servers',
		]) {
			expect(stdout).toContain(heading);
		}
		expect(stdout).not.toContain('✗');
		expect(code).toBe(0);
	});

	it.each([
		['MISP_URL', { MISP_URL: 'http://127.0.0.1:9', MISP_KEY: 'key' }, /MISP_URL.*cannot be reached/],
		[
			'ORION_TOKEN_URL',
			{ ...ORION, ORION_TOKEN_URL: 'http://127.0.0.1:9/token' },
			/ORION_TOKEN_URL.*cannot be reached/,
		],
	])('says at once that %s leads nowhere', async (_, settings, words) => {
		const { code, stdout, stderr } = await demo(['--yes'], settings);
		expect(stderr).toMatch(words);
		expect(stderr).not.toMatch(/\n\s+at /);
		expect(`${stdout}${stderr}`).not.toContain('starting n8n');
		expect(code).toBe(1);
	});

	it('writes nothing when MISP does not take the key, and says so', async () => {
		const misp = await startMisp();
		const { code, stderr } = await demo(['--yes'], { MISP_URL: misp.url, MISP_KEY: 'x'.repeat(40) });
		const written = misp.requests.filter(({ method }) => method !== 'GET');
		await misp.close();
		expect(stderr).toMatch(/MISP does not accept.*key/i);
		expect(stderr).not.toMatch(/\n\s+at /);
		expect(written).toEqual([]);
		expect(code).toBe(1);
	});

	it('explains itself', async () => {
		const { code, stdout } = await demo(['--help']);
		expect(stdout).toContain('MISP_URL');
		expect(code).toBe(0);
	});

	it('refuses half the settings of a server, and says which are missing', async () => {
		const { code, stderr } = await demo([], { MISP_URL: 'https://misp.example', MISP_KEY: '' });
		expect(stderr).toContain('MISP_KEY');
		expect(code).toBe(2);
	});

	it('refuses an address that is none', async () => {
		const { code, stderr } = await demo([], { MISP_URL: 'misp.example', MISP_KEY: 'key' });
		expect(stderr).toMatch(/MISP_URL must be an address/);
		expect(code).toBe(2);
	});

	it('does not write to a real server without a yes', async () => {
		const { code, stdout, stderr } = await demo([], { MISP_URL: 'https://misp.example', MISP_KEY: 'key' });
		expect(stdout).toContain('https://misp.example');
		expect(stderr).toContain('--yes');
		expect(code).toBe(3);
	});
});
