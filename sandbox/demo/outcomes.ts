import { isRecord } from '../json';
import { type Execution, type ItemJson, itemsOf } from '../n8n/execution';
import { nodesOfType, type Workflow } from '../n8n/workflow';

const MISP_NODE = 'n8n-nodes-misp-cytomic-orion.misp';
const ORION_NODE = 'n8n-nodes-misp-cytomic-orion.cytomicOrion';

/** A workflow and one run of it. */
export interface Run {
	workflow: Workflow;
	execution: Execution;
}

/** What the workflow said came of one feed. */
export interface FeedOutcome {
	name: string;
	format: string;
	outcome: string;
	message: string;
}

export function feedOutcomes(run: Run): FeedOutcome[] {
	return itemsFrom(run, MISP_NODE)
		.filter((item) => 'outcome' in item && 'source_format' in item)
		.map((item) => ({
			name: text(item['name']),
			format: text(item['source_format']),
			outcome: text(item['outcome']),
			message: text(item['message']),
		}));
}

/** How many IOCs came to which end, as the Orion node reported it. */
export interface IocTally {
	byStatus: Map<string, number>;
	skippedByReason: Map<string, number>;
}

export function iocTally(run: Run): IocTally {
	const tally: IocTally = { byStatus: new Map(), skippedByReason: new Map() };
	for (const item of itemsFrom(run, ORION_NODE)) {
		const reasons = item['skipped_by_reason'];
		if (!isRecord(reasons)) continue;
		for (const status of ['imported', 'deleted', 'duplicate', 'skipped', 'failed'])
			add(tally.byStatus, status, item[status]);
		for (const [reason, count] of Object.entries(reasons)) add(tally.skippedByReason, reason, count);
	}
	return tally;
}

function itemsFrom({ workflow, execution }: Run, type: string): ItemJson[] {
	return nodesOfType(workflow, type).flatMap(({ name }) => itemsOf(execution, name));
}

function add(counts: Map<string, number>, key: string, count: unknown): void {
	if (typeof count === 'number' && count > 0) counts.set(key, (counts.get(key) ?? 0) + count);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
