import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '..', '..', 'examples');
const text = readFileSync(join(FOLDER, 'compose.yaml'), 'utf8');
const example = readFileSync(join(FOLDER, 'env.example'), 'utf8');

/** `docker compose config`, by whichever of the two programs is installed; undefined where neither is. */
function composeConfig(env: NodeJS.ProcessEnv): { status: number | null; stderr: string } | undefined {
	const args = ['-f', join(FOLDER, 'compose.yaml'), 'config', '--quiet'];
	for (const [command, before] of [
		['docker-compose', []],
		['docker', ['compose']],
	] as const) {
		const found = spawnSync(command, [...before, 'version'], { stdio: 'ignore' });
		if (found.status !== 0) continue;
		return spawnSync(command, [...before, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
	}
	return undefined;
}

const settings = [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
const filledIn = Object.fromEntries(settings.map(([name, value]) => [name, value || 'filledIn']));

describe('examples/compose.yaml', () => {
	const { services, volumes }: { services: Record<string, { volumes: string[] }>; volumes: object } = parse(text);

	it('is accepted by docker compose with env.example filled in, and says what is missing without', () => {
		const accepted = composeConfig(filledIn);
		// Where no Compose is installed, the other tests of this file hold what can be held without it.
		if (!accepted) return;
		expect(accepted).toMatchObject({ status: 0, stderr: '' });
		const refused = composeConfig({ ...filledIn, N8N_ENCRYPTION_KEY: '' });
		expect(refused?.status).not.toBe(0);
		expect(refused?.stderr).toContain('Copy env.example to .env');
	});

	it('asks for nothing that env.example does not have', () => {
		const required = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name);
		expect(required.filter((name) => !settings.some(([known]) => known === name))).toEqual([]);
	});

	it('keeps the data of MISP and n8n, and the package, in volumes that it declares', () => {
		const used = Object.values(services).flatMap((service) => service.volumes.map((volume) => volume.split(':')[0]));
		expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
		expect(services['n8n']?.volumes).toContain('n8n_data:/home/node/.n8n');
	});

	it('holds no password of its own', () => {
		expect(text).not.toMatch(/PASSWORD: (?!\$\{\w+:\?)/);
		expect(settings.filter(([name, value]) => /PASSWORD|KEY/.test(name) && value !== '')).toEqual([]);
	});

	it('listens on this machine only', () => {
		expect(text.match(/^ +- '.*:\d+'$/gm)?.every((line) => line.includes("'127.0.0.1:"))).toBe(true);
	});
});
