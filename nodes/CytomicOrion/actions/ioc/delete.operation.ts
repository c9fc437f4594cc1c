import { allItems } from '../../call';
import { inputFields, readInputFields, readRows } from '../../descriptions/input';
import { readList } from '../../../shared/jsonField';
import { dryRunOption, outputMode, readReporting, readSending, sendingOptions } from '../../descriptions/sending';
import { candidateReader, doubtBlanketRefusals, iocKeysOf, iocTypes, planDeletion, withOutcomes } from '../../ioc';
import { paths } from '../../transport/paths';
import { conclude } from './conclude';
import { resultsOf } from './results';
import { sendAll } from './sendAll';

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
		const sent = await sendAll(dryRun ? [] : plan.sendable, {
			orion,
			batchSize,
			concurrency,
			done: 'deleted',
			request: (type, entries) => ({
				method: 'POST',
				path: paths.eraseIocs(type),
				body: entries.map(({ value }) => ({ [iocTypes[type].key]: value })),
			}),
		});
		const entries = doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes));
		// A count that falls short says that some were not there: nothing to tell of a deletion.
		conclude(entries, { ...sent, miscounted: [] }, hint);
		return resultsOf(entries, {
			rows,
			output: item.text('output'),
			...readReporting(options),
			dryRun,
			miscounted: sent.miscounted,
		});
	},
});
