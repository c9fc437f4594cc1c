import { uploadableTypes } from '../nodes/CytomicOrion/ioc';
import type { INodeParameters } from 'n8n-workflow';
import type { Canvas, NodeSpec } from './canvas';
import { collect, collectItems, forgetAll, ifTrue, loop, misp, newOnly, orion, passOn, stop, sums } from './nodes';
import type { Setting } from './settings';
import { ofSettings, organisationFilter, setting, settingList, tagSetting } from './settings';

/**
 * The parts that workflows are put together from. Each begins after the node `from` and knows nothing of the others:
 * what it needs to know it reads from MISP, so that a run that broke off is taken up by the next.
 */
export interface Place {
	column: number;
	row: number;
	from: string;
}

export interface Start extends Place {
	/** What is left over ends the run in red, or, where more is to follow, only at a node to connect a notification to. */
	complaints: 'stop' | 'go on';
	/** Whether `publishAgain` went before, and this part is to complain about what that could not do. */
	afterPublishAgain?: boolean;
}

const unpublishedToo = ({ afterPublishAgain }: Pick<Start, 'afterPublishAgain'>): Record<string, string> =>
	afterPublishAgain ? { [stillUnpublished]: 'An earlier run left an event unpublished' } : {};

const complaint = (complaints: Start['complaints'], name: string, message: string): NodeSpec =>
	complaints === 'stop' ? stop(name, message) : passOn(name, 'Connect a notification here');

interface Remainder {
	question: string;
	incomplete: string;
	/** The node with the sums. */
	totals: string;
	/** What became of the IOCs, after their number. */
	iocs: string;
	/** Nodes where what went wrong with tags and publishing comes out, with what that is. */
	troubles: Readonly<Record<string, string>>;
}

/** Reached last, whatever there was to do: is anything left over, and the complaint about it. */
function remainder(
	complaints: Start['complaints'],
	{ question, incomplete, totals, iocs, troubles }: Remainder,
): NodeSpec[] {
	const open = `($('${totals}').isExecuted && $('${totals}').first().json.sum_open)`;
	const nodes = Object.keys(troubles);
	const why = Object.entries(troubles)
		.map(
			([node, what]) =>
				`{{ $('${node}').isExecuted ? '${what} (see "${node}"): ' + $('${node}').first().json.error + ' ' : '' }}`,
		)
		.join('');
	return [
		ifTrue(question, `={{ ${[`${open} > 0`, ...nodes.map((node) => `$('${node}').isExecuted`)].join(' || ')} }}`),
		complaint(
			complaints,
			incomplete,
			`={{ ${open} > 0 ? ${open} + ' ${iocs}. ' : '' }}${why}What is left is still tagged, and the next run takes it up.`,
		),
	];
}

const inTheEnd = (complaints: Start['complaints'], trouble: string): string =>
	`## In the end\nIf ${trouble}, or events could not be untagged or published again, they are still tagged, and ${complaints === 'stop' ? 'the run ends in red, so that somebody looks' : 'what you connect here can say so'}.`;

const totalsNote = '## Totals\nOf all slices.';

/** Takes a tag off. Where it is global, MISP unpublishes the event: it carries a mark until it is published again. */
export const untag = (
	name: string,
	uuids: string,
	tag: INodeParameters[string],
	extra: Pick<NodeSpec, 'executeOnce' | 'onError'> = {},
): NodeSpec =>
	misp(name, 'tag', 'remove', { uuids, tag, keepPublished: true, publishMark: setting('publish_again_tag') }, extra);

/** Where events come out that could not be published again. */
export const stillUnpublished = 'Still unpublished';

/** What a run left that was killed between the loss of a global tag and the publishing. */
export function publishAgain(canvas: Canvas, { column, row, from }: Place): void {
	canvas.note(
		column,
		row,
		4,
		'## Left unpublished?\nMISP unpublishes an event that loses a *global* tag. Until it is published again it carries the tag *publish-again*: what a run that broke off left so is published here. Local tags, as these workflows set them, never unpublish.',
		{ colour: 5 },
	);
	const [first = '', publishing = ''] = canvas.line(column, row, [
		misp('Left unpublished', 'event', 'getMany', {
			returnAll: true,
			filters: { tagsAny: setting('publish_again_tag') },
			simple: true,
			options: {},
		}),
		publish('Publish them again', '={{ $json.uuid }}'),
		misp('Remove the publish mark', 'tag', 'remove', {
			uuids: '={{ $json.uuid }}',
			tag: tagSetting('publish_again_tag'),
			keepPublished: true,
		}),
	]);
	canvas.connect(from, first);
	canvas.connect(publishing, canvas.place(column + 3, row, passOn(stillUnpublished)), 1);
}

export const types = [...uploadableTypes];

/** Sends the attributes that the node before put into a file, with the time to live of **Settings**; one result per event. */
export const importFile = (name: string, options: { controlTag?: string; eventsRead: string }): NodeSpec =>
	orion(name, 'ioc', 'import', {
		input: 'file',
		binaryField: 'data',
		ttl: 'fixed',
		ttlDays: setting('ttl_days'),
		minimumSeverity: 'any',
		output: 'event',
		options,
	});

/** A field of all items of a node, as a list: read once, however many they are. */
const all = (node: string, field: string): string => `={{ $('${node}').all().map((item) => item.json.${field}) }}`;

/** The UUIDs of the events that `collectItems` put into the item in hand. */
const uuidsOfEvents = '={{ $json.events.map((event) => event.uuid) }}';

/** Those of them that carry the tag themselves: an event in which only attributes do is not done when they are. */
const taggedEvents = (node: string, tag: Setting): string =>
	`={{ $('${node}').first().json.events.filter((event) => event.tags.some(({ name }) => name === ${ofSettings(tag)})).map((event) => event.uuid) }}`;

/** Events worked on at a time: what they hold is read whole before anything about them is changed. */
export const slice = 20;

export function fetchFeeds(canvas: Canvas, { column, row, from, complaints }: Start): void {
	canvas.note(
		column,
		row,
		2,
		'## Fetch the feeds\nFetches every feed that is enabled in MISP, and waits for MISP’s background jobs. One item per feed says what came of it.\n\nWhich feeds are worth it? Enable few and good ones.',
	);
	const [first] = canvas.line(column, row, [
		misp(
			'Fetch feeds',
			'feed',
			'fetch',
			{ which: 'all', options: {} },
			complaints === 'go on' ? { onError: 'continueRegularOutput' } : {},
		),
		{
			name: 'Feeds that need attention',
			type: 'n8n-nodes-base.filter',
			version: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: 'not-fetched',
							leftValue: '={{ $json.outcome }}',
							rightValue: 'fetched',
							operator: { type: 'string', operation: 'notEquals' },
						},
					],
					combinator: 'and',
				},
				options: {},
			},
			notes: 'Connect a notification here',
		},
	]);
	canvas.connect(from, first ?? '');
}

/** A change is taken once when it is new, and once more when it is a day old: see decision 6. */
const isOfYesterday = 'Date.now() / 1000 - $json.timestamp > 86400';
const again = ' again';

/** Events that hold what Orion can use, as MISP's search finds them. */
const worthwhile = {
	toIds: 'yes',
	type: types,
	minimumSeverity: setting('minimum_severity'),
	extra: organisationFilter,
};

export function tagAndPublish(canvas: Canvas, { column, row, from, complaints }: Start): void {
	const fresh = row + 3;
	canvas.note(
		column,
		row,
		2,
		'## Changed events\nEvents that were uploaded and changed since. Each change is taken once, and once more a day later: n8n remembers event and time of change before the work is done, and a run that is killed just then would lose it.',
		{ colour: 5 },
	);
	canvas.note(
		column + 2,
		row,
		3,
		'## Tag, then publish\nTagged first: should MISP not publish one, it is uploaded as soon as somebody does.',
	);
	canvas.note(
		column,
		fresh,
		1,
		'## New events\nEvents without any control tag that hold at least one attribute for detection (to_ids) of a type Orion takes, of the severity and organisations in **Settings**.',
		{ colour: 5 },
	);
	canvas.note(
		column + 1,
		fresh,
		5,
		'## Publish, then tag\nPublished first: an event that MISP will not publish stays without a tag, and the next run tries again. The tag is local: a global one would unpublish the event and cut it off from its feed.',
		{ rows: 2 },
	);

	const changed = canvas.line(column, row, [
		misp('Changed events', 'event', 'getMany', {
			returnAll: true,
			filters: {
				...worthwhile,
				tagsAll: setting('uploaded_tag'),
				tagsNone: settingList('upload_tag', 'delete_tag'),
				eventChangedSince: setting('changed_within'),
			},
			simple: true,
			options: {},
		}),
		newOnly(
			'Each change once',
			`={{ $json.uuid }} {{ $json.timestamp }}{{ ${isOfYesterday} ? '${again}' : '' }}`,
			100_000,
		),
		// Remembered by now: more tries, since a miss would lose the change.
		tagForUpload('Tag changed events', '={{ $json.uuid }}', { retryOnFail: true, onError: 'continueErrorOutput' }),
		publish('Publish changed events', '={{ $json.event_uuid }}'),
	]);
	const waiting = canvas.place(column + 4, row, passOn('Waits for publication', 'Uploaded once it is published'));
	const missed = canvas.line(column + 3, row + 1, [
		forgetAll('Take them again next time'),
		complaint(
			complaints,
			'Not tagged',
			'=Changed events could not be tagged for upload: {{ $json.error }} All changes of late are taken again by the next run.',
		),
	]);
	const [created = '', published = ''] = canvas.line(column, fresh, [
		misp('New events', 'event', 'getMany', {
			returnAll: true,
			filters: { ...worthwhile, tagsNone: settingList('upload_tag', 'delete_tag', 'uploaded_tag', 'deleted_tag') },
			simple: true,
			options: {},
		}),
		ifTrue('Published already?', '={{ $json.published }}'),
	]);
	const [tag = ''] = canvas.line(column + 3, fresh, [
		tagForUpload('Tag new events', '={{ $json.uuid }}'),
		misp(
			'Read their state',
			'event',
			'getMany',
			{
				returnAll: true,
				filters: { eventIds: all('Tag new events', 'event_uuid') },
				simple: true,
				options: {},
			},
			{ executeOnce: true },
		),
		newOnly('Remember this state', '={{ $json.uuid }} {{ $json.timestamp }}', 100_000),
		newOnly('Nor again tomorrow', `={{ $json.uuid }} {{ $json.timestamp }}${again}`, 100_000),
	]);
	const publishing = canvas.place(column + 2, fresh + 1, publish('Publish new events', '={{ $json.uuid }}'));
	const refused = canvas.place(
		column + 3,
		fresh + 2,
		complaint(
			complaints,
			'Not published',
			'=Event {{ $json.uuid }} could not be published, so it was not tagged: {{ $json.error }}',
		),
	);

	canvas.connect(published, tag);
	canvas.connect(published, publishing, 1);
	canvas.connect(publishing, tag);
	canvas.connect(publishing, refused, 1);
	canvas.connect(from, changed[0] ?? '');
	canvas.connect(from, created);
	canvas.connect('Publish changed events', waiting, 1);
	canvas.connect('Tag changed events', missed[0] ?? '', 1);
}

const publish = (name: string, uuid: string) =>
	misp(
		name,
		'event',
		'publish',
		{ event: { __rl: true, mode: 'id', value: uuid }, options: {} },
		{ onError: 'continueErrorOutput' },
	);

const tagForUpload = (name: string, uuid: string, extra: Pick<NodeSpec, 'retryOnFail' | 'onError'> = {}) =>
	misp(name, 'tag', 'add', { uuids: uuid, tag: tagSetting('upload_tag'), scope: 'local', createTag: true }, extra);

export function upload(canvas: Canvas, { column, row, from, complaints, afterPublishAgain }: Start): void {
	const main = row + 3;
	const tagTrouble = 'Upload tags to look at';
	canvas.note(
		column,
		main,
		3,
		'## Tagged events, slice by slice\nPublished events that carry the upload tag, or hold attributes that do. A few at a time: memory stays small, and if a run breaks off only the slice in hand is done again.',
	);
	canvas.note(
		column + 3,
		row,
		4,
		'## What stays out\nAttributes of these events that are deleted or not for detection are marked *not-uploaded*, so that `delete-iocs` can tell them from what is revoked later.',
		{ rows: 2, colour: 5 },
	);
	canvas.note(
		column + 1,
		main - 2,
		2,
		'## Before anything is sent\nThe marks exist, or the run stops here and says what the key may not.',
		{ colour: 5 },
	);
	canvas.note(
		column + 3,
		main,
		2,
		'## Read and upload\nReads the attributes of the slice whole into a file, without what is on a warninglist, and uploads them with a time to live. The node itself checks, converts and sends in batches; the result says per event what became of its IOCs.',
		{ colour: 4 },
	);
	canvas.note(
		column + 5,
		main,
		3,
		'## Mark, then untag\nEvents and attributes with nothing left to do get the tag *uploaded*, lose the tag *deleted* of an earlier time and, last, the upload tag: whatever happens in between, nothing is forgotten. Events stay published.',
		{ colour: 4 },
	);
	canvas.note(column + 3, main + 3, 1, totalsNote, { colour: 3 });
	canvas.note(column, main + 4, 3, inTheEnd(complaints, 'IOCs did not get through to Orion'), { colour: 3 });

	const [events = '', slices = ''] = canvas.line(column, main, [
		misp('Events to upload', 'event', 'getMany', {
			returnAll: true,
			filters: { tagsAny: setting('upload_tag'), published: 'yes' },
			simple: true,
			options: {},
		}),
		loop('Next events', slice),
	]);
	const known = canvas.line(column + 1, main - 2, [
		misp(
			'Tag for what is uploaded',
			'tag',
			'create',
			{ name: setting('uploaded_tag'), fields: {} },
			{ executeOnce: true },
		),
		misp('Tag for what stays out', 'tag', 'create', { name: setting('not_uploaded_tag'), fields: {} }),
	]);
	const these = canvas.place(column + 2, main, collectItems('These events', 'events', ['uuid', 'tags']));
	const off = canvas.place(column + 3, row, leftOut('Not for detection', { toIds: 'no' }));
	const gone = canvas.place(column + 3, row + 1, leftOut('Already deleted', { deleted: 'only' }));
	const [aside = ''] = canvas.line(column + 4, row, [
		collect('These stay out', 'uuid'),
		misp('Mark as not uploaded', 'tag', 'add', {
			uuids: '={{ $json.uuid }}',
			tag: tagSetting('not_uploaded_tag'),
			scope: 'local',
			createTag: true,
		}),
		untag('Nothing to upload there', all('Mark as not uploaded', 'uuid'), tagSetting('upload_tag'), {
			executeOnce: true,
		}),
	]);
	const [read = '', imported = ''] = canvas.line(column + 3, main, [
		misp('Attributes to upload', 'attribute', 'getMany', {
			returnAll: true,
			filters: {
				eventIds: uuidsOfEvents,
				tagsAny: setting('upload_tag'),
				published: 'yes',
				toIds: 'yes',
				type: types,
				warninglists: 'suppress',
			},
			simple: true,
			putInto: 'file',
			options: {},
		}),
		importFile('Upload IOCs', {
			controlTag: setting('upload_tag'),
			eventsRead: taggedEvents('These events', 'upload_tag'),
		}),
	]);
	const [mark = ''] = canvas.line(column + 5, main, [
		misp('Mark as uploaded', 'tag', 'add', {
			uuids: '={{ $json.settled }}',
			tag: tagSetting('uploaded_tag'),
			scope: 'local',
			createTag: true,
		}),
		untag('No longer deleted', all('Mark as uploaded', 'uuid'), tagSetting('deleted_tag'), { executeOnce: true }),
		untag('Remove upload tag', all('Mark as uploaded', 'uuid'), tagSetting('upload_tag'), {
			executeOnce: true,
			onError: 'continueErrorOutput',
		}),
	]);
	const kept = canvas.place(column + 8, main + 1, passOn(tagTrouble, 'Still tagged or unpublished'));
	const again = canvas.place(column + 5, main + 1, passOn('Slice done'));
	const total = canvas.place(
		column + 3,
		main + 3,
		sums('Upload totals', ['imported', 'duplicate', 'skipped', 'failed', 'open']),
	);
	const [end = ''] = canvas.line(
		column,
		main + 4,
		remainder(complaints, {
			question: 'Anything left over?',
			incomplete: 'Upload incomplete',
			totals: total,
			iocs: 'IOCs did not get through to Orion: see the results of "Upload IOCs"',
			troubles: { ...unpublishedToo({ afterPublishAgain }), [tagTrouble]: 'Events are not finished' },
		}),
	);

	canvas.connect(from, events);
	canvas.connect(from, end);
	canvas.connect(events, known[0] ?? '');
	canvas.connect('Remove upload tag', kept, 1);
	canvas.connect(slices, total);
	canvas.connect(slices, these, 1);
	canvas.connect(these, off);
	canvas.connect(these, gone);
	canvas.connect(these, read);
	canvas.connect(off, aside);
	canvas.connect(gone, aside);
	canvas.connect(imported, mark);
	canvas.connect(imported, again);
	canvas.connect(again, slices);
}

/**
 * Attributes of the slice's tagged events that Orion does not get. Those of an event that was uploaded before may be in Orion:
 * they are left to `delete-iocs`, which takes them out before it marks them. Those that are marked already come again: a run that broke off
 * after marking them left them their upload tag.
 */
const leftOut = (name: string, filter: { deleted: 'only' } | { toIds: 'no' }) =>
	misp(name, 'attribute', 'getMany', {
		returnAll: true,
		filters: {
			...filter,
			eventIds: uuidsOfEvents,
			tagsAny: setting('upload_tag'),
			tagsNone: setting('uploaded_tag'),
			type: types,
		},
		simple: true,
		putInto: 'items',
		options: {},
	});

/** Attributes that MISP no longer wants in Orion: deleted or no longer for detection, in events marked as uploaded. */
const revoked = (name: string, filter: { deleted: 'only' } | { toIds: 'no' }) =>
	misp(name, 'attribute', 'getMany', {
		returnAll: true,
		filters: {
			...filter,
			tagsAll: setting('uploaded_tag'),
			tagsNone: settingList('not_uploaded_tag', 'delete_tag'),
			type: types,
		},
		simple: true,
		options: {},
	});

/** What other uploaded events, or events about to be, still want in Orion. */
const wanted = (name: string) =>
	misp(
		name,
		'attribute',
		'findSame',
		{
			valueField: 'value',
			filters: {
				tagsAny: settingList('uploaded_tag', 'upload_tag'),
				tagsNone: setting('delete_tag'),
				toIds: 'yes',
				type: types,
			},
		},
		{ alwaysOutputData: true },
	);

export function deleteTagged(canvas: Canvas, { column, row, from, complaints, afterPublishAgain }: Start): void {
	const tagTrouble = 'Delete tags to look at';
	canvas.note(
		column,
		row,
		3,
		'## Tagged for deletion, slice by slice\nEvents that carry the delete tag, or hold attributes that do.',
		{ colour: 5 },
	);
	canvas.note(
		column + 3,
		row,
		2,
		'## Delete, but not what others want\nReads the attributes, finds which of their values another uploaded event still wants, and deletes the rest from Orion. With nothing to delete, nothing is sent.',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		column + 5,
		row + 1,
		3,
		'## Unmark, then untag\nThe mark *uploaded* gives way to *deleted*, so that `tag-and-publish` does not upload the event again. The delete tag goes last: whatever happens in between, nothing is forgotten.',
		{ colour: 4 },
	);

	const [events = '', slices = ''] = canvas.line(column, row, [
		misp('Events to delete', 'event', 'getMany', {
			returnAll: true,
			filters: { tagsAny: setting('delete_tag'), deleted: 'include' },
			simple: true,
			options: {},
		}),
		loop('Next events to delete', slice),
	]);
	const work = canvas.line(column + 2, row, [
		collectItems('These events to delete', 'events', ['uuid', 'tags']),
		misp(
			'Attributes to delete',
			'attribute',
			'getMany',
			{
				returnAll: true,
				filters: { eventIds: uuidsOfEvents, tagsAny: setting('delete_tag'), deleted: 'include', type: types },
				simple: true,
				options: {},
			},
			{ alwaysOutputData: true },
		),
		wanted('Still wanted elsewhere'),
	]);
	const erase = canvas.place(
		column + 4,
		row + 1,
		orion('Delete IOCs', 'ioc', 'delete', {
			input: 'misp',
			stillWanted: "={{ $('Still wanted elsewhere').all().map((item) => item.json) }}",
			output: 'event',
			options: { controlTag: setting('delete_tag'), eventsRead: taggedEvents('These events to delete', 'delete_tag') },
		}),
	);
	canvas.connect(work[1] ?? '', erase);
	const unmarked = canvas.line(column + 5, row + 1, [
		misp('Mark as deleted', 'tag', 'add', {
			uuids: '={{ $json.settled }}',
			tag: tagSetting('deleted_tag'),
			scope: 'local',
			createTag: true,
		}),
		untag('Remove uploaded mark', all('Mark as deleted', 'uuid'), tagSetting('uploaded_tag'), { executeOnce: true }),
		untag('Remove delete tag', all('Mark as deleted', 'uuid'), tagSetting('delete_tag'), {
			executeOnce: true,
			onError: 'continueErrorOutput',
		}),
	]);
	const kept = canvas.place(column + 8, row + 2, passOn(tagTrouble, 'Still tagged or unpublished'));
	canvas.connect('Remove delete tag', kept, 1);
	const again = canvas.place(column + 5, row + 2, passOn('Deletion slice done'));
	canvas.note(column + 2, row + 3, 1, totalsNote, { colour: 3 });
	canvas.note(column, row + 4, 3, inTheEnd(complaints, 'IOCs could not be deleted'), { colour: 3 });
	const total = canvas.place(
		column + 2,
		row + 3,
		sums('Deletion totals', ['deleted', 'duplicate', 'skipped', 'failed', 'open']),
	);
	const [end = ''] = canvas.line(
		column,
		row + 4,
		remainder(complaints, {
			question: 'Deletions left over?',
			incomplete: 'Deletion incomplete',
			totals: total,
			iocs: 'IOCs could not be deleted from Orion: see the results of "Delete IOCs"',
			troubles: { ...unpublishedToo({ afterPublishAgain }), [tagTrouble]: 'Events are not finished' },
		}),
	);
	canvas.connect(from, events);
	canvas.connect(from, end);
	canvas.connect(slices, total);
	canvas.connect(slices, work[0] ?? '', 1);
	canvas.connect(erase, unmarked[0] ?? '');
	canvas.connect(erase, again);
	canvas.connect(again, slices);
}

export function deleteRevoked(canvas: Canvas, { column, row, from }: Place): void {
	canvas.note(
		column,
		row,
		2,
		'## Revoked since they were uploaded\nAttributes of uploaded events that were deleted, or are no longer for detection (to_ids off).',
		{ rows: 2, colour: 5 },
	);
	canvas.note(
		column + 2,
		row,
		2,
		'## Delete, but not what others want\nAs above. What is done is marked *not-uploaded* on the attribute, so that it is done once.',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		column,
		row + 3,
		3,
		'## Wanted again\nAn attribute that was revoked and is for detection again loses the mark *not-uploaded*.',
		{ colour: 5 },
	);

	const deleted = canvas.place(column, row, revoked('Deleted in MISP', { deleted: 'only' }));
	const off = canvas.place(column, row + 1, revoked('No longer for detection', { toIds: 'no' }));
	const found = canvas.place(column + 1, row, passOn('Revoked'));
	const needed = canvas.place(column + 2, row, wanted('Still wanted by others'));
	const [erase = ''] = canvas.line(column + 2, row + 1, [
		orion('Delete revoked IOCs', 'ioc', 'delete', {
			input: 'misp',
			stillWanted: "={{ $('Still wanted by others').all().map((item) => item.json) }}",
			output: 'event',
			options: { listAttributes: true },
		}),
		misp('Mark as no longer uploaded', 'tag', 'add', {
			uuids: '={{ $json.attributes_done }}',
			tag: tagSetting('not_uploaded_tag'),
			scope: 'local',
			createTag: true,
		}),
	]);
	const again = canvas.line(column, row + 3, [
		misp('Wanted again', 'attribute', 'getMany', {
			returnAll: true,
			filters: { tagsAll: setting('not_uploaded_tag'), toIds: 'yes' },
			simple: true,
			options: {},
		}),
		collect('These attributes', 'uuid'),
		untag('Remove the mark', '={{ $json.uuid }}', tagSetting('not_uploaded_tag')),
	]);
	canvas.connect(from, again[0] ?? '');
	canvas.connect(from, deleted);
	canvas.connect(from, off);
	canvas.connect(deleted, found);
	canvas.connect(off, found);
	canvas.connect(found, needed);
	canvas.connect(found, erase);
}
