import type { INodeProperties } from 'n8n-workflow';
import {
	importOptions,
	minimumSeverity,
	readImportRules,
	readImportTexts,
} from '../../CytomicOrion/descriptions/importing';
import { wholeNumber } from '../../CytomicOrion/descriptions/input';
import { ttlFields } from '../../CytomicOrion/descriptions/ttl';
import type { ImportEntry, Sendable } from '../../CytomicOrion/ioc';
import { candidateReader, longestTtl, mispFields, uploadableTypes } from '../../CytomicOrion/ioc';
import { eraseRequest, importRequest } from '../../CytomicOrion/sending/requests';
import { sending } from '../../CytomicOrion/sending/sendAll';
import { readFilters } from '../../Misp/descriptions/searchFilters';
import type { CompactAttribute } from '../../Misp/item';
import type { SearchFilters } from '../../Misp/search/filters';
import type { Search } from '../../Misp/transport/search';
import { searchAs } from '../../Misp/transport/search';
import { progressOf } from '../../shared/progress';
import { workAhead } from '../../shared/stream';
import { tidyUp } from '../../shared/tidyUp';
import { allItems } from '../call';
import { dryRun as dryRunField, optionsWith, readOptions } from '../descriptions/options';
import { taggedWith, whichEvents } from '../descriptions/scope';
import { readTags, tagFields } from '../descriptions/tags';
import { limits } from '../limits';
import { compacted } from '../reading/compacted';
import { dueByLookUp, heldByLookUp } from '../work/dueByLookUp';
import { eraseVanished } from '../work/eraseVanished';
import { marking } from '../work/marking';
import { DeletedEvents } from '../work/reconcileDeleted';
import type { Reconciling } from '../work/reconcilePage';
import { reconcilePage } from '../work/reconcilePage';
import { Report } from '../work/report';
import { finishEarlierRuns } from '../work/unfinished';

const { renewBeforeDays: renewBefore } = limits;

const ownOptions: INodeProperties[] = [
	{
		displayName: 'Decaying Model ID',
		name: 'decayModel',
		type: 'string',
		default: '',
		description:
			'Number of the decaying model of MISP: what it takes for decayed is erased. Empty: decay is not looked at.',
	},
	{
		displayName: 'Erase Vanished',
		name: 'vanished',
		type: 'boolean',
		default: true,
		description:
			'Whether to erase IOCs of events that were deleted from MISP: its event blocklist names the events (for site admins), and Orion is asked for its IOCs of this source. How Orion lists IOCs is not documented by the vendor.',
	},
	{
		displayName: 'Look Up in Orion',
		name: 'lookUp',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask Orion which IOCs it has and until when, so that only missing ones and those that run out are sent. How is not documented by the vendor: where Orion does not answer, or this is off, all are sent again, which renews them.',
	},
	{
		displayName: 'Renew Before (Days)',
		name: 'renewBefore',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: renewBefore,
		description: 'An IOC with fewer days left than this is uploaded again, with a fresh time to live',
	},
];

/** What MISP wants in Orion, against what is marked as uploaded and what Orion says that it has. */
export const reconcile = allItems({
	name: 'Reconcile',
	action: 'Reconcile Orion with MISP',
	description:
		'Bring Orion into line with the events marked as uploaded: send what is missing or runs out, erase what was deleted, revoked, has decayed or vanished',
	destructive: true,
	fields: [
		...ttlFields,
		minimumSeverity,
		whichEvents,
		dryRunField,
		tagFields,
		optionsWith([...importOptions, ...ownOptions]),
	],
	async execute(call) {
		const { item, misp, orion, log, hint, isStopped } = call;
		const options = item.options('options');
		const { batchSize, concurrency, csv } = readOptions(options);
		const rules = readImportRules(item, options, new Date());
		const renewBeforeDays = wholeNumber(options.renewBefore ?? renewBefore, 'Renew Before (Days)', {
			min: 1,
			max: longestTtl,
		});
		const texts = readImportTexts(options);
		const tags = readTags(item);
		const dryRun = item.flag('dryRun');
		const { filters, extra } = readFilters(item);
		const decayModel = String(options.decayModel ?? '').trim();
		const knowing: SearchFilters = {
			warninglists: 'mark',
			...(decayModel !== '' && { decay: { model: decayModel } }),
		};

		const report = new Report(call, { task: 'Reconciliation', dryRun, csv, onlyChanged: true });
		report.finished(await finishEarlierRuns(misp, { tags, filters, extra, dryRun }));
		const progress = progressOf(log, { task: 'Reconciliation with Orion', unit: 'attribute' });
		const ofOrion = { orion, batchSize, concurrency };
		const how: Reconciling = {
			misp,
			tags,
			rules,
			knowing,
			read: candidateReader(mispFields),
			report,
			dueOf: dueByLookUp({
				...ofOrion,
				hint,
				isOn: options.lookUp !== false,
				now: rules.now.getTime(),
				renewBeforeDays,
			}),
			...(!dryRun && {
				send: sending<ImportEntry>({ ...ofOrion, done: 'imported', request: importRequest(texts) }),
				erase: sending<Sendable>({ ...ofOrion, done: 'deleted', request: eraseRequest }),
				mark: marking(misp, tags),
			}),
		};
		let isWithinReach = true;
		/** What carries this tag and none of those. What is tagged for deletion is the business of that operation. */
		const walk = async (
			tag: string,
			without: readonly string[],
			page: (rows: readonly CompactAttribute[]) => Promise<boolean>,
		): Promise<void> => {
			const found = taggedWith(tag, filters, without);
			const wanted: Search = {
				scope: 'attributes',
				filters: {
					...found,
					...knowing,
					type: [...uploadableTypes],
					deleted: 'include',
					includeContext: true,
					includeEventTags: true,
				},
				extra,
				pageSize: limits.attributesPerPage,
			};
			await workAhead(searchAs(misp, wanted, compacted), {
				inHand: limits.pagesInHand,
				isOver: () => !isWithinReach || isStopped(),
				work: async ({ rows }) => {
					isWithinReach = (await page(rows)) && isWithinReach;
					progress.step(rows.length);
				},
			});
		};
		tidyUp();
		await walk(tags.uploaded, [tags.delete], async (rows) => await reconcilePage(rows, how));
		if (options.lookUp !== false && isWithinReach && !isStopped()) {
			const deleted = new DeletedEvents(how, heldByLookUp(ofOrion));
			await walk(tags.deleted, [tags.delete, tags.upload], async (rows) => await deleted.page(rows));
			if (isWithinReach && !isStopped()) await deleted.end(tags);
		}
		if (options.vanished !== false && isWithinReach && !isStopped())
			await eraseVanished(how, { orion, hint, source: texts.source, description: texts.description });
		progress.done(report.statuses);
		return await report.results();
	},
});
