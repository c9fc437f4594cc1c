import { join } from 'node:path';
import { PROJECT } from '../../sandbox/n8n/package';
import { type Finished, run } from '../../sandbox/n8n/processes';

const demo = async (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> =>
	await run(process.execPath, [join(PROJECT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), join(PROJECT, 'sandbox', 'demo.ts'), ...args], {
		cwd: PROJECT,
		env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...env },
	});

describe('npm run demo', () => {
	it('runs the whole chain, shows it in tables and ends well', async () => {
		const { code, stdout, stderr } = await demo([]);
		expect(`${stdout}${code === 0 ? '' : stderr}`).toMatch(/All \d+ checks hold/);
		for (const heading of ['Feeds', 'Events in MISP', 'IOCs in Orion', 'Skipped, by reason', 'Deleted from Orion', 'Checked against the servers']) {
			expect(stdout).toContain(heading);
		}
		expect(stdout).not.toContain('✗');
		expect(code).toBe(0);
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

	it('does not write to a real server without a yes', async () => {
		const { code, stdout, stderr } = await demo([], { MISP_URL: 'https://misp.example', MISP_KEY: 'key' });
		expect(stdout).toContain('https://misp.example');
		expect(stderr).toContain('--yes');
		expect(code).toBe(3);
	});
});
