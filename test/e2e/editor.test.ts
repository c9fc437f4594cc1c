import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { PROJECT, withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import type { Workflow } from '../../sandbox/n8n/workflow';
import { mispCredential, orionCredential, type StandIns, startStandIns } from '../../sandbox/standIns';
import { workflowNamed } from '../../sandbox/workflows';
import { CHROMIUM, FLAGS } from './editor/browser';

const PICTURES = process.env['EDITOR_PICTURES'];
const WORKFLOWS = readdirSync(join(PROJECT, 'workflows')).map((file) => basename(file, '.json'));
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

describe("n8n's editor", () => {
	let standIns: StandIns;
	let n8n: N8n;
	let server: N8nServer;
	let browser: Browser;
	let page: Page;
	const workflows = new Map<string, { id: string; workflow: Workflow }>();
	const pageErrors: string[] = [];
	const hosts = new Set<string>();

	beforeAll(async () => {
		standIns = await startStandIns();
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		server = await n8n.start();
		const credentials = [
			await server.createCredential(mispCredential({ url: standIns.misp.url, key: standIns.misp.keys.admin })),
			await server.createCredential(orionCredential({ ...standIns.orion, ...standIns.orion.credentials })),
		];
		for (const name of WORKFLOWS) {
			const workflow = await workflowNamed(name);
			workflows.set(name, { workflow, id: await server.createWorkflow(workflow, credentials) });
		}
		if (CHROMIUM === undefined) throw new Error('These tests need Chromium: install it, or name it in CHROMIUM_PATH');
		browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
		page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
		page.on('pageerror', (error) => pageErrors.push(error.message));
		page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
		await logIn();
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.remove();
		await standIns?.close();
	});

	async function logIn(): Promise<void> {
		await page.goto(server.url);
		await page.fill('input[name=emailOrLdapLoginId]', server.login.email, { timeout: 60_000 });
		await page.fill('input[name=password]', server.login.password);
		await page.click('[data-test-id=form-submit-button]');
		await page.waitForURL(/\/home\//, { timeout: 60_000, waitUntil: 'commit' });
	}

	/** For a person to look at: kept where EDITOR_PICTURES names a folder. */
	async function picture(name: string): Promise<void> {
		if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
	}

	async function open(name: string): Promise<Workflow> {
		const found = workflows.get(name);
		if (!found) throw new Error(`There is no workflow ${name}`);
		await page.goto(`${server.url}/workflow/${found.id}`, { waitUntil: 'commit' });
		const nodes = found.workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
		await page
			.locator('[data-test-id=canvas-node]')
			.nth(nodes.length - 1)
			.waitFor({ state: 'attached', timeout: 60_000 });
		return found.workflow;
	}

	it.each(WORKFLOWS)('opens %s with all its nodes known and nothing left to fix', async (name) => {
		await open(name);
		await picture(name);
		expect(await page.locator('[data-test-id=node-not-installed]').count()).toBe(0);
		expect(await page.locator('[data-test-id=node-issues]').count()).toBe(0);
		expect(pageErrors).toEqual([]);
	});

	it.each([
		['MISP Threat Sharing', 'n8n-nodes-misp-cytomic-orion.misp'],
		['Cytomic Orion', 'n8n-nodes-misp-cytomic-orion.cytomicOrion'],
	])('opens the panel of a %s node, with its resources and operations', async (_, type) => {
		await open('upload-iocs');
		await page.locator(`[data-test-id=canvas-node][data-node-type="${type}"]`).first().dblclick();
		const panel = page.locator('[data-test-id=ndv]');
		await panel.waitFor({ timeout: 30_000 });
		await panel.locator('[data-test-id=parameter-input-resource]').waitFor({ timeout: 30_000 });
		await panel.locator('[data-test-id=parameter-input-operation]').waitFor();
		await picture(type);
		expect(await panel.locator('[data-test-id=parameter-issues]').count()).toBe(0);
		expect(pageErrors).toEqual([]);
	});

	it('asked nobody but this machine for anything', () => {
		expect([...hosts].filter((host) => host !== '' && host !== '127.0.0.1')).toEqual([]);
	});
});
