import {
	readImportRules,
	readImportTexts,
	importOptions,
	minimumSeverity,
} from '../../CytomicOrion/descriptions/importing';
import { ttlFields } from '../../CytomicOrion/descriptions/ttl';
import type { ImportEntry } from '../../CytomicOrion/ioc';
import { planImport, uploadableTypes } from '../../CytomicOrion/ioc';
import { importRequest } from '../../CytomicOrion/sending/requests';
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
import { isForDetection } from '../work/isForDetection';
import { Report } from '../work/report';
import { setAside } from '../work/setAside';
import { stream } from '../work/stream';

/** What carries the upload tag goes to Orion; what is done loses the tag and is marked as uploaded. */
export const upload = allItems({
	name: 'Upload',
	action: 'Upload the IOCs of tagged events',
	description: 'Upload what is tagged for upload in MISP, with a time to live, and mark it as uploaded',
	fields: [...ttlFields, minimumSeverity, whichEvents, dryRunField, tagFields, optionsWith(importOptions)],
	async execute(call) {
		const { item, misp, orion, log, isStopped } = call;
		const options = item.options('options');
		const { batchSize, concurrency, csv } = readOptions(options);
		const rules = readImportRules(item, options, new Date());
		const tags = readTags(item);
		const dryRun = item.flag('dryRun');
		const { filters, extra } = readFilters(item);

		const events = await readEvents(misp, {
			filters: taggedWith(tags.upload, { ...filters, published: true }),
			extra,
			keep: Object.values(tags),
		});
		const report = new Report(call, { task: 'Upload', dryRun, csv, events: events.length });
		if (events.length === 0) return await report.results();
		if (!dryRun) await ensureTag(misp, tags.uploaded);

		const progress = progressOf(log, { task: 'Upload to Orion', unit: 'IOC' });
		const { read, fieldsOf } = candidates();
		const pages = pagesOf(misp, events, {
			tags: { any: [tags.upload] },
			published: true,
			// With what stays out, so that one reading serves both.
			deleted: 'include',
			type: [...uploadableTypes],
			warninglists: 'suppress',
		});
		await stream(
			misp,
			pages,
			{
				controlTag: tags.upload,
				labels: { add: tags.uploaded, remove: [tags.deleted, tags.upload] },
				plan: async (rows) => planImport(read(rows.filter(isForDetection)), rules),
				setAside: setAside(misp, tags),
				...(!dryRun && {
					send: sending<ImportEntry>({
						orion,
						batchSize,
						concurrency,
						progress,
						done: 'imported',
						request: importRequest(readImportTexts(options), fieldsOf),
					}),
				}),
				isStopped,
			},
			report,
		);
		progress.done(report.statuses);
		return await report.results();
	},
});
