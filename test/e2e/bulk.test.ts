import { createHash } from 'node:crypto';
import { type MispSandbox, startMisp } from '../../sandbox/misp';
import { CONTROL_TAGS, type EventState, MispClient } from '../../sandbox/mispClient';
import type { Execution } from '../../sandbox/n8n/execution';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import type { Credential } from '../../sandbox/n8n/workflow';
import { type OrionSandbox, startOrion } from '../../sandbox/orion';
import { mispCredential, orionCredential } from '../../sandbox/standIns';
import { workflowNamed } from '../../sandbox/workflows';

const EVENTS = 20;
const PER_EVENT = 500;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** An attribute of each kind in turn; all values differ. */
function attribute(n: number): { type: string; value: string } {
	const kinds = [
		{ type: 'md5', value: createHash('md5').update(String(n)).digest('hex') },
		{ type: 'ip-dst', value: `11.${n >> 16}.${(n >> 8) & 255}.${n & 255}` },
		{ type: 'domain', value: `host-${n}.bulk-test.com` },
		{ type: 'url', value: `https://host-${n}.bulk-test.com/path` },
	];
	return kinds[n % kinds.length] ?? { type: 'text', value: String(n) };
}

describe('10,000 IOCs of 20 events in a running n8n', () => {
	let misp: MispSandbox;
	let orion: OrionSandbox;
	let analyst: MispClient;
	let n8n: N8n;
	let server: N8nServer;
	let credentials: Credential[];

	beforeAll(async () => {
		misp = await startMisp();
		orion = await startOrion();
		analyst = new MispClient({ url: misp.url, key: misp.keys.admin });
		for (let event = 0; event < EVENTS; event++) {
			misp.store.addEvent({
				info: `Event ${event}`,
				published: true,
				tags: [{ name: CONTROL_TAGS.upload, local: event % 2 === 0 }],
				attributes: [
					...Array.from({ length: PER_EVENT }, (_, n) => ({ ...attribute(event * PER_EVENT + n), to_ids: true })),
					{ type: 'domain', value: `context-${event}.bulk-test.com`, to_ids: false },
				],
			});
		}
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball, recordConnections: true }));
		server = await n8n.start();
		credentials = [
			await server.createCredential(mispCredential({ url: misp.url, key: misp.keys.admin })),
			await server.createCredential(orionCredential({ ...orion, ...orion.credentials })),
		];
	});
	afterAll(async () => {
		await n8n?.remove();
		await Promise.all([misp?.close(), orion?.close()]);
	});

	async function run(name: string): Promise<Execution> {
		const execution = await server.runWorkflow(await server.createWorkflow(await workflowNamed(name), credentials));
		expect(execution.error).toBeUndefined();
		return execution;
	}
	const tagged = async (tag: string): Promise<EventState[]> => await analyst.events({ tags: [tag] });
	const values = (event: number): string[] =>
		Array.from({ length: PER_EVENT }, (_, n) => attribute(event * PER_EVENT + n).value);
	const held = () => new Set([...orion.iocs.values()].map(({ value }) => value));

	it('are all in Orion after upload-iocs, with a time to live', async () => {
		await run('upload-iocs');
		expect(orion.iocs.size).toBe(EVENTS * PER_EVENT);
		expect([...orion.iocs.values()].filter(({ daysToExpiration }) => daysToExpiration !== 365)).toEqual([]);
	});

	it('leave their events marked with a local tag and published, whether the upload tag was local or global', async () => {
		expect(await tagged(CONTROL_TAGS.upload)).toEqual([]);
		const uploaded = await tagged(CONTROL_TAGS.uploaded);
		expect(uploaded).toHaveLength(EVENTS);
		expect(uploaded.filter(({ published }) => !published)).toEqual([]);
		expect(uploaded.flatMap(({ tags }) => tags).filter(({ local }) => !local)).toEqual([]);
	});

	it('what is not for detection stayed out of Orion, and is marked so', async () => {
		const stayedOut = await analyst.attributes({ tags: [CONTROL_TAGS.notUploaded] });
		expect(stayedOut.map(({ value }) => value).sort()).toEqual(
			Array.from({ length: EVENTS }, (_, event) => `context-${event}.bulk-test.com`).sort(),
		);
	});

	it('those of two events are gone after delete-iocs, and only those', async () => {
		const events = await tagged(CONTROL_TAGS.uploaded);
		const doomed = [3, 14].map((number) => events.find(({ info }) => info === `Event ${number}`)?.uuid ?? '');
		for (const uuid of doomed) await analyst.tag(uuid, CONTROL_TAGS.delete);
		await run('delete-iocs');

		const left = held();
		expect(left.size).toBe((EVENTS - 2) * PER_EVENT);
		expect([...values(3), ...values(14)].filter((value) => left.has(value))).toEqual([]);
		expect(await tagged(CONTROL_TAGS.delete)).toEqual([]);
		const marked = (await tagged(CONTROL_TAGS.uploaded)).map(({ uuid }) => uuid);
		expect(marked).toHaveLength(EVENTS - 2);
		expect(doomed.filter((uuid) => marked.includes(uuid))).toEqual([]);
		expect((await analyst.events()).filter(({ published }) => !published)).toEqual([]);
	});

	it('n8n talked to nobody but this machine all the while', async () => {
		const hosts = await n8n.contacted();
		expect(hosts).toContain('127.0.0.1');
		expect(hosts.filter((host) => !LOOPBACK.includes(host))).toEqual([]);
	});
});
