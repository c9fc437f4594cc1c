import { sleep } from 'n8n-workflow';
import type { Plan, Sendable } from '../../CytomicOrion/ioc';
import { doubtBlanketRefusals, settle, watchEvents, withOutcomes } from '../../CytomicOrion/ioc';
import type { Sender } from '../../CytomicOrion/sending/sendAll';
import { nothingSent } from '../../CytomicOrion/sending/sendAll';
import type { CompactAttribute } from '../../Misp/item';
import type { Labels } from '../../Misp/tagging/relabel';
import type { Misp } from '../../Misp/transport/connect';
import type { Problem } from '../../shared/problem';
import { workAhead } from '../../shared/stream';
import { limits } from '../limits';
import type { Page, Slice } from '../reading/pages';
import { byEvent } from './byEvent';
import type { Report } from './report';
import { settling } from './settling';
import { SliceInHand } from './sliceInHand';

/** What upload and delete have in common: pages come in, batches go out, and events are settled as their last IOC is through. */
export interface Job<E extends Sendable> {
	/** The tag that asked for this. */
	controlTag: string;
	/** What becomes of the tags of an event or attribute with nothing left to do. */
	labels: Labels;
	plan(rows: readonly CompactAttribute[]): Promise<Plan<E>>;
	/** Absent in a dry run: nothing is sent, and nothing changed in MISP. */
	sender?: Sender<E>;
	/** What has to be done in MISP for a page before its events are settled; resolves to what went wrong, by UUID of the attribute. */
	setAside?(rows: readonly CompactAttribute[]): Promise<ReadonlyMap<string, Problem>>;
	isStopped(): boolean;
}

const noTrouble: ReadonlyMap<string, Problem> = new Map();

/** Runs a job over pages of attributes. @throws Problem where MISP can't be read on; what is under way is brought to its end before */
export async function stream<E extends Sendable>(
	misp: Misp,
	pages: AsyncIterable<Page>,
	job: Job<E>,
	report: Report,
): Promise<void> {
	const slices = new WeakMap<Slice, SliceInHand>();
	const settler = settling(misp, job.labels);
	let isOver = false;

	const handOf = (slice: Slice): SliceInHand => {
		const inHand = slices.get(slice) ?? new SliceInHand(slice, job.controlTag);
		slices.set(slice, inHand);
		return inHand;
	};

	const work = async (page: Page): Promise<void> => {
		const inHand = handOf(page.slice);
		inHand.begin(page);
		const aside = job.sender && job.setAside ? job.setAside(page.rows) : Promise.resolve(noTrouble);
		const hasNoTrouble = aside.then(
			({ size }) => size === 0,
			() => false,
		);
		const plan = await job.plan(page.rows);
		// Thousands of rows were parsed, flattened and planned in one go: let n8n do something else in between.
		await sleep(0);
		// An event in several parts waits for all of them.
		const isWhole = page.first && page.last;
		const complete = watchEvents(plan.entries);
		const settleEarly = async (events: string[]) => {
			if (events.length > 0 && (await hasNoTrouble)) settler.add(inHand.claim(events));
		};
		const sent = job.sender
			? await job.sender.send(plan.sendable, (outcomes) => void (isWhole && settleEarly(complete(outcomes))))
			: nothingSent;
		isOver ||= sent.outOfReach === true;

		const entries = doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes));
		const parts = settle(entries, { controlTag: job.controlTag });
		const troubled = await aside;
		report.page({
			rows: page.rows.length,
			suppressed: page.suppressed,
			parts,
			sent,
			troubled: byEvent(page.rows, troubled),
		});
		inHand.note(page.rows, parts, new Set(troubled.keys()));
		if (!inHand.end(page)) return;
		report.read(page.slice);
		if (job.sender) settler.add(inHand.rest());
	};

	try {
		await workAhead(pages, {
			inHand: limits.pagesInHand,
			work,
			isOver: () => isOver || job.isStopped(),
			ended: () => job.sender?.end(),
		});
	} finally {
		report.settled(await settler.end());
	}
}
