import type { Sendable } from '../../CytomicOrion/ioc';
import { planDeletion, uploadableTypes } from '../../CytomicOrion/ioc';
import { eraseRequest } from '../../CytomicOrion/sending/requests';
import { sending } from '../../CytomicOrion/sending/sendAll';
import { readFilters } from '../../Misp/descriptions/searchFilters';
import { ensureTag } from '../../Misp/tagging/ensureTag';
import { progressOf } from '../../shared/progress';
import { allItems } from '../call';
import { dryRun as dryRunField, optionsWith, readOptions } from '../descriptions/options';
import { taggedWith, whichEvents } from '../descriptions/scope';
import { readTags, tagFields } from '../descriptions/tags';
import { pagesOf } from '../reading/pages';
import { readEvents } from '../reading/taggedEvents';
import { candidates } from '../work/candidates';
import { Report } from '../work/report';
import { stillWanted } from '../work/stillWanted';
import { stream } from '../work/stream';

/** What carries the delete tag is erased from Orion, but not what another uploaded event wants; what is done is marked as deleted. */
export const deleteTagged = allItems({
	name: 'Delete',
	action: 'Delete the IOCs of tagged events',
	description: 'Take what is tagged for deletion in MISP out of Orion, but not what another uploaded event wants',
	destructive: true,
	fields: [whichEvents, dryRunField, tagFields, optionsWith()],
	async execute(call) {
		const { item, misp, orion, log, isStopped } = call;
		const { batchSize, concurrency, csv } = readOptions(item.options('options'));
		const tags = readTags(item);
		const dryRun = item.flag('dryRun');
		const { filters, extra } = readFilters(item);

		const events = await readEvents(misp, {
			filters: taggedWith(tags.delete, { ...filters, deleted: 'include' }),
			extra,
			keep: Object.values(tags),
		});
		const report = new Report(call, { task: 'Deletion', dryRun, csv, events: events.length });
		if (events.length === 0) return await report.results();
		if (!dryRun) await ensureTag(misp, tags.deleted);

		const progress = progressOf(log, { task: 'Deletion from Orion', unit: 'IOC' });
		const { read } = candidates();
		const pages = pagesOf(misp, events, {
			tags: { any: [tags.delete] },
			deleted: 'include',
			type: [...uploadableTypes],
		});
		await stream(
			misp,
			pages,
			{
				controlTag: tags.delete,
				labels: { add: tags.deleted, remove: [tags.uploaded, tags.delete] },
				plan: async (rows) => planDeletion(read(rows), { stillWanted: await stillWanted(misp, rows, { tags }) }),
				...(!dryRun && {
					send: sending<Sendable>({ orion, batchSize, concurrency, progress, done: 'deleted', request: eraseRequest }),
				}),
				isStopped,
			},
			report,
		);
		progress.done(report.statuses);
		return await report.results();
	},
});
