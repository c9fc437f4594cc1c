import { createHash } from 'node:crypto';
import { CONTROL_TAGS } from '../../sandbox/mispClient';
import { itemsOf, type Execution } from '../../sandbox/n8n/execution';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import { mispCredential, orionCredential, type StandIns, startStandIns } from '../../sandbox/standIns';
import { workflowNamed } from '../../sandbox/workflows';

const names = ['upload-iocs', 'enrich-md5', 'notify-ioc-hits'];
const hash = createHash('md5').update('seen by Orion').digest('hex');

describe("what Orion knows comes back into MISP, by n8n's command line", () => {
	let standIns: StandIns;
	let n8n: N8n;
	const ids = new Map<string, string>();

	beforeAll(async () => {
		standIns = await startStandIns();
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		await n8n.importCredentials([
			{ id: 'mispCredential01', ...mispCredential({ url: standIns.misp.url, key: standIns.misp.keys.admin }) },
			{ id: 'orionCredential1', ...orionCredential({ ...standIns.orion, ...standIns.orion.credentials }) },
		]);
		const imported = await n8n.importWorkflows(await Promise.all(names.map(workflowNamed)));
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
	const sightings = () =>
		standIns.misp.sightings.sightings.map(({ attribute, type, source }) => [attribute.value, type, source]);

	it('hits of what was uploaded become sightings and one message, once; a verdict becomes one of its own', async () => {
		const { misp, orion } = standIns;
		misp.store.addEvent({
			info: 'Campaign',
			published: true,
			tags: [{ name: CONTROL_TAGS.upload, local: true }],
			attributes: [
				{ type: 'md5', value: hash, to_ids: true },
				{ type: 'domain', value: 'c2.bad-actor.com', to_ids: true },
			],
		});
		await execute('upload-iocs');
		const { muid } = orion.estate.seedComputer({ machineName: 'PC-1' });
		const hits = [hash, 'c2.bad-actor.com'].flatMap((iocValue) => orion.raiseHit({ iocValue, muid }) ?? []);
		expect(hits).toHaveLength(2);

		const first = await execute('notify-ioc-hits');
		expect(itemsOf(first, 'Message').map(({ subject }) => subject)).toEqual([
			'Cytomic Orion: 2 IOCs were seen on PC-1',
		]);
		expect(sightings()).toHaveLength(2);
		const again = await execute('notify-ioc-hits');
		expect(itemsOf(again, 'Message')).toEqual([]);
		expect(sightings()).toHaveLength(2);

		orion.closeIndicator(hits[1]?.id ?? '', { falsePositive: true });
		await execute('notify-ioc-hits');
		expect(sightings().slice(2)).toEqual([['c2.bad-actor.com', 1, 'Cytomic Orion']]);
	});

	it('a tagged MD5 gets its objects, and no second ones when it is tagged again', async () => {
		const { misp, orion } = standIns;
		const { muid } = orion.estate.seedComputer({ machineName: 'PC-1' });
		const now = Date.now();
		orion.estate.seedFile({
			md5: hash,
			fileName: 'dropper.exe',
			seenOn: [{ muid, lastPath: 'C:\\Temp\\dropper.exe', firstSeen: now - 9_000_000, lastSeen: now - 1_000_000 }],
		});
		const event = misp.store.addEvent({
			info: 'To enrich',
			published: true,
			attributes: [{ type: 'md5', value: hash }],
		});
		const tag = () =>
			misp.store.attach({ kind: 'event', event }, misp.store.addTag('cytomic-orion:action="enrich"'), true);
		for (let times = 0; times < 2; times += 1) {
			tag();
			await execute('enrich-md5');
			expect(misp.objects.ofEvent(event).map(({ name }) => name)).toEqual([
				'cytomic-orion-file',
				'cytomic-orion-machine',
			]);
			expect(event.tags).toEqual([]);
			expect(event.published).toBe(true);
		}
	});
});
