import { sleep } from 'n8n-workflow';
import type { Candidate, Entry, EventResult, ImportEntry, ImportRules, Outcome } from '../../CytomicOrion/ioc';
import { doubtBlanketRefusals, planImport, settle, undoneAttributes, withOutcomes } from '../../CytomicOrion/ioc';
import type { SendBatches } from '../../CytomicOrion/sending/sendAll';
import { nothingSent } from '../../CytomicOrion/sending/sendAll';
import type { CompactAttribute } from '../../Misp/item';
import { attachmentOf } from '../../Misp/tagging/targets';
import type { Problem } from '../../shared/problem';
import type { ControlTags } from '../descriptions/tags';
import { byEvent } from './byEvent';
import type { Due } from './due';
import type { Erasing, Side } from './eraseUnlessWanted';
import { eraseUnlessWanted } from './eraseUnlessWanted';
import type { Marks } from './marking';
import type { Report } from './report';
import { standingOf } from './standing';

export interface Reconciling extends Erasing {
	rules: ImportRules;
	/** What is due for each, by what Orion has of them. */
	dueOf(entries: readonly ImportEntry[]): Promise<(entry: ImportEntry) => Due>;
	read: (row: CompactAttribute, index: number) => Candidate;
	/** Absent in a dry run, like `erase`. */
	send?: SendBatches<ImportEntry>;
	/** Absent in a dry run. Changes tags of attributes; resolves to what went wrong, by UUID of the attribute. */
	mark?(attributes: readonly CompactAttribute[], marks: Marks): Promise<ReadonlyMap<string, Problem>>;
	report: Report;
}

/** Brings Orion into line with one page of attributes of uploaded events. Resolves to whether Orion is still within reach. */
export async function reconcilePage(rows: readonly CompactAttribute[], how: Reconciling): Promise<boolean> {
	const { tags, report, mark } = how;
	// What was deleted by its tag is not to come back by itself.
	const concerned = rows.filter(({ tags: own }) => !own.some(({ name }) => isSame(name, tags.deleted)));
	const wanted = concerned.filter((row) => standingOf(row) === 'wanted');
	const unwanted = concerned.filter((row) => standingOf(row) !== 'wanted' && !isOut(row, tags));
	for (const row of unwanted) report.count('no_longer_wanted', standingOf(row));

	const imported = await importWhatIsDue(wanted, how);
	// Thousands of rows were planned in one go: let n8n do something else in between.
	await sleep(0);
	const erased = await eraseUnlessWanted(unwanted, how);

	const troubled = mark && [
		...(await mark(unwanted.filter(isThrough(erased)), { add: tags.notUploaded, remove: [] })),
		...(await mark(wanted.filter((row) => isOut(row, tags)).filter(isThrough(imported)), {
			remove: [tags.notUploaded],
		})),
	];
	report.page({
		rows: rows.length,
		sent: imported.sent,
		parts: partsOf(imported.entries),
		troubled: byEvent(rows, new Map(troubled)),
	});
	report.page({ rows: 0, sent: erased.sent, parts: partsOf(erased.entries), troubled: new Map() });
	return imported.sent.outOfReach !== true && erased.sent.outOfReach !== true;
}

async function importWhatIsDue(
	wanted: readonly CompactAttribute[],
	{ rules, read, dueOf, send, report }: Reconciling,
): Promise<Side> {
	const plan = planImport(wanted.map(read), rules);
	const due = await dueOf(plan.sendable);
	const kept = new Map<number, Outcome>();
	for (const entry of plan.sendable) {
		const state = due(entry);
		report.count('in_orion', state);
		if (state === 'kept') kept.set(entry.id, { status: 'skipped', reason: 'in_orion' });
	}
	const sent = send ? await send(plan.sendable.filter(({ id }) => !kept.has(id))) : nothingSent;
	const entries = withOutcomes(plan.entries, new Map([...kept, ...sent.outcomes]));
	return { entries: doubtBlanketRefusals(entries), sent };
}

/** The results by event. Nothing is settled here, and an IOC that is as it should be need not be listed. */
export const partsOf = (entries: readonly Entry[]): EventResult[] =>
	settle(entries, {}).map((part) => ({
		...part,
		settled: [],
		notImported: part.notImported.filter(({ reason }) => reason !== 'in_orion'),
	}));

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Marked as not in Orion. */
const isOut = ({ tags: own }: CompactAttribute, tags: ControlTags): boolean =>
	attachmentOf(own, tags.notUploaded) !== 'no';

/** Of which attributes all IOCs are done. */
function isThrough({ entries }: Side): (row: CompactAttribute) => boolean {
	const undone = undoneAttributes(entries);
	return ({ uuid }) => !undone.has(uuid);
}
