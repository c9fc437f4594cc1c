import {
	importOptions,
	minimumSeverity,
	readImportRules,
	readImportTexts,
} from '../../CytomicOrion/descriptions/importing';
import { ttlFields } from '../../CytomicOrion/descriptions/ttl';
import type { ImportEntry } from '../../CytomicOrion/ioc';
import { candidateReader, mispFields, planImport } from '../../CytomicOrion/ioc';
import { importRequest } from '../../CytomicOrion/sending/requests';
import { allItems } from '../call';
import { dryRun, optionsWith } from '../descriptions/options';
import { whichEvents } from '../descriptions/scope';
import { readTags, tagFields } from '../descriptions/tags';
import { isForDetection } from '../work/isForDetection';
import { onTagged } from '../work/onTagged';
import { setAside } from '../work/setAside';

/** What carries the upload tag goes to Orion; what is done loses the tag and is marked as uploaded. */
export const upload = allItems({
	name: 'Upload',
	action: 'Upload the IOCs of tagged events',
	description: 'Upload what is tagged for upload in MISP, with a time to live, and mark it as uploaded',
	fields: [...ttlFields, minimumSeverity, whichEvents, dryRun, tagFields, optionsWith(importOptions)],
	async execute(call) {
		const { item, misp } = call;
		const options = item.options('options');
		const rules = readImportRules(item, options, new Date());
		const tags = readTags(item);
		const read = candidateReader(mispFields);
		return await onTagged<ImportEntry>(call, {
			task: 'Upload',
			inLog: 'Upload to Orion',
			tags,
			controlTag: tags.upload,
			labels: { add: tags.uploaded, remove: [tags.deleted, tags.upload], publishMark: tags.publishAgain },
			events: { published: true },
			// With what stays out, so that one reading serves both.
			attributes: { published: true, deleted: 'include', warninglists: 'suppress' },
			plan: async (rows) => planImport(rows.filter(isForDetection).map(read), rules),
			setAside: setAside(misp, tags),
			done: 'imported',
			request: importRequest(readImportTexts(options)),
		});
	},
});
