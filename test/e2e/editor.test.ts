import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadBuiltPackage } from '../../gulp/builtPackage';
import { CONTROL_TAGS } from '../../sandbox/mispClient';
import { PROJECT } from '../../sandbox/n8n/package';
import type { Workflow } from '../../sandbox/n8n/workflow';
import { workflowNamed } from '../../sandbox/workflows';
import { CredentialForm } from './editor/credentialForm';
import { offeredBy, workflowOfEach } from './editor/oneOfEach';
import { type EditorWorld, seen, startEditor } from './editor/world';

const WORKFLOWS = readdirSync(join(PROJECT, 'workflows')).map((file) => basename(file, '.json'));
const workflowFile = (name: string) => join(PROJECT, 'workflows', `${name}.json`);
const EVENT = 'Invoice fraud of November';
const IOC = 'invoices.bad-actor.com';

// One after the other, as somebody goes who has just installed the package.
describe("n8n's editor", () => {
	const screens = mkdtempSync(join(tmpdir(), 'misp-orion-screens-'));
	let world: EditorWorld;

	beforeAll(async () => {
		world = await startEditor({ width: 1600, height: 1000 });
		world.standIns.misp.store.addEvent({
			info: EVENT,
			published: true,
			tags: [{ name: CONTROL_TAGS.upload, local: true }],
			attributes: [{ type: 'domain', value: IOC, to_ids: true }],
		});
	});
	afterAll(async () => {
		await world?.close();
	});

	/** A test that keeps the screen where it fails, and at the end of which the page must have seen no error. */
	const shows = (name: string, step: () => Promise<void>) =>
		it(name, async () => {
			world.browser.forget();
			await seen(world.page, screens, name, step);
			expect(world.browser.errors).toEqual([]);
		});

	describe('the Test of a credential', () => {
		shows('says that the key of MISP is wrong, and is green with the right one', async () => {
			const { page, server, standIns } = world;
			const form = await CredentialForm.create(page, server.url, 'MISP Instance API');
			await form.fill({ url: standIns.misp.url, apiKey: 'x'.repeat(40) });
			expect(await form.save()).toEqual({ ok: false, words: expect.stringMatching(/MISP.*key/i) });
			await form.fill({ apiKey: standIns.misp.keys.admin });
			expect(await form.save()).toMatchObject({ ok: true });
			expect(await form.test()).toMatchObject({ ok: true });
			await form.close();
		});

		shows('says that the password of Orion is wrong, and is green with the right one', async () => {
			const { page, server, standIns } = world;
			const { apiUrl, tokenUrl, credentials } = standIns.orion;
			const form = await CredentialForm.create(page, server.url, 'Cytomic Orion API');
			await form.fill({ apiUrl, tokenUrl, ...credentials, password: 'wrong' });
			expect(await form.save()).toEqual({ ok: false, words: expect.stringMatching(/user name and password/i) });
			await form.fill({ password: credentials.password });
			expect(await form.save()).toMatchObject({ ok: true });
			await form.close();
		});
	});

	describe('a workflow imported from its file', () => {
		it.each(WORKFLOWS)('%s has all its nodes known and nothing left to fix', async (name) => {
			world.browser.forget();
			await seen(world.page, screens, `import ${name}`, async () => {
				await world.editor.importFile(workflowFile(name), stepsOf(await workflowNamed(name)));
				expect(await world.editor.troubled()).toEqual({ unknown: 0, withIssues: 0 });
				expect(world.browser.errors).toEqual([]);
			});
		});
	});

	describe('the panel of a node', () => {
		const offered = offeredBy(loadBuiltPackage(PROJECT));

		beforeAll(async () => {
			const file = join(screens, 'one-of-each.json');
			writeFileSync(file, workflowOfEach(offered));
			await world.editor.importFile(file, offered.length + 1);
		});

		it.each(offered.map((one) => [one.node, one] as const))(
			'%s: every resource and operation shows its fields',
			async (node, { resources, fields }) => {
				world.browser.forget();
				await seen(world.page, screens, `panel ${node}`, async () => {
					const panel = await world.editor.open(node);
					expect(await panel.missing(fields)).toEqual([]);
					if (resources.length > 0) {
						const named = resources.map(({ name }) => name);
						expect(await panel.dropDown('resource').choices()).toEqual(expect.arrayContaining(named));
					}
					for (const { name, operations } of resources) {
						await panel.dropDown('resource').choose(name);
						const named = operations.map((operation) => operation.name);
						expect(await panel.dropDown('operation').choices()).toEqual(expect.arrayContaining(named));
						for (const operation of operations) {
							await panel.dropDown('operation').choose(operation.name);
							const missing = await panel.missing(operation.fields);
							expect({ resource: name, operation: operation.name, missing }).toMatchObject({ missing: [] });
						}
					}
					await panel.close();
					expect(world.browser.errors).toEqual([]);
				});
			},
		);

		shows('finds an event in MISP while one types', async () => {
			const panel = await world.editor.open('MISP Threat Sharing');
			await panel.dropDown('resource').choose('Event');
			await panel.dropDown('operation').choose('Get');
			const found = await panel.search('event', 'fraud', EVENT);
			expect(found).toEqual([expect.stringContaining(EVENT)]);
			await panel.pick(EVENT);
			expect(await panel.issues()).toBe(0);
			await panel.close();
		});
	});

	shows('finds the nodes by what people call them', async () => {
		for (const [words, node] of [
			['threat intelligence', 'MISP Threat Sharing'],
			['watchguard', 'Cytomic Orion'],
		] as const)
			expect(await world.editor.findNodes(words)).toEqual(expect.arrayContaining([expect.stringContaining(node)]));
	});

	shows('runs upload-iocs by hand: items flow, and the IOC is in Orion', async () => {
		const { editor, standIns } = world;
		await editor.importFile(workflowFile('upload-iocs'), stepsOf(await workflowNamed('upload-iocs')));
		await editor.execute('Run by hand');
		expect(await editor.flowed('Settings', 'Events to upload')).toEqual([expect.stringMatching(/^1 item/)]);
		expect(await editor.flowed('Attributes to upload', 'Upload IOCs')).toEqual([expect.stringMatching(/^1 item/)]);
		expect(await editor.failed()).toBe(0);
		expect([...standIns.orion.iocs.values()].map(({ value }) => value)).toEqual([IOC]);
	});

	it('asked nobody but this machine for anything', () => {
		expect([...world.browser.hosts].filter((host) => host !== '' && host !== '127.0.0.1')).toEqual([]);
	});
});

const stepsOf = ({ nodes }: Workflow): number =>
	nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length;
