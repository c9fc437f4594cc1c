import { progressOf } from '../../../shared/progress';
import { allItems } from '../../call';
import { importOptions, minimumSeverity, readImportRules, readImportTexts } from '../../descriptions/importing';
import { inputFields, readInputFields, readRows } from '../../descriptions/input';
import { dryRunOption, outputMode, readReporting, readSending, sendingOptions } from '../../descriptions/sending';
import { ttlFields } from '../../descriptions/ttl';
import { candidateReader, doubtBlanketRefusals, planImport, statusesOf, withOutcomes } from '../../ioc';
import { conclude } from '../../sending/conclude';
import { importRequest } from '../../sending/requests';
import { sendAll } from '../../sending/sendAll';
import { resultsOf } from './results';

/** POST /applications/iocs/{type}, IOCs of one type per request. */
export const importIocs = allItems({
	name: 'Import',
	action: 'Import IOCs',
	description: 'Upload IOCs with a time to live, so that Orion raises an indicator wherever it sees one',
	fields: [
		...inputFields,
		...ttlFields,
		minimumSeverity,
		outputMode,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [...importOptions, ...sendingOptions, dryRunOption].sort((one, other) =>
				one.displayName.localeCompare(other.displayName),
			),
		},
	],
	async execute(call, items) {
		const { item, orion, hint } = call;
		const options = item.options('options');
		const { batchSize, concurrency, dryRun } = readSending(options);
		const read = candidateReader(readInputFields(item));
		const rows = await readRows(call, items);
		const candidates = rows.map(({ json }, index) => read(json, index));
		const plan = planImport(candidates, readImportRules(item, options, new Date()));
		const progress = progressOf(call.log, { task: 'Orion import', unit: 'IOC', total: plan.entries.length });
		const toSend = dryRun ? [] : plan.sendable;
		progress.step(plan.entries.length - toSend.length);
		const sent = await sendAll(toSend, {
			orion,
			batchSize,
			concurrency,
			progress,
			done: 'imported',
			request: importRequest(readImportTexts(options)),
		});
		const entries = doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes));
		conclude(entries, sent, hint);
		progress.done({ ...statusesOf(entries) });
		return resultsOf(entries, {
			rows,
			output: item.text('output'),
			...readReporting(options),
			dryRun,
			miscounted: sent.miscounted,
		});
	},
});
