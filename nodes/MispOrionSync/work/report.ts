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
import type { Settled } from './settling';

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
		const incomplete = events.filter(({ problem }) => problem !== undefined);
		const notReached = Math.max(0, (this.how.events ?? 0) - this.reached);
		if ((incomplete.length > 0 || notReached > 0) && !this.call.goesOn)
			throw this.incomplete(incomplete.length + notReached);
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
		const named = `event ${eventUuid ?? ''} (${eventInfo ?? ''})`;
		if (open > 0)
			return new Problem(
				`${open} IOCs of ${named} did not get through to Orion${this.trouble === undefined ? '' : `: ${this.trouble}`}`,
				'Its tag stays, and the next run takes it up.',
				'incomplete',
			);
		const [trouble] = [eventUuid ?? '', ...settled].flatMap((uuid) => this.troubles.get(uuid) ?? []);
		return (
			trouble && new Problem(`The tags of ${named} could not be set: ${trouble.message}`, trouble.advice, trouble.code)
		);
	}

	private incomplete(events: number): Problem {
		const { imported, deleted, failed } = this.ledger.total;
		const done = imported > 0 || deleted === 0 ? `${imported} IOCs imported` : `${deleted} IOCs deleted`;
		const [trouble] = this.troubles.values();
		const why = this.trouble ?? trouble?.message;
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
			...counts(ledger.total),
			open: ledger.open,
			...Object.fromEntries([...this.counted].map(([name, kinds]) => [name, Object.fromEntries(kinds)])),
			seconds: (Date.now() - this.begun) / 1_000,
			...(this.how.dryRun && { dry_run: true }),
		};
	}
}

const isChanged = ({ planned, imported, deleted, failed }: LedgerEntry): boolean =>
	planned + imported + deleted + failed > 0;
