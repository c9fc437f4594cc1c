import { CONTROL_TAGS, MispClient } from '../../sandbox/mispClient';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { type Execution, itemsOf } from '../../sandbox/n8n/execution';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import { mispCredential, orionCredential, type StandIns, startStandIns } from '../../sandbox/standIns';
import { workflowNamed, workflowNames } from '../../sandbox/workflows';

/** The workflows in the order in which they do the main job; the tests below go through it once, step by step. */
describe("the workflows, imported and executed by n8n's command line", () => {
	let standIns: StandIns;
	let n8n: N8n;
	let misp: MispClient;
	const ids = new Map<string, string>();

	beforeAll(async () => {
		standIns = await startStandIns();
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		misp = new MispClient({ url: standIns.misp.url, key: standIns.misp.keys.admin });
		await n8n.importCredentials([
			{ id: 'mispCredential01', ...mispCredential({ url: standIns.misp.url, key: standIns.misp.keys.admin }) },
			{ id: 'orionCredential1', ...orionCredential({ ...standIns.orion, ...standIns.orion.credentials }) },
		]);
		const names = await workflowNames();
		const workflows = await Promise.all(names.map(workflowNamed));
		const imported = await n8n.importWorkflows(workflows);
		names.forEach((name, index) => ids.set(name, imported[index] ?? ''));
	});
	afterAll(async () => {
		await n8n?.remove();
		await standIns?.close();
	});

	async function execute(name: string): Promise<Execution> {
		const execution = await n8n.execute(ids.get(name) ?? '');
		expect(execution.error).toBeUndefined();
		return execution;
	}
	const eventsTagged = async (tag: string) => await misp.events({ tags: [tag] });

	it('first-test reaches both servers', async () => {
		await execute('first-test');
		expect(standIns.misp.requests.length).toBeGreaterThan(0);
		expect(standIns.orion.requests.length).toBeGreaterThan(0);
	});

	it('prepare-misp makes everything ready, and says so', async () => {
		const checklist = itemsOf(await execute('prepare-misp'), 'Checklist');
		expect(checklist.length).toBeGreaterThan(0);
		expect(checklist.filter(({ ready }) => ready !== true)).toEqual([]);
	});

	it('review-feeds ranks every feed', async () => {
		const { feeds } = standIns.misp;
		// The feeds that MISP brings with it are on the internet.
		feeds.feeds.splice(0, feeds.feeds.length, ...feeds.feeds.filter(({ url }) => url.startsWith(standIns.feeds.url)));
		const table = itemsOf(await execute('review-feeds'), 'Feeds, best first');
		expect(table.map(({ name }) => name).sort()).toEqual(standIns.feeds.feeds.map(({ name }) => name).sort());
	});

	it('fetch-feeds brings the events of all feeds into MISP', async () => {
		await execute('fetch-feeds');
		expect((await misp.events()).length).toBeGreaterThanOrEqual(standIns.feeds.feeds.length);
	});

	it('tag-and-publish leaves events tagged for upload, with local tags, and published', async () => {
		await execute('tag-and-publish');
		const events = await eventsTagged(CONTROL_TAGS.upload);
		expect(events.length).toBeGreaterThan(0);
		expect(events.every(({ published }) => published)).toBe(true);
		expect(
			events.flatMap(({ tags }) => tags).filter(({ name, local }) => name === CONTROL_TAGS.upload && !local),
		).toEqual([]);
	});

	it('upload-iocs puts their IOCs into Orion with a time to live, and marks the events', async () => {
		const tagged = await eventsTagged(CONTROL_TAGS.upload);
		await execute('upload-iocs');
		expect(standIns.orion.iocs.size).toBeGreaterThan(0);
		expect([...standIns.orion.iocs.values()].every(({ daysToExpiration }) => daysToExpiration === 365)).toBe(true);
		expect(await eventsTagged(CONTROL_TAGS.upload)).toEqual([]);
		const uploaded = await eventsTagged(CONTROL_TAGS.uploaded);
		expect(uploaded.map(({ uuid }) => uuid).sort()).toEqual(tagged.map(({ uuid }) => uuid).sort());
		expect(uploaded.every(({ published }) => published)).toBe(true);
	});

	it('upload-iocs with nothing left to upload sends nothing', async () => {
		const sent = standIns.orion.counts.importCalls;
		await execute('upload-iocs');
		expect(standIns.orion.counts.importCalls).toBe(sent);
	});

	it('delete-iocs with nothing to delete deletes nothing', async () => {
		const { size } = standIns.orion.iocs;
		const { eraseCalls } = standIns.orion.counts;
		await execute('delete-iocs');
		expect(standIns.orion.iocs.size).toBe(size);
		expect(standIns.orion.counts.eraseCalls).toBe(eraseCalls);
	});

	it('delete-iocs removes what was tagged for deletion, and untags it', async () => {
		const [event] = await eventsTagged(CONTROL_TAGS.uploaded);
		if (!event) throw new Error('No event was uploaded');
		const held = standIns.orion.iocs.size;
		await misp.tag(event.uuid, CONTROL_TAGS.delete);
		await execute('delete-iocs');
		expect(standIns.orion.iocs.size).toBeLessThan(held);
		expect(await eventsTagged(CONTROL_TAGS.delete)).toEqual([]);
		expect((await eventsTagged(CONTROL_TAGS.uploaded)).map(({ uuid }) => uuid)).not.toContain(event.uuid);
	});

	it('full-pipeline does all of it in one run', async () => {
		const { uuid } = await misp.addEvent({
			info: 'A new event',
			threatLevel: 1,
			attributes: [{ type: 'domain', category: 'Network activity', value: 'brand-new-threat.com', to_ids: true }],
		});
		await execute('full-pipeline');
		expect(standIns.orion.iocs.has('domainioc:brand-new-threat.com')).toBe(true);
		expect((await eventsTagged(CONTROL_TAGS.uploaded)).map((event) => event.uuid)).toContain(uuid);
	});

	it('a wrong key stops the workflow with a message that says what to change', async () => {
		await n8n.importCredentials([
			{ id: 'mispCredential01', ...mispCredential({ url: standIns.misp.url, key: 'x'.repeat(40) }) },
		]);
		const execution = await n8n.execute(ids.get('fetch-feeds') ?? '');
		expect(execution.success).toBe(false);
		expect(`${execution.error?.message} ${execution.error?.description}`).toMatch(/key/i);
	});
});
