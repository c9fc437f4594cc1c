import type { IDataObject } from 'n8n-workflow';
import type { EventResult, LedgerEntry } from '../../CytomicOrion/ioc';
import { Ledger, settle } from '../../CytomicOrion/ioc';
import { counts, eventItem } from '../../CytomicOrion/sending/report';
import type { Sent } from '../../CytomicOrion/sending/sendAll';
import type { Result } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { SyncCall } from '../call';
import { limits } from '../limits';
import type { Slice } from '../reading/pages';
import { CsvList } from './csv';
import type { NoLook } from './notOffered';
import type { Settled } from './settling';
import type { Finished } from './unfinished';

export interface Reporting {
	/** What the run does, as its closing words begin: "Upload". */
	task: string;
	dryRun: boolean;
	/** A file of all that did not go through is wanted. */
	csv: boolean;
	/** Events that there are to work on, where that is known. */
	events?: number;
	/** Leave out the events in which nothing was to be done. */
	onlyChanged?: boolean;
}

export interface PageDone {
	/** Attributes read. */
	rows: number;
	suppressed?: number;
	parts: readonly EventResult[];
	sent: Sent;
	/** What went wrong in MISP, by UUID of the event. */
	troubled: ReadonlyMap<string, Problem>;
}

export type EventNamed = { uuid: string; id: string; info: string };

/** Collects what becomes of a run in little memory, and puts it into items: one per event, and a summary as the last. */
export class Report {
	private readonly ledger = new Ledger(limits.listed);
	private readonly csv?: CsvList;
	private readonly begun = Date.now();
	private readonly troubles = new Map<string, Problem>();
	private done: ReadonlySet<string> = new Set();
	private readonly counted = new Map<string, Map<string, number>>();
	private attributes = 0;
	private suppressed = 0;
	private reached = 0;
	/** Events of which something else than their IOCs could not be done. */
	private readonly besides: Array<{ json: IDataObject; problem: Problem }> = [];
	private publishedAgain?: number;
	/** What could not be looked at, and why not. */
	private readonly unchecked = new Map<string, NoLook>();
	private trouble?: string;

	constructor(
		private readonly call: Pick<SyncCall, 'file' | 'goesOn' | 'hint'>,
		private readonly how: Reporting,
	) {
		if (how.csv) this.csv = new CsvList();
	}

	page({ rows, suppressed = 0, parts, sent, troubled }: PageDone): void {
		this.attributes += rows;
		this.suppressed += suppressed;
		for (const part of parts) {
			this.ledger.add(part);
			this.csv?.add(part, part.notImported);
		}
		for (const [event, problem] of troubled) this.troubles.set(event, problem);
		if (sent.trouble) this.trouble = sent.trouble.message;
	}

	/** What came of events that an earlier run left unpublished. */
	finished(left: readonly Finished[]): void {
		if (left.length > 0) this.publishedAgain = left.filter(({ problem }) => !problem).length;
		for (const { event, problem } of left)
			if (problem) this.beside(event, 'which an earlier run left unpublished', problem);
	}

	/** Something could not be looked at. Where the server offers it, the work is left for the next run. */
	notChecked(what: string, why: NoLook): void {
		if (!this.unchecked.get(what)?.offered) this.unchecked.set(what, why);
	}

	/** Something else than its IOCs could not be done about an event. */
	beside({ uuid, id, info }: EventNamed, which: string, { message, advice, code }: Problem): void {
		this.besides.push({
			json: { event_uuid: uuid, event_id: id, event_info: info },
			problem: new Problem(`Event ${uuid} (${info}), ${which}: ${message}`, advice, code),
		});
	}

	/** Counts something beside the outcomes: the summary has it under this name, by kind. */
	count(name: string, kind: string, more = 1): void {
		const kinds = this.counted.get(name) ?? new Map<string, number>();
		this.counted.set(name, kinds.set(kind, (kinds.get(kind) ?? 0) + more));
	}

	/** All of a slice was read and worked on; events that hold nothing for Orion get their result here. */
	read({ events }: Slice): void {
		this.reached += events.size;
		const empty = [...events.values()].filter(({ uuid }) => !this.ledger.has({ eventUuid: uuid }));
		for (const { id, uuid, info } of empty)
			for (const part of settle([], { extraEvents: [{ eventUuid: uuid, eventId: id, eventInfo: info }] }))
				this.ledger.add(part);
	}

	/** What came of moving the tags. */
	settled({ done, problems }: Settled): void {
		this.done = done;
		for (const [uuid, problem] of problems) this.troubles.set(uuid, problem);
	}

	get statuses(): Record<string, number> {
		const { planned, imported, deleted, duplicate, skipped, failed } = this.ledger.total;
		return { planned, imported, deleted, duplicate, skipped, failed };
	}

	/** @throws Problem where something is left to do and the user wants the run to stop then */
	async results(): Promise<Result[]> {
		const events = this.ledger.results.flatMap((event) => {
			const result = this.eventResult(event);
			return this.how.onlyChanged !== true || isChanged(event) || result.problem ? [result] : [];
		});
		events.push(...this.besides);
		const incomplete = events.filter(({ problem }) => problem !== undefined);
		const unlooked = [...this.unchecked.values()].filter(({ offered }) => offered);
		const notReached = Math.max(0, (this.how.events ?? 0) - this.reached);
		if ((incomplete.length > 0 || notReached > 0 || unlooked.length > 0) && !this.call.goesOn)
			throw this.incomplete(incomplete.length + notReached, unlooked[0]?.message);
		const data = this.csv && (await this.call.file(this.csv.bytes, 'not-imported.csv', 'text/csv'));
		return [...events, { json: this.summary(notReached), ...(data && { binary: { data } }) }];
	}

	private eventResult(event: LedgerEntry): Result {
		const settled = event.settled.filter((uuid) => this.done.has(uuid));
		const { unlisted, ...result } = event;
		const json = {
			...eventItem({ ...result, settled }, this.how),
			...(unlisted > 0 && { not_done_more: unlisted }),
		};
		const problem = this.problemOf(event);
		return { json, ...(problem && { problem }) };
	}

	private problemOf({ eventUuid, settled, open, eventInfo }: LedgerEntry): Problem | undefined {
		const named = `${eventUuid ?? ''} (${eventInfo ?? ''})`;
		if (open > 0)
			return new Problem(
				`${open} IOCs of event ${named} did not get through to Orion${this.trouble === undefined ? '' : `: ${this.trouble}`}`,
				'Its tag stays, and the next run takes it up.',
				'incomplete',
			);
		const [trouble] = [eventUuid ?? '', ...settled].flatMap((uuid) => this.troubles.get(uuid) ?? []);
		if (!trouble) return undefined;
		const { message, advice, code } = trouble;
		return afterwards.has(code)
			? new Problem(`Event ${named} is not finished: ${message}`, advice, code)
			: new Problem(`The tags of event ${named} could not be set: ${message}`, advice, code);
	}

	private incomplete(events: number, unlooked?: string): Problem {
		const { imported, deleted, failed } = this.ledger.total;
		const done = imported > 0 || deleted === 0 ? `${imported} IOCs imported` : `${deleted} IOCs deleted`;
		const [trouble] = [...this.troubles.values(), ...this.besides.map(({ problem }) => problem)];
		const why = this.trouble ?? trouble?.message ?? unlooked;
		return new Problem(
			`${this.how.task} incomplete: ${events} events are left to do${why === undefined ? '' : `. ${why}`}`,
			`${done}, ${this.ledger.open} of ${failed} failures are worth another run. What is left is still tagged, and the next run takes it up. To have the results as items, set "On Error" to continue.`,
			'incomplete',
		);
	}

	private summary(notReached: number): IDataObject {
		const { ledger } = this;
		return {
			summary: true,
			events: ledger.results.length,
			events_settled: ledger.results.filter(({ eventUuid }) => this.done.has(eventUuid ?? '')).length,
			...(notReached > 0 && { events_not_reached: notReached }),
			attributes: this.attributes,
			on_warninglist: this.suppressed,
			...(this.publishedAgain !== undefined && { published_again: this.publishedAgain }),
			...counts(ledger.total),
			open: ledger.open,
			...Object.fromEntries([...this.counted].map(([name, kinds]) => [name, Object.fromEntries(kinds)])),
			...(this.unchecked.size > 0 && { not_checked: [...this.unchecked.keys()] }),
			seconds: (Date.now() - this.begun) / 1_000,
			...(this.how.dryRun && { dry_run: true }),
		};
	}
}

/** Troubles after the tags were moved. */
const afterwards: ReadonlySet<string> = new Set(['left_unpublished', 'mark_stays']);

const isChanged = ({ planned, imported, deleted, failed }: LedgerEntry): boolean =>
	planned + imported + deleted + failed > 0;
