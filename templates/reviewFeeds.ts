import { uploadableTypes } from '../nodes/CytomicOrion/ioc';
import { begin } from './begin';
import { Canvas } from './canvas';
import { ifMore, misp, schedule, set, stop } from './nodes';
import { ofSettings, settingsName } from './settings';
import { columns, field, sort } from './tables';

/** What may be said of a feed, best first: it ranks the table. Texts are expressions without braces, over what "Figures" gives. */
const verdicts: ReadonlyArray<{ name: string; when: string; on: string; off: string }> = [
	{
		name: 'good',
		when: 'true',
		on: "'Keep it.'",
		off: "'Enable it.'",
	},
	{
		name: 'large',
		when: `$json.values > ${ofSettings('large_feed')}`,
		on: "'Large: keep it only if it earns its place. Each of its values becomes an IOC in Orion.'",
		off: "'Large: try the smaller ones first. Each of its values becomes an IOC in Orion.'",
	},
	{
		name: 'little',
		when: `$json.share < ${ofSettings('low_share')}`,
		on: "'Little of it is for Orion. Keep it if your analysts use it.'",
		off: "'Little of it is for Orion. Enable it only if your analysts want it.'",
	},
	{
		name: 'unsure',
		when: '$json.share < 0',
		on: "'Look at it yourself: what it holds is unknown.'",
		off: "'Look at it yourself: what it holds is unknown.'",
	},
	{
		name: 'double',
		when: `$json.shared >= ${ofSettings('high_overlap')}`,
		on: "'Disable it: ' + $json.shared + ' % of it is in ' + $json.shared_with + ' too.'",
		off: "'Leave it off: ' + $json.shared + ' % of it is in ' + $json.shared_with + ' too.'",
	},
	{
		name: 'nothing',
		when: '$json.share === 0',
		on: "'Disable it, as far as Orion goes: it has nothing that Orion takes.'",
		off: "'Leave it off, as far as Orion goes: it has nothing that Orion takes.'",
	},
	{
		name: 'unread',
		when: "$json.values < 0 || $json.outcome === 'failed'",
		on: "$json.outcome === 'running' ? 'MISP is still reading it: run this again later.' : 'MISP cannot read it: repair or delete it.'",
		off: "$json.outcome === 'running' ? 'MISP is still reading it: run this again later.' : 'MISP cannot read it: leave it off.'",
	},
];

const position = (name: string): number => verdicts.findIndex((verdict) => verdict.name === name);

/** Tested from the worst on, so that what cannot be known is never judged by. */
const place = ['unread', 'unsure', 'nothing', 'double', 'little', 'large']
	.map((name) => `${verdicts[position(name)]?.when} ? ${position(name)} : `)
	.join('');

const advice = `[${verdicts.map(({ on, off }) => `$json.feed.enabled ? (${on}) : (${off})`).join(', ')}][$json.place]`;

/** What to change about a feed that is to be used. */
const setUp = [
	"$json.list && !$json.feed.fixed_event ? 'Set Fixed Event: without it every fetch makes another event.' : ''",
	"$json.list && $json.feed.fixed_event && !$json.feed.delta_merge ? 'Set Delta Merge: what leaves the feed is then taken out of Orion too.' : ''",
];

const facts = columns('Facts', [
	field('outcome', 'string', '={{ $json.outcome }}'),
	field('message', 'string', '={{ $json.message }}'),
	field(
		'feed',
		'object',
		"={{ $('Feeds to review').all().map((item) => item.json).find((feed) => feed.id === $json.id) }}",
	),
	// Of a feed that MISP never cached nothing is known.
	field(
		'compared',
		'object',
		"={{ $('Compare feeds').all().map((item) => item.json).find((feed) => feed.id === $json.id) ?? ({}) }}",
	),
]);

const sample = '($json.compared.sample ?? ({ read: 0, types: ({}) }))';
const usable = `${JSON.stringify(uploadableTypes)}.reduce((sum, type) => sum + (${sample}.types[type] ?? 0), 0)`;
const overlaps = '($json.compared.overlaps ?? [])';

/**
 * Another feed that makes a part of this one superfluous: one that is enabled where this is not, or of two enabled or two that are off the
 * larger, and of two alike the first. A large feed that is off does not count: the advice is to try the small ones first.
 */
const reviewed = `$('Feeds to review').all().map((item) => item.json).find((feed) => feed.id === other.id)`;
const isBetter = [
	`${reviewed} !== undefined && (${reviewed}.enabled !== $json.feed.enabled ? ${reviewed}.enabled : `,
	`($json.feed.enabled || other.values <= ${ofSettings('large_feed')}) && `,
	'(other.values > $json.compared.values || (other.values === $json.compared.values && Number(other.id) < Number($json.feed.id))))',
].join('');
const better = `${overlaps}.find((other) => ${isBetter})`;

/** Numbers, with -1 for what is not known. */
const figures = columns(
	'Figures',
	[
		field('list', 'boolean', "={{ $json.feed.source_format !== 'misp' }}"),
		field('values', 'number', '={{ $json.compared.values ?? -1 }}'),
		field('share', 'number', `={{ ${sample}.read > 0 ? Math.round(100 * ${usable} / ${sample}.read) : -1 }}`),
		field(
			'overlap',
			'number',
			`={{ ${overlaps}[0]?.overlap_percentage ?? ($json.compared.values === undefined ? -1 : 0) }}`,
		),
		field('other', 'string', `={{ ${overlaps}[0]?.name ?? '' }}`),
		field('shared', 'number', `={{ ${better}?.overlap_percentage ?? 0 }}`),
		field('shared_with', 'string', `={{ ${better}?.name ?? '' }}`),
	],
	{ keep: true },
);

const judged = columns(
	'Judge',
	[
		field('place', 'number', `={{ ${place}${position('good')} }}`),
		// What Orion would get from this feed and from no better one, as an estimate.
		field(
			'gain',
			'number',
			'={{ $json.share < 0 ? -1 : Math.round($json.values * $json.share / 100 * (1 - $json.shared / 100)) }}',
		),
	],
	{ keep: true },
);

const unknown = (reason: string): string => `'unknown: ' + ${reason}`;
const notCached =
	"($json.outcome === 'cached' ? 'MISP compares it with no other, or hides the comparison from this key' : $json.message)";

const table = columns('Feeds, best first', [
	field('rank', 'number', '={{ $itemIndex + 1 }}'),
	field('name', 'string', '={{ $json.feed.name }}'),
	field('provider', 'string', '={{ $json.feed.provider }}'),
	field('format', 'string', '={{ $json.feed.source_format }}'),
	field('enabled', 'boolean', '={{ $json.feed.enabled }}'),
	field('advice', 'string', `={{ ${advice} }}`),
	field(
		'set_up',
		'string',
		`={{ $json.feed.enabled || $json.place < ${position('double')} ? [${setUp.join(', ')}].join('') : '' }}`,
	),
	field('values', 'string', `={{ $json.values < 0 ? ${unknown(notCached)} : String($json.values) }}`),
	field(
		'overlap',
		'string',
		`={{ $json.overlap < 0 ? ${unknown(notCached)} : $json.overlap > 0 ? $json.overlap + ' % in ' + $json.other : $json.other === '' ? 'none' : 'under 1 % in ' + $json.other }}`,
	),
	field(
		'for_orion',
		'string',
		`={{ $json.share < 0 ? ${unknown(`($json.compared.sample?.problem ?? ${notCached})`)} : $json.share + ' % (seen: ' + $json.compared.sample.from + ')' }}`,
	),
	field('new_for_orion', 'string', "={{ $json.gain < 0 ? 'unknown' : 'about ' + $json.gain }}"),
	field(
		'fixed_event',
		'string',
		"={{ $json.list ? ($json.feed.fixed_event ? 'yes' : 'no') : 'does not apply: brings its own events' }}",
	),
	field('publish', 'boolean', '={{ $json.feed.publish }}'),
	field('id', 'string', '={{ $json.feed.id }}'),
	field('url', 'string', '={{ $json.feed.url }}'),
]);

export function reviewFeeds(): Canvas {
	const canvas = new Canvas('Review the feeds of MISP');
	const from = begin(canvas, {
		title:
			'# Review feeds\nWhich feeds should I use? Has MISP read and compare them, looks at what is in them, and ends in a table, best first. No events are made. Needs the key of a site admin.\n\n**Settings**: review *all* feeds or the *enabled* ones; from which size a feed is large; which share for Orion is low, which overlap high (per cent). The first run over all feeds may take long, and leaves caching on for them.',
		when: schedule('Every Monday', { mondaysAt: 4 }),
		settings: set(settingsName, {
			feeds: 'all',
			large_feed: 100_000,
			low_share: 20,
			high_overlap: 80,
			wait_seconds: 300,
		}),
	});
	canvas.note(
		2,
		0,
		2,
		'## Feeds\nAll, or the enabled ones. A key that is no site admin’s sees none: the run then stops, and says so.',
		{ rows: 2, colour: 5 },
	);
	canvas.note(
		4,
		0,
		2,
		'## Cache and compare\nMISP reads each feed and compares them value by value. It knows values only, so a part of each feed is looked at too: which types are in it, and are they for detection?',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		6,
		1,
		3,
		'## Judge\nNumbers, then a place: good, large, little for Orion, unknown, double, nothing for Orion, unreadable. Within a place the feed comes first that brings Orion most that no better one has.',
		{ colour: 4 },
	);
	canvas.note(9, 1, 2, '## The table\nHow to read it: docs/feeds.md. Connect a sheet or a mail here.', { colour: 3 });

	const [list = '', any = ''] = canvas.line(2, 0, [
		misp(
			'Feeds to review',
			'feed',
			'getMany',
			{ returnAll: true, only: `={{ ${ofSettings('feeds')} }}`, simple: true },
			{ alwaysOutputData: true },
		),
		ifMore('Any feeds?', '={{ Number($json.id ?? 0) }}'),
	]);
	const none = canvas.place(
		3,
		1,
		stop(
			'No feeds to review',
			`={{ ${ofSettings('feeds')} === 'all' ? 'MISP shows no feeds to this key. Feeds are shown to site admins; if there are none, run prepare-misp first.' : 'MISP shows this key no enabled feed. Feeds are shown to site admins; to review those that are off too, set feeds to "all" in Settings.' }}`,
		),
	);
	const cache = canvas.place(
		4,
		0,
		misp(
			'Cache feeds',
			'feed',
			'cache',
			{
				which: 'selected',
				feeds: "={{ $('Feeds to review').all().map((item) => item.json.id) }}",
				options: { switchOn: true, wait: `={{ ${ofSettings('wait_seconds')} }}` },
			},
			{ executeOnce: true },
		),
	);
	const compare = canvas.place(
		5,
		0,
		misp(
			'Compare feeds',
			'feed',
			'compare',
			{ returnAll: true, sample: true },
			{ executeOnce: true, alwaysOutputData: true },
		),
	);
	const rows = canvas.line(6, 1, [
		facts,
		figures,
		judged,
		sort('Best first', [
			['place', 'ascending'],
			['gain', 'descending'],
		]),
		table,
	]);
	canvas.connect(from, list);
	canvas.connect(any, cache);
	canvas.connect(any, none, 1);
	canvas.connect(cache, compare);
	canvas.connect(cache, rows[0] ?? '');
	return canvas;
}
