import { mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadBuiltPackage } from '../../gulp/builtPackage';
import { CONTROL_TAGS } from '../../sandbox/mispClient';
import { PROJECT } from '../../sandbox/n8n/package';
import { workflowNamed } from '../../sandbox/workflows';
import { CredentialForm } from './editor/credentialForm';
import { offeredBy, workflowOfEach } from './editor/oneOfEach';
import { type EditorWorld, seen, startEditor } from './editor/world';

const WORKFLOWS = readdirSync(join(PROJECT, 'workflows')).map((file) => basename(file, '.json'));
const workflowFile = (name: string) => join(PROJECT, 'workflows', `${name}.json`);
const EVENT = 'Invoice fraud of November';
const OTHER_EVENT = 'Mining pools';
const IOC = 'invoices.bad-actor.com';

// One after the other, as somebody goes who has just installed the package: the credentials that are made first serve the rest.
describe("n8n's editor, to somebody who has logged in", () => {
	const screens = mkdtempSync(join(tmpdir(), 'misp-orion-screens-'));
	const oneOfEach = join(screens, 'one-of-each.json');
	let world: EditorWorld;

	beforeAll(async () => {
		world = await startEditor({ width: 1600, height: 1000 });
		const { store } = world.standIns.misp;
		store.addEvent({
			info: EVENT,
			published: true,
			tags: [{ name: CONTROL_TAGS.upload, local: true }],
			attributes: [{ type: 'domain', value: IOC, to_ids: true }],
		});
		store.addEvent({ info: OTHER_EVENT, published: true, attributes: [] });
	});
	afterAll(async () => {
		await world?.close();
		// Only screens of what failed stay.
		rmSync(oneOfEach, { force: true });
		if (readdirSync(screens).length === 0) rmdirSync(screens);
	});

	/** A step that keeps the screen where it fails, and during which the page must throw no error. */
	async function shows(name: string, step: () => Promise<void>): Promise<void> {
		const before = world.browser.errors.length;
		await seen(world.page, screens, name, step);
		expect(world.browser.errors.slice(before)).toEqual([]);
	}

	describe('the Test of a credential', () => {
		it('says that the key of MISP is wrong, and is green with the right one', async () => {
			await shows('key of MISP', async () => {
				const { page, server, standIns } = world;
				const form = await CredentialForm.create(page, server.url, 'MISP Instance API');
				await form.fill({ url: standIns.misp.url, apiKey: 'x'.repeat(40) });
				expect(await form.save()).toEqual({
					ok: false,
					words: expect.stringContaining('MISP does not accept this API key'),
				});
				await form.fill({ apiKey: standIns.misp.keys.admin });
				expect(await form.save()).toMatchObject({ ok: true });
				expect(await form.test()).toMatchObject({ ok: true });
				await form.close();
			});
		});

		it('says that the password of Orion is wrong, and is green with the right one', async () => {
			await shows('password of Orion', async () => {
				const { page, server, standIns } = world;
				const { apiUrl, tokenUrl, credentials } = standIns.orion;
				const form = await CredentialForm.create(page, server.url, 'Cytomic Orion API');
				await form.fill({ apiUrl, tokenUrl, ...credentials, password: 'wrong' });
				expect(await form.save()).toEqual({ ok: false, words: expect.stringContaining('Orion refused the sign-in') });
				await form.fill({ password: credentials.password });
				expect(await form.save()).toMatchObject({ ok: true });
				expect(await form.test()).toMatchObject({ ok: true });
				await form.close();
			});
		});
	});

	describe('a workflow imported from its file', () => {
		it.each(WORKFLOWS)('%s has all its nodes known and nothing left to fix', async (name) => {
			await shows(`import ${name}`, async () => {
				const { nodes } = await workflowNamed(name);
				const steps = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length;
				await world.editor.importFile(workflowFile(name));
				expect(await world.editor.state()).toEqual({ nodes: steps, unknown: 0, withIssues: 0 });
			});
		});
	});

	describe('the panel of a node', () => {
		const offered = offeredBy(loadBuiltPackage(PROJECT));

		beforeAll(async () => {
			writeFileSync(oneOfEach, workflowOfEach(offered));
			await world.editor.importFile(oneOfEach);
		});

		it.each(offered.map(({ node, ways }) => [node, ways] as const))(
			'%s: every resource and operation shows its fields',
			async (node, ways) => {
				await shows(`panel ${node}`, async () => {
					const panel = await world.editor.open(node);
					for (const { chosen, fields } of ways) {
						await panel.choose(chosen);
						expect({ chosen, missing: await panel.missing(fields) }).toEqual({ chosen, missing: [] });
					}
					await panel.close();
				});
			},
		);

		it('finds an event in MISP while one types', async () => {
			await shows('live search', async () => {
				const panel = await world.editor.open('MISP Threat Sharing');
				await panel.choose({ resource: 'Event', operation: 'Get' });
				expect(await panel.search('event', 'fraud')).toEqual([expect.stringContaining(EVENT)]);
				await panel.pick(EVENT);
				expect(await panel.issues()).toBe(0);
				await panel.close();
			});
		});
	});

	it.each([
		['threat intelligence', 'MISP Threat Sharing'],
		['watchguard', 'Cytomic Orion'],
	])('finds by the words "%s" the node %s', async (words, node) => {
		await shows(`words ${words}`, async () => await world.editor.findNode(words, node));
	});

	it('runs upload-iocs by hand: items flow, and the IOC is in Orion', async () => {
		await shows('run', async () => {
			const { editor, standIns } = world;
			await editor.importFile(workflowFile('upload-iocs'));
			expect(standIns.orion.iocs.size).toBe(0);
			await editor.execute('Run by hand');
			for (const [from, to] of [
				['Settings', 'Events to upload'],
				['Attributes to upload', 'Upload IOCs'],
				['Upload IOCs', 'Mark as uploaded'],
			] as const)
				expect(await editor.flowed(from, to)).toEqual(['1 item']);
			expect(await editor.failed()).toBe(0);
			expect([...standIns.orion.iocs.values()].map(({ value }) => value)).toEqual([IOC]);
		});
	});

	it('asked nobody but this machine for anything', () => {
		expect([...world.browser.hosts].filter((host) => host !== '' && host !== '127.0.0.1')).toEqual([]);
	});
});
