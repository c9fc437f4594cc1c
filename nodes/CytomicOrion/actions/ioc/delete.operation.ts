import { progressOf } from '../../../shared/progress';
import { allItems } from '../../call';
import { inputFields, readInputFields, readRows } from '../../descriptions/input';
import { readList } from '../../../shared/jsonField';
import { dryRunOption, outputMode, readReporting, readSending, sendingOptions } from '../../descriptions/sending';
import { candidateReader, doubtBlanketRefusals, iocKeysOf, planDeletion, statusesOf, withOutcomes } from '../../ioc';
import { conclude } from '../../sending/conclude';
import { eraseRequest } from '../../sending/requests';
import { sendAll } from '../../sending/sendAll';
import { resultsOf } from './results';

/** POST /applications/iocs/{type}/eraser/, IOCs of one type per request. Without IOCs nothing is sent: an empty request might mean all. */
export const deleteIocs = allItems({
	name: 'Delete',
	action: 'Delete IOCs',
	description: 'Take IOCs out of Orion, which also ends the searches for them',
	destructive: true,
	fields: [
		...inputFields,
		{
			displayName: 'Still Wanted',
			name: 'stillWanted',
			type: 'json',
			default: '[]',
			description:
				'IOCs that stay: a list of MISP attributes that other uploaded events hold, by an expression over the items of an earlier node. They come out as skipped, still_wanted.',
		},
		outputMode,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [...sendingOptions, dryRunOption],
		},
	],
	async execute(call, items) {
		const { item, orion, hint } = call;
		const options = item.options('options');
		const { batchSize, concurrency, dryRun } = readSending(options);
		const read = candidateReader(readInputFields(item));
		const rows = await readRows(call, items);
		const candidates = rows.map(({ json }, index) => read(json, index));
		// What isn't a list is refused: taken for empty, it would delete what should stay.
		const stillWanted = iocKeysOf(
			readList('Still Wanted', item.raw('stillWanted')).map((json, index) => read(json, index)),
		);
		const plan = planDeletion(candidates, { stillWanted });
		const progress = progressOf(call.log, { task: 'Orion deletion', unit: 'IOC', total: plan.entries.length });
		const toSend = dryRun ? [] : plan.sendable;
		progress.step(plan.entries.length - toSend.length);
		const sent = await sendAll(toSend, {
			orion,
			batchSize,
			concurrency,
			progress,
			done: 'deleted',
			request: eraseRequest,
		});
		const entries = doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes));
		// A count that falls short says that some were not there: nothing to tell of a deletion.
		conclude(entries, { ...sent, miscounted: [] }, hint);
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
