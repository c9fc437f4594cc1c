import { begin } from './begin';
import { Canvas } from './canvas';
import { collect, ifTrue, loop, misp, orion, passOn, schedule, set, stop } from './nodes';
import { untag } from './sections';
import { controlTags, ofSettings, settingsName } from './settings';
import { columns, field, onlyWhere } from './tables';

const settings = {
	enrich_tag: controlTags.enrich,
	publish_again_tag: controlTags.publishAgain,
	/** IDs or UUIDs of events to look at instead of what is tagged, comma-separated. */
	events: '',
};

const setting: (name: keyof typeof settings) => string = ofSettings;

/** The events of Settings, or what is tagged. */
const chosenEvents = `={{ JSON.stringify(${setting('events')} ? { eventid: ${setting('events')}.split(',').map((event) => event.trim()) } : { tags: [${setting('enrich_tag')}] }) }}`;
const taggedOnly = `={{ JSON.stringify(${setting('events')} ? {} : { tags: [${setting('enrich_tag')}] }) }}`;

/** Types of attributes that hold an MD5 of a file. */
const md5Types = ['filename|md5', 'malware-sample', 'md5'];

/** Events worked on at a time: their tag goes when all that they hold is done. */
const slice = 10;

const objectsOfSlice = (name: string, deleted: 'exclude' | 'only') =>
	misp(
		name,
		'object',
		'getMany',
		{
			returnAll: true,
			filters: { eventIds: '={{ $json.uuid }}', objectName: 'cytomic-orion-file\ncytomic-orion-machine', deleted },
			simple: true,
		},
		{ alwaysOutputData: true },
	);

const withSameUuid = (node: string): string =>
	`$('${node}').all().map((item) => item.json).find((object) => object.uuid === $json.uuid)`;

/** Fields that have another value in MISP. MISP writes times its own way, so those are compared as times. */
const changes = `={{ ((there) => there === undefined ? {} : Object.fromEntries(Object.entries($json.fields).filter(([name, { value }]) => there.fields[name] !== value && !(/seen|date/i.test(name) && Date.parse(there.fields[name]) === Date.parse(value)))))(${withSameUuid('Objects there')}) }}`;

export function enrichMd5(): Canvas {
	const canvas = new Canvas('Enrich MD5s in MISP with what Cytomic Orion knows');
	const from = begin(canvas, {
		title:
			'# Enrich MD5s\nLooks up MD5s of MISP in Orion and writes what Orion knows into their events: one *cytomic-orion-file* object, and one *cytomic-orion-machine* object for each computer that saw the file.\n\nTag an event or single attributes with the tag in **Settings** (locally), or name events there (IDs or UUIDs, comma-separated): then those are looked at instead.',
		when: schedule('Every hour', { hours: 1 }),
		settings: set(settingsName, settings),
	});

	canvas.note(
		2,
		2,
		3,
		'## Events, slice by slice\nEvents that carry the tag, or hold attributes that do. Ten at a time: if a run breaks off, only the slice in hand is done again.',
		{ colour: 5 },
	);
	canvas.note(
		5,
		0,
		1,
		'## What is there\nObjects that an earlier run wrote, and those that somebody deleted: they stay deleted.',
		{ rows: 2, colour: 5 },
	);
	canvas.note(
		5,
		2,
		4,
		'## Ask Orion\nOrion knows files by MD5 only. A hash that it does not know comes out of *Unknown to Orion*, and nothing is written for it. Does MISP lack the object templates? Run *prepare-misp* first.',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		9,
		1,
		4,
		'## No duplicates\nAn object has the same UUID each time, made of event, MD5 and computer. New ones are created; one that is there is updated where Orion says something else now, such as a later last-seen.',
		{ rows: 3, colour: 4 },
	);
	canvas.note(
		5,
		5,
		3,
		'## Publish again, untag last\nMISP unpublishes an event that gets an object; what was published is published again. An event of a feed that is changed like this is no longer updated by its feed. The tag goes last: whatever happens before, nothing is forgotten.',
		{ rows: 3, colour: 3 },
	);

	const [events = '', slices = '', these = ''] = canvas.line(2, 2, [
		misp('Events to enrich', 'event', 'getMany', {
			returnAll: true,
			filters: { extra: chosenEvents },
			simple: true,
			options: {},
		}),
		loop('Next events', slice),
		collect('These events', 'uuid'),
	]);
	const there = canvas.place(5, 0, objectsOfSlice('Objects there', 'exclude'));
	const deleted = canvas.place(5, 1, objectsOfSlice('Objects deleted', 'only'));
	const [md5s = '', , , known = ''] = canvas.line(5, 2, [
		misp('Their MD5s', 'attribute', 'getMany', {
			returnAll: true,
			filters: { eventIds: '={{ $json.uuid }}', type: md5Types, extra: taggedOnly },
			simple: true,
			putInto: 'items',
			options: {},
		}),
		orion('What Orion knows', 'file', 'getMispObjects', {
			md5: '={{ $json.value }}',
			eventUuid: '={{ $json.event_uuid }}',
			includeComputers: true,
		}),
		columns(
			'With their event',
			[
				field('event_uuid', 'string', "={{ $('Their MD5s').item.json.event_uuid }}"),
				field('attribute_uuid', 'string', "={{ $('Their MD5s').item.json.uuid }}"),
			],
			{ keep: true },
		),
		ifTrue('Known to Orion?', '={{ $json.known }}'),
	]);
	const once = canvas.place(9, 2, {
		name: 'Each object once',
		type: 'n8n-nodes-base.removeDuplicates',
		version: 2,
		parameters: {
			operation: 'removeDuplicateInputItems',
			compare: 'selectedFields',
			fieldsToCompare: 'uuid',
			options: {},
		},
	});
	const unknown = canvas.place(
		8,
		3,
		columns('Unknown to Orion', [
			field('md5', 'string', '={{ $json.md5 }}'),
			field('message', 'string', '={{ $json.message }}'),
			field('event_uuid', 'string', '={{ $json.event_uuid }}'),
			field('attribute_uuid', 'string', '={{ $json.attribute_uuid }}'),
		]),
	);
	const compared = canvas.place(
		10,
		2,
		columns(
			'Compared with MISP',
			[
				field(
					'is_new',
					'boolean',
					`={{ ![${withSameUuid('Objects there')}, ${withSameUuid('Objects deleted')}].some((object) => object) }}`,
				),
				field('changes', 'object', changes),
			],
			{ keep: true },
		),
	);
	const fresh = canvas.line(11, 1, [
		onlyWhere('New', '={{ $json.is_new }}'),
		misp('Create the objects', 'object', 'create', {
			event: { __rl: true, mode: 'id', value: '={{ $json.event_uuid }}' },
			template: { __rl: true, mode: 'id', value: '={{ $json.name }}' },
			fieldsFrom: 'json',
			fieldsJson: '={{ JSON.stringify($json.fields) }}',
			// Its UUID decides: files of two hashes may have the same name, size and times, which MISP would take for the same object.
			skipDuplicates: false,
			details: {
				comment: '={{ $json.comment }}',
				firstSeen: "={{ $json.first_seen ?? '' }}",
				lastSeen: "={{ $json.last_seen ?? '' }}",
				uuid: '={{ $json.uuid }}',
			},
			simple: true,
		}),
	]);
	const changed = canvas.line(11, 3, [
		onlyWhere('Changed', '={{ Object.keys($json.changes).length > 0 }}'),
		misp('Update the objects', 'object', 'update', {
			object: { __rl: true, mode: 'id', value: '={{ $json.uuid }}' },
			fieldsJson: '={{ JSON.stringify($json.changes) }}',
			changes: { firstSeen: "={{ $json.first_seen ?? '' }}", lastSeen: "={{ $json.last_seen ?? '' }}" },
			simple: true,
		}),
	]);
	const [published = '', publish = ''] = canvas.line(5, 5, [
		onlyWhere('Was published', '={{ $json.published }}'),
		misp(
			'Publish again',
			'event',
			'publish',
			{ event: { __rl: true, mode: 'id', value: '={{ $json.uuid }}' }, options: {} },
			{ onError: 'continueErrorOutput' },
		),
	]);
	const refused = canvas.place(
		7,
		5,
		stop(
			'Not published again',
			'=Event {{ $json.uuid }} was enriched and could not be published again, so it keeps its tag: {{ $json.error }}',
		),
	);
	const untagging = canvas.place(
		5,
		6,
		untag(
			'Remove enrich tag',
			"={{ [...$('These events').first().json.uuid, ...$('Their MD5s').all().map((item) => item.json.uuid)] }}",
			{ __rl: true, mode: 'name', value: `={{ ${setting('enrich_tag')} }}` },
			{ executeOnce: true },
		),
	);
	const again = canvas.place(5, 7, passOn('Slice done'));

	canvas.connect(from, events);
	canvas.connect(slices, these, 1);
	for (const next of [there, deleted, md5s]) canvas.connect(these, next);
	canvas.connect(known, once);
	canvas.connect(known, unknown, 1);
	canvas.connect(once, compared);
	for (const [next = ''] of [fresh, changed]) canvas.connect(compared, next);
	canvas.connect(slices, published, 1);
	canvas.connect(publish, refused, 1);
	canvas.connect(slices, untagging, 1);
	canvas.connect(slices, again, 1);
	canvas.connect(again, slices);
	return canvas;
}
