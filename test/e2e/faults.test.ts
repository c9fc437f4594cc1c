import { type Execution, itemsOf } from '../../sandbox/n8n/execution';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import { mispCredential, orionCredential } from '../../sandbox/standIns';
import { workflowNamed } from '../../sandbox/workflows';
import { broken, type Cell, undisturbed } from '../workflows/faults/cells';
import { deletion, reportOf as deletionReport, smallSlices as deletionSlices } from '../workflows/faults/deletion';
import { faults } from '../workflows/faults/faults';
import type { Job, Report, Snapshot } from '../workflows/faults/job';
import { slice, type Slicing } from '../workflows/faults/slicing';
import { smallSlices, upload, reportOf as uploadReport } from '../workflows/faults/upload';
import type { World } from '../workflows/world';

// n8n waits in real time here: faults that pass, or that n8n does not wait for.
const chosen: ReadonlyArray<readonly [Job, request: string, fault: string]> = [
	[upload, 'the sign-in at Orion', '401 for ever'],
	[upload, 'the search for attributes to upload', 'half of the JSON comes as if it were all'],
	[upload, 'the search for attributes to upload', '403'],
	[upload, 'the import of hashes', 'the connection is reset'],
	[upload, 'the import of hashes', '401 once'],
	[upload, 'the import of hashes', 'a count that is too low'],
	[upload, 'the import of addresses', '429 with Retry-After'],
	[upload, 'the import of domains', '200 with a web page'],
	[upload, 'the import of URLs', '200 with success: false'],
	[upload, 'the import of URLs', 'the port is shut for good'],
	[upload, 'the marking', '200 with nothing'],
	[upload, 'the untagging', '403'],
	[upload, 'the untagging in the middle', 'the connection is reset'],
	[upload, 'the order to publish again', '404'],
	[deletion, 'the search for what is still wanted', '200 with nothing'],
	[deletion, 'the search for what is still wanted', 'half of the JSON comes as if it were all'],
	[deletion, 'the erasing of hashes', 'the connection is reset'],
	[deletion, 'the erasing of addresses', '200 with a web page'],
	[deletion, 'the marking', '200 with success: false'],
	[deletion, 'the untagging', '404'],
];

interface InN8n {
	slices: Slicing;
	report: (items: (node: string) => Execution['runData'][string][number][number], error?: string) => Report;
}
const inN8n = new Map<Job, InN8n>([
	[upload, { slices: smallSlices, report: uploadReport }],
	[deletion, { slices: deletionSlices, report: deletionReport }],
]);

describe('requests that go wrong, in a running n8n', () => {
	let n8n: N8n;
	let server: N8nServer;
	const workflows = new WeakMap<World, string>();
	const ends = new Map<Job, Snapshot>();

	beforeAll(async () => {
		n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		server = await n8n.start();
	});
	afterAll(async () => await n8n?.remove());

	async function install(world: World, name: string, slices: Slicing): Promise<string> {
		const workflow = await workflowNamed(name);
		slice(workflow.nodes, slices);
		const credentials = [
			await server.createCredential(mispCredential({ url: world.misp.url, key: world.misp.keys.admin })),
			await server.createCredential(orionCredential({ ...world.orion, ...world.orion.credentials })),
		];
		return await server.createWorkflow(workflow, credentials);
	}

	/** The same job, run by n8n instead of by its engine alone. */
	function served(job: Job): Job {
		const how = inN8n.get(job);
		if (!how) throw new Error(`${job.name} is no template`);
		return {
			...job,
			run: async (world) => {
				const id = workflows.get(world) ?? (await install(world, job.name, how.slices));
				workflows.set(world, id);
				const execution = await server.runWorkflow(id);
				return how.report((node) => itemsOf(execution, node), execution.error?.message);
			},
		};
	}

	function cell(job: Job, request: string, wrong: string): Cell {
		const kind = job.kinds.find(({ name }) => name === request);
		const fault = faults.find(({ name }) => name === wrong);
		if (!kind || !fault) throw new Error(`There is no cell "${request}" × "${wrong}"`);
		return { kind, fault };
	}

	it.each([upload, deletion])('$name makes no other requests than in the engine', async (job) => {
		const { end, unknown, unmet } = await undisturbed(served(job));
		expect({ unknown, unmet }).toEqual({ unknown: [], unmet: [] });
		ends.set(job, end);
	});

	it.each(chosen.map(([job, request, wrong]) => ({ job, name: job.name, request, wrong })))(
		'$name, $request: $wrong – nothing is lost and the next run does the rest',
		async ({ job, request, wrong }) => {
			const end = ends.get(job);
			if (!end) throw new Error('It is not known what the undisturbed run comes to');
			expect(await broken(served(job), cell(job, request, wrong), end)).toEqual([]);
		},
	);
});
