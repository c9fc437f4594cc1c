import { Canvas } from './canvas';
import type { NodeSpec } from './canvas';
import { uploadableTypes } from '../nodes/CytomicOrion/ioc';
import { manual, misp, newOnly, orion, passOn, schedule, set, stop } from './nodes';
import { controlTags, ofSettings, settingsName } from './settings';
import { columns, field, oneLine, onlyWhere } from './tables';

const settings = {
	uploaded_tag: controlTags.uploaded,
	not_uploaded_tag: controlTags.notUploaded,
	/** What the sightings are known by: the same in every run, or hits are sighted again. */
	source: 'Cytomic Orion',
	/** How far back the clock looks, for verdicts of people and for what a run that broke off left behind. */
	look_back_days: 7,
};

const setting = (name: keyof typeof settings): string => `={{ ${ofSettings(name)} }}`;

const newIndicators: NodeSpec = {
	name: 'New indicators',
	type: 'n8n-nodes-misp-cytomic-orion.cytomicOrionTrigger',
	version: 1,
	parameters: { filters: { includeExcluded: true }, simple: true, options: {} },
};

/** Neither a verdict nor a field for one is documented. An indicator that is closed and excluded from further searches is the nearest to it. */
const verdictOn = (indicator: string): string =>
	`(${indicator}.excluded && ${indicator}.status === 'Closed' ? 'falsePositive' : 'seen')`;

/** MISP keeps the time of a sighting in whole seconds. */
const second = (time: string): string => `${time}.slice(0, 19)`;

const lastDays = 'Indicators of the last days';

/** Indicators of this kind that Orion has of that second, in this run and, where they were read, all of them. */
const raisedThen = `new Set([...$('Compared').all().map((item) => item.json).filter((hit) => hit.key === $json.key).map((hit) => hit.indicator), ...($('All of that second').isExecuted ? $('All of that second').all().map((item) => item.json).filter((one) => ${second('(one.timestamp ?? one.alertDateTime)')} === ${second('$json.time')} && ${verdictOn('one')} === $json.verdict && one.observables.some((observable) => observable.value === $json.observable)).map((one) => one.id) : [])]).size`;

const hits = "$('IOC hits').all().map((item) => item.json)";
const computers = `[...new Set(${hits}.map((hit) => hit.computer || hit.muid))]`;

const sight = (name: string) =>
	misp(
		name,
		'sighting',
		'create',
		{
			of: 'attribute',
			attribute: { __rl: true, mode: 'id', value: '={{ $json.attribute }}' },
			sightingType: '={{ $json.verdict }}',
			details: { source: setting('source'), time: '={{ $json.time }}' },
		},
		{ onError: 'continueErrorOutput' },
	);

const anyOther = (
	operation: string,
	parameters: NodeSpec['parameters'],
): Pick<NodeSpec, 'type' | 'version' | 'parameters'> => ({
	type: 'n8n-nodes-base.removeDuplicates',
	version: 2,
	parameters: { operation, ...parameters },
});

export function notifyIocHits(): Canvas {
	const canvas = new Canvas('Notify of IOC hits, and sight them in MISP');
	canvas.note(
		0,
		0,
		2,
		'# Notify of IOC hits\nWhat Orion finds of our IOCs becomes a sighting on the MISP attributes it came from, and one readable message.\n\nThe trigger brings new indicators within a minute. The clock reads the last days again: for indicators that people closed as false positives, and for what a run that broke off left behind.\n\n**Settings**: tags, the source of the sightings, days to look back.',
		{ rows: 3, colour: 6 },
	);
	canvas.note(
		2,
		1,
		3,
		'## From indicator to attribute\nHow Orion marks the indicator of an IOC, and where in it the IOC stands, is not documented. So every hash, address, domain and URL in its details counts; what an uploaded attribute of MISP holds is a hit. Other indicators end here.',
		{ colour: 5 },
	);
	canvas.note(
		5,
		0,
		4,
		'## Exactly once\nMISP tells sightings apart by attribute, type and second, and so does this: what MISP has already is not sighted again, in whatever run. If MISP has one of that second, all indicators of that second are read, so that a second computer counts too. *One run at a time*: of two runs at once, one takes a hit.',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		9,
		0,
		3,
		'## Message first, sighting last\nThe sighting says that all is done, so it comes after the message: a run that breaks off in between is taken up by the clock, and tells you twice rather than never.\n\nThe e-mail is switched off: give it addresses and a credential. For chat, connect your node after *Connect your chat here*: it gets `subject` and `text`.',
		{ rows: 3, colour: 3 },
	);
	canvas.note(
		10,
		4,
		1,
		'## Isolation: off\nWould cut the computer off the network. To use it, switch the node on **and** tick *Confirm* in it.',
		{ colour: 2 },
	);
	canvas.note(
		9,
		6,
		3,
		'## Closed as false positive\nAn indicator that is closed and excluded becomes a false-positive sighting, with the time of the hit. Orion documents no field for a verdict: adapt *Hits* if yours shows it otherwise.',
		{ colour: 4 },
	);

	const clock = schedule('Every 2 hours', { hours: 2 });
	// The clock comes first in the file: there n8n's command line starts, and a trigger that polls gives it nothing.
	for (const [row, start] of [
		[1, clock],
		[2, manual],
		[0, newIndicators],
	] as const)
		canvas.place(0, row, start);
	const edit = canvas.place(1, 0, set(settingsName, settings, { executeOnce: true }));
	const read = canvas.place(
		1,
		1,
		orion(
			lastDays,
			'indicator',
			'getMany',
			{
				returnAll: true,
				period: 'lastDays',
				days: setting('look_back_days'),
				filters: { includeExcluded: true },
				simple: true,
			},
			{ executeOnce: true },
		),
	);

	const [values = '', , , once = ''] = canvas.line(2, 1, [
		{
			name: 'Values in them',
			type: 'n8n-nodes-base.splitOut',
			version: 1,
			parameters: {
				fieldToSplitOut: 'observables',
				include: 'selectedOtherFields',
				fieldsToInclude:
					'id, timestamp, alertDateTime, severity, status, excluded, huntingRule, machineName, muid, clientId, caseName',
				options: { destinationFieldName: 'ioc' },
			},
		},
		misp('Uploaded attributes', 'attribute', 'findSame', {
			valueField: 'ioc.value',
			filters: {
				tagsAny: setting('uploaded_tag'),
				tagsNone: setting('not_uploaded_tag'),
				toIds: 'yes',
				type: [...uploadableTypes],
			},
			output: 'pairs',
		}),
		columns('Hits', [
			field('indicator', 'string', '={{ $json.item.id }}'),
			field('verdict', 'string', `={{ ${verdictOn('$json.item')} }}`),
			field('time', 'string', '={{ $json.item.timestamp ?? $json.item.alertDateTime }}'),
			field(
				'key',
				'string',
				`={{ [$json.id, ${verdictOn('$json.item')}, ${second('($json.item.timestamp ?? $json.item.alertDateTime)')}].join(' ') }}`,
			),
			field('observable', 'string', '={{ $json.item.ioc.value }}'),
			field('attribute', 'string', '={{ $json.uuid }}'),
			field('type', 'string', '={{ $json.type }}'),
			field('value', 'string', '={{ $json.value }}'),
			field('event_id', 'string', '={{ $json.event_id }}'),
			field('event_info', 'string', "={{ $json.event_info ?? '' }}"),
			field('severity', 'string', '={{ $json.item.severity }}'),
			field('status', 'string', '={{ $json.item.status }}'),
			field('hunting_rule', 'string', '={{ $json.item.huntingRule }}'),
			field('computer', 'string', '={{ $json.item.machineName }}'),
			field('muid', 'string', '={{ $json.item.muid }}'),
			field('client_id', 'string', '={{ $json.item.clientId }}'),
			field('case', 'string', '={{ $json.item.caseName }}'),
		]),
		{
			name: 'Each hit once',
			...anyOther('removeDuplicateInputItems', {
				compare: 'selectedFields',
				fieldsToCompare: 'indicator, attribute',
				options: {},
			}),
		},
	]);

	const known = canvas.place(
		6,
		0,
		misp(
			'Sightings so far',
			'sighting',
			'getMany',
			{
				returnAll: true,
				of: 'all',
				sightingFilters: {
					source: setting('source'),
					since: "={{ $('Each hit once').all().map((item) => item.json.time).sort()[0] }}",
				},
				simple: true,
			},
			{ executeOnce: true, alwaysOutputData: true },
		),
	);
	const compared = canvas.place(
		6,
		1,
		columns(
			'Compared',
			[
				field(
					'in_misp',
					'number',
					`={{ $('Sightings so far').all().map((item) => item.json).filter((one) => one.id !== undefined && [one.attribute_id, one.type, ${second('one.date_sighting')}].join(' ') === $json.key).length }}`,
				),
				field(
					'before_it',
					'number',
					"={{ $('Each hit once').all().filter((item, at) => at < $itemIndex && item.json.key === $json.key).length }}",
				),
			],
			{ keep: true },
		),
	);
	const again = canvas.line(7, 0, [
		// The clock and the hand read whole days anyway.
		onlyWhere('Perhaps another computer', `={{ $json.in_misp > 0 && !$('${lastDays}').isExecuted }}`),
		orion('All of that second', 'indicator', 'getMany', {
			returnAll: true,
			period: 'between',
			from: `={{ ${second('$json.time')} + '.000Z' }}`,
			to: `={{ ${second('$json.time')} + '.999Z' }}`,
			filters: { includeExcluded: true },
			simple: true,
		}),
	]);
	const [open = '', claim = ''] = canvas.line(7, 1, [
		onlyWhere('Not sighted yet', `={{ $json.before_it < ${raisedThen} - $json.in_misp }}`),
		// For an hour: what a run that was killed had taken is free again then.
		newOnly(
			'One run at a time',
			"={{ $json.indicator }} {{ $json.verdict }} {{ $json.attribute }} {{ $now.toFormat('yyyy-LL-dd HH') }}",
			10_000,
		),
	]);

	const seen = canvas.place(9, 0, onlyWhere('IOC hits', "={{ $json.verdict === 'seen' }}"));
	const message = canvas.place(
		10,
		0,
		columns(
			'Message',
			[
				field(
					'subject',
					'string',
					`={{ 'Cytomic Orion: ' + (${hits}.length === 1 ? 'an IOC was' : ${hits}.length + ' IOCs were') + ' seen on ' + (${computers}.length > 3 ? ${computers}.length + ' computers' : ${oneLine(`${computers}.join(', ')`)}) }}`,
				),
				field(
					'text',
					'string',
					`={{ ${hits}.map((hit) => [hit.time + ', ' + hit.severity + ': ' + hit.value + ' (' + hit.type + ')', '  on ' + (hit.computer || 'a computer') + ' (' + hit.muid + '), by the rule "' + hit.hunting_rule + '"', '  MISP event ' + hit.event_id + ': ' + hit.event_info, '  Orion indicator ' + hit.indicator + ', ' + hit.status + (hit.case ? ', case ' + hit.case : '')].map((line) => ${oneLine('line')}).join('\\n')).join('\\n\\n') }}`,
				),
			],
			{ once: true },
		),
	);
	const mail = canvas.place(11, 0, {
		name: 'Send an e-mail',
		type: 'n8n-nodes-base.emailSend',
		version: 2.1,
		parameters: {
			fromEmail: '',
			toEmail: '',
			subject: '={{ $json.subject }}',
			emailFormat: 'text',
			text: '={{ $json.text }}',
			options: { appendAttribution: false },
		},
		disabled: true,
		notes: 'Off: needs addresses',
	});
	const chat = canvas.place(11, 1, passOn('Connect your chat here', 'Gets subject and text'));
	const sighted = canvas.place(10, 2, sight('Sight as seen'));
	const isolate = canvas.place(10, 4, {
		...orion(
			'Isolate the computers',
			'computer',
			'isolate',
			{ muids: '={{ $json.muid }}', confirm: false },
			{ disabled: true },
		),
		notes: 'Off: see the note',
	});
	const [harmless = '', dismissed = ''] = canvas.line(9, 6, [
		onlyWhere('Closed as false positive', "={{ $json.verdict === 'falsePositive' }}"),
		sight('Sight as false positive'),
	]);
	const [forget = ''] = canvas.line(11, 3, [
		{
			name: 'Let others take it',
			...anyOther('clearDeduplicationHistory', { mode: 'cleanDatabase', options: { scope: 'workflow' } }),
		},
		stop(
			'Not sighted',
			'=Attribute {{ $json.attribute ?? "" }} could not be sighted: {{ $json.error }}. The next run tries again.',
		),
	]);

	for (const [start, first] of [
		[newIndicators, values],
		[clock, read],
		[manual, read],
	] as const) {
		canvas.connect(start.name, edit);
		canvas.connect(start.name, first);
	}
	canvas.connect(read, values);
	canvas.connect(once, known);
	canvas.connect(once, compared);
	canvas.connect(compared, again[0] ?? '');
	canvas.connect(compared, open);
	for (const next of [seen, harmless]) canvas.connect(claim, next);
	for (const next of [message, sighted, isolate]) canvas.connect(seen, next);
	for (const next of [mail, chat]) canvas.connect(message, next);
	for (const last of [sighted, dismissed]) canvas.connect(last, forget, 1);
	return canvas;
}
