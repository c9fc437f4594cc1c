import type { Sendable } from '../../CytomicOrion/ioc';
import type { Sending } from '../../CytomicOrion/sending/sendAll';
import { fillingBatches } from '../../CytomicOrion/sending/sendAll';
import { uploadableTypes } from '../../CytomicOrion/ioc';
import { readFilters } from '../../Misp/descriptions/searchFilters';
import type { SearchFilters } from '../../Misp/search/filters';
import { ensureTag } from '../../Misp/tagging/ensureTag';
import type { Result } from '../../shared/operation';
import { progressOf } from '../../shared/progress';
import { tidyUp } from '../../shared/tidyUp';
import type { SyncCall } from '../call';
import { readOptions } from '../descriptions/options';
import type { ControlTags } from '../descriptions/tags';
import { limits } from '../limits';
import { pagesOf } from '../reading/pages';
import { Report } from './report';
import type { Job } from './stream';
import { stream } from './stream';
import { findTagged } from './unfinished';

/** What is done to all that carries a control tag. */
export interface TaggedJob<E extends Sendable>
	extends Omit<Job<E>, 'sender' | 'isStopped'>,
		Pick<Sending<E>, 'done' | 'request'> {
	/** As reports and log begin: "Upload", "Upload to Orion". */
	task: string;
	inLog: string;
	tags: ControlTags;
	/** Which of the tagged events count, and which of their attributes. */
	events: SearchFilters;
	attributes: SearchFilters;
	labels: { add: string; remove: readonly string[]; publishMark: string };
}

/** Finds the events that carry the control tag, or hold attributes that do, and streams them through. With none there is but this one search. */
export async function onTagged<E extends Sendable>(call: SyncCall, job: TaggedJob<E>): Promise<Result[]> {
	const { item, misp, orion, log, isStopped } = call;
	const { batchSize, concurrency, csv } = readOptions(item.options('options'));
	const dryRun = item.flag('dryRun');
	const { filters, extra } = readFilters(item);
	const { task, inLog, tags, controlTag, labels, done, request } = job;

	const { events, finished } = await findTagged(misp, {
		tags,
		controlTag,
		filters: { ...filters, ...job.events },
		extra,
		dryRun,
	});
	const report = new Report(call, { task, dryRun, csv, events: events.length });
	report.finished(finished);
	if (events.length === 0) return await report.results();
	// Before anything is sent: a key that may not make the mark is told so now.
	if (!dryRun) await ensureTag(misp, labels.add);

	const attributes = events.reduce((sum, { attributeCount }) => sum + attributeCount, 0);
	if (attributes > limits.tidyUpFrom) tidyUp();
	const progress = progressOf(log, { task: inLog, unit: 'IOC' });
	const pages = pagesOf(misp, events, { ...job.attributes, tags: { any: [controlTag] }, type: [...uploadableTypes] });
	const sender = dryRun ? undefined : fillingBatches<E>({ orion, batchSize, concurrency, progress, done, request });
	await stream(misp, pages, { ...job, sender, isStopped }, report);
	progress.done(report.statuses);
	return await report.results();
}
