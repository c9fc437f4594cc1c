import type { Sendable } from '../../CytomicOrion/ioc';
import { iocKey, planDeletion, undoneAttributes } from '../../CytomicOrion/ioc';
import type { CompactAttribute } from '../../Misp/item';
import type { Tagged } from '../../Misp/tagging/relabel';
import { relabel } from '../../Misp/tagging/relabel';
import type { ControlTags } from '../descriptions/tags';
import { eraseUnlessWanted } from './eraseUnlessWanted';
import type { NoLook } from './notOffered';
import type { Reconciling } from './reconcilePage';
import { partsOf } from './reconcilePage';
import type { EventNamed } from './report';
import { eventOf, isContradictory, isTakenOut } from './takenOut';

/** Which of these Orion holds, or why it does not say. */
export type HeldOf = (
	entries: readonly Sendable[],
) => Promise<{ ok: true; isHeld: (entry: Sendable) => boolean } | { ok: false; why: NoLook }>;

/**
 * Where an upload and a deletion of one event overtook each other, the event may be marked as deleted while Orion has its IOCs, or be marked
 * as both. What Orion holds of such events is erased, unless another event wants it, and the mark *uploaded* goes.
 */
export class DeletedEvents {
	private readonly contradictory = new Map<string, Tagged & EventNamed>();
	private readonly unfinished = new Set<string>();

	constructor(
		private readonly how: Reconciling,
		private readonly heldOf: HeldOf,
	) {}

	/** Resolves to whether Orion is still within reach. Where it does not say what it has, nothing is done. */
	async page(all: readonly CompactAttribute[]): Promise<boolean> {
		const { how } = this;
		const rows = all.filter((row) => isTakenOut(row, how.tags));
		for (const row of rows)
			if (isContradictory(row, how.tags))
				this.contradictory.set(row.event_uuid ?? '', { ...eventOf(row), info: row.event_info ?? '' });
		const { entries: planned, sendable } = planDeletion(rows.map(how.read), { stillWanted: new Set() });
		const look = await this.heldOf(sendable);
		if (!look.ok) {
			how.report.notChecked('deleted_by_tag', look.why);
			return this.leave(rows);
		}
		const held = new Set(sendable.filter(look.isHeld).map(iocKey));
		const uuids = new Set(
			planned.flatMap(({ type, value, candidate }) =>
				type !== undefined && held.has(iocKey({ type, value })) ? [candidate.uuid] : [],
			),
		);
		const still = rows.filter(({ uuid }) => uuids.has(uuid));
		if (still.length === 0) return true;
		how.report.count('no_longer_wanted', 'deleted_by_tag', still.length);
		const { entries, sent } = await eraseUnlessWanted(still, how);
		const undone = undoneAttributes(entries);
		this.leave(still.filter(({ uuid }) => undone.has(uuid)));
		how.report.page({ rows: 0, sent, parts: partsOf(entries), troubled: new Map() });
		return sent.outOfReach !== true;
	}

	/** Takes the mark *uploaded* from events that have both marks. */
	async end(tags: ControlTags): Promise<void> {
		const { misp, mark, report } = this.how;
		const events = [...this.contradictory.values()].filter(({ uuid }) => !this.unfinished.has(uuid));
		if (mark === undefined || events.length === 0) return;
		const problems = await relabel(misp, events, { remove: [tags.uploaded], publishMark: tags.publishAgain });
		for (const event of events) {
			const problem = problems.get(event.uuid);
			if (problem) report.beside(event, 'which is marked as uploaded and as deleted', problem);
		}
	}

	private leave(rows: readonly CompactAttribute[]): true {
		for (const { event_uuid } of rows) this.unfinished.add(event_uuid ?? '');
		return true;
	}
}
