import type { IDataObject } from 'n8n-workflow';
import { allItems } from '../../call';
import type { InputRow } from '../../descriptions/input';
import { inputFields, readInputFields, readRows } from '../../descriptions/input';
import { dryRunOption, outputMode, readReporting, readSending, sendingOptions } from '../../descriptions/sending';
import { readTtl, ttlFields } from '../../descriptions/ttl';
import type { ImportEntry, IocType, MinimumSeverity } from '../../ioc';
import { candidateReader, compile, doubtBlanketRefusals, iocTypes, planImport, withOutcomes } from '../../ioc';
import { paths } from '../../transport/paths';
import { conclude } from './conclude';
import { resultsOf } from './results';
import { sendAll } from './sendAll';

const defaults = {
	policy: 'Detect',
	source: 'MISP',
	description: '{event_id} - {event_info}',
	additionalData: '{type} {comment}',
};

const { policy, source, description, additionalData } = defaults;

const severities: Record<string, MinimumSeverity> = { any: 'any', low: 'low', medium: 'medium', high: 'high' };

/** POST /applications/iocs/{type}, IOCs of one type per request. */
export const importIocs = allItems({
	name: 'Import',
	action: 'Import IOCs',
	description: 'Upload IOCs with a time to live, so that Orion raises an indicator wherever it sees one',
	fields: [
		...inputFields,
		...ttlFields,
		{
			displayName: 'Minimum Severity',
			name: 'minimumSeverity',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'High', value: 'high' },
				{ name: 'Low and Above', value: 'low' },
				{ name: 'Medium and Above', value: 'medium' },
			],
			default: 'any',
			description: "Threat level that the IOC's event must have at least. Undefined meets only Any.",
		},
		outputMode,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Additional Data',
					name: 'additionalData',
					type: 'string',
					default: additionalData,
					description: "Text shown beside the IOC in Orion. Names in braces stand for the item's fields.",
				},
				...sendingOptions,
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: description,
					description: "Text that describes the IOC in Orion. Names in braces stand for the item's fields.",
				},
				dryRunOption,
				{
					displayName: 'Policy',
					name: 'policy',
					type: 'string',
					default: policy,
					description:
						'What Orion does on a hit. Detect is the only value known; others are not documented by the vendor.',
				},
				{
					displayName: 'Retrospective Search',
					name: 'retrospective',
					type: 'boolean',
					default: false,
					description: "Whether Orion also searches the last year's events for the IOCs, once",
				},
				{
					displayName: 'Safety List',
					name: 'safetyList',
					type: 'boolean',
					default: true,
					description:
						'Whether to skip private and reserved addresses and names that never resolve in public. One such IOC would raise an alert on every computer.',
				},
				{
					displayName: 'Send IPv6 Addresses',
					name: 'ipv6',
					type: 'boolean',
					default: false,
					description: 'Whether to send IPv6 addresses. Whether Orion takes them is not documented by the vendor.',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'string',
					default: source,
					description: 'Where the IOC comes from, as shown in Orion',
				},
			],
		},
	],
	async execute(call, items) {
		const { item, orion, hint } = call;
		const options = item.options('options');
		const { batchSize, concurrency, dryRun } = readSending(options);
		const read = candidateReader(readInputFields(item));
		const rows = await readRows(call, items);
		const candidates = rows.map(({ json }, index) => read(json, index));
		const plan = planImport(candidates, {
			ttl: readTtl(item),
			minimumSeverity: severities[item.text('minimumSeverity')] ?? 'any',
			safetyList: options.safetyList !== false,
			ipv6: options.ipv6 === true,
			now: new Date(),
		});
		const body = bodyOf(rows, options);
		const query = { retrospective: String(options.retrospective === true) };
		const sent = await sendAll(dryRun ? [] : plan.sendable, {
			orion,
			batchSize,
			concurrency,
			done: 'imported',
			request: (type, entries) => ({
				method: 'POST',
				path: paths.importIocs(type),
				query,
				body: entries.map((entry) => body(type, entry)),
			}),
		});
		const entries = doubtBlanketRefusals(withOutcomes(plan.entries, sent.outcomes));
		conclude(entries, sent, hint);
		return resultsOf(entries, {
			rows,
			output: item.text('output'),
			...readReporting(options),
			dryRun,
			miscounted: sent.miscounted,
		});
	},
});

/** One IOC as Orion takes it. DaysToExpiration goes as text: so it was seen to work on a tenant. */
function bodyOf(rows: readonly InputRow[], options: IDataObject) {
	const text = (name: keyof typeof defaults) => String(options[name] ?? defaults[name]);
	const describe = compile(text('description'));
	const add = compile(text('additionalData'));
	const shared = { Source: text('source'), Policy: text('policy') };
	return (type: IocType, { value, daysToExpiration, candidate }: ImportEntry): IDataObject => {
		const json = rows[candidate.index]?.json ?? {};
		return {
			[iocTypes[type].key]: value,
			AdditionalData: add(json),
			DaysToExpiration: String(daysToExpiration),
			...shared,
			Description: describe(json),
		};
	};
}
