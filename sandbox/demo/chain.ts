import { CONTROL_TAGS, type EventState } from '../mispClient';
import type { Progress } from '../n8n/progress';
import { addAnalystEvents, type AnalystEvents, changeOfMind } from './analyst';
import type { Run } from './outcomes';
import type { DemoServers, HeldIoc } from './servers';

export const CHAIN = ['fetch-feeds', 'tag-and-publish', 'upload-iocs', 'delete-iocs'] as const;
export type ChainStep = (typeof CHAIN)[number];

/** What the servers held at one moment. */
export interface Snapshot {
	/** The events that carry a control tag; on a stand-in MISP, all events. */
	events: EventState[];
	/** `undefined` when Orion cannot say. */
	iocs: HeldIoc[] | undefined;
}

/** The whole run, for the checks and the report. `after` is the state when a step was done. */
export interface ChainRecord {
	analyst: AnalystEvents;
	runs: Readonly<Record<ChainStep, Run>>;
	after: Readonly<Record<ChainStep, Snapshot>>;
}

/** A workflow that stopped with an error. The message says at which node, in n8n's words. */
export class ChainBroken extends Error {}

const DOING: Readonly<Record<ChainStep, string>> = {
	'fetch-feeds': 'fetching the feeds into MISP',
	'tag-and-publish': 'tagging and publishing events',
	'upload-iocs': 'uploading IOCs to Orion',
	'delete-iocs': 'deleting from Orion what was marked and revoked',
};

/** Runs the four workflows in their order, with an analyst at work before and in between. */
export async function runChain(
	servers: DemoServers,
	runWorkflow: (name: ChainStep) => Promise<Run>,
	progress: Progress,
): Promise<ChainRecord> {
	const step = async (name: ChainStep): Promise<{ run: Run; snapshot: Snapshot }> => {
		progress.update(DOING[name]);
		const run = await runWorkflow(name);
		if (run.execution.error) {
			const { node, message, description } = run.execution.error;
			throw new ChainBroken(
				`The workflow "${name}" stopped at the node "${node}": ${message}${description === '' ? '' : `\n${description}`}`,
			);
		}
		return { run, snapshot: await takeSnapshot(servers) };
	};

	const analyst = await addAnalystEvents(servers.misp.client);
	const fetched = await step('fetch-feeds');
	const tagged = await step('tag-and-publish');
	const uploaded = await step('upload-iocs');
	await changeOfMind(servers.misp.client, analyst);
	const deleted = await step('delete-iocs');

	return {
		analyst,
		runs: {
			'fetch-feeds': fetched.run,
			'tag-and-publish': tagged.run,
			'upload-iocs': uploaded.run,
			'delete-iocs': deleted.run,
		},
		after: {
			'fetch-feeds': fetched.snapshot,
			'tag-and-publish': tagged.snapshot,
			'upload-iocs': uploaded.snapshot,
			'delete-iocs': deleted.snapshot,
		},
	};
}

async function takeSnapshot({ misp, orion }: DemoServers): Promise<Snapshot> {
	const events = await misp.client.events(misp.real ? { tags: Object.values(CONTROL_TAGS) } : {});
	return { events, iocs: orion.held() };
}
