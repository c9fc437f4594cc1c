import { begin } from './begin';
import { Canvas } from './canvas';
import { collectItems, ifMore, ifTrue, loop, misp, passOn, schedule, stop, sums } from './nodes';
import { renewedMark } from './renewal';
import { importFile, slice, types, untag } from './sections';
import { ofSettings, setting, settingList, settings, stateTags, tagSetting } from './settings';
import { columns, field, onlyWhere } from './tables';

const period = "$('This period').first().json.tag";
const periodTag = { __rl: true, mode: 'name', value: `={{ ${period} }}` };

const uuidsOfEvents = "={{ $('These events').first().json.events.map((event) => event.uuid) }}";

/** The mark of an earlier period on the event in hand. */
const olderMark = `$('These events').first().json.events.find(({ uuid }) => uuid === $json.uuid).tags.map(({ name }) => name).find((name) => name.startsWith(${ofSettings('renewed_tag')} + '="') && name !== ${period})`;

export function refreshIocs(): Canvas {
	const canvas = new Canvas('Refresh IOCs in Cytomic Orion before they expire');
	const from = begin(canvas, {
		title:
			'# Refresh IOCs\nAn IOC leaves Orion when its time to live is over. This sends what MISP still wants again, with a fresh one, before that happens. What is no longer wanted runs out by itself.\n\n**Settings**: `ttl_days` as in *upload-iocs*. Each event is renewed once in every `refresh_days`, at most `events_per_run` of them a night.',
		when: schedule('Every night', { daysAt: 3 }),
		settings: settings(
			'upload_tag',
			'delete_tag',
			...stateTags,
			'renewed_tag',
			'ttl_days',
			'refresh_days',
			'events_per_run',
		),
	});
	canvas.note(
		2,
		1,
		2,
		'## Soon enough?\nFrom one renewal to the next there may be two periods of `refresh_days`. If an IOC could run out before, the run stops here.',
		{ rows: 2, colour: 5 },
	);
	canvas.note(
		4,
		0,
		3,
		'## What is due, slice by slice\nPublished events that are marked *uploaded* and were not renewed in this period. What is tagged for upload or deletion is left to those workflows. There is nothing to remember in n8n: the mark *renewed* in MISP says what is done, so a run that breaks off is taken up by the next.',
		{ rows: 2, colour: 5 },
	);
	canvas.note(
		7,
		1,
		2,
		'## Send again\nWhat is still for detection, not deleted, not on a warninglist and not marked *not-uploaded*. That Orion takes an IOC that it has, and counts its days anew, is not documented by the vendor: see on your Orion that the expiration date moves.',
		{ colour: 4 },
	);
	canvas.note(
		9,
		0,
		2,
		'## Taken out meanwhile?\nWhat `delete-iocs` took out of Orion while it was sent again here is handed to it once more.',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		9,
		2,
		4,
		'## Mark as renewed\nEvents all of whose IOCs got through. The mark names the first day of the period; that of an earlier period is taken off.',
		{ rows: 2, colour: 4 },
	);
	canvas.note(
		7,
		4,
		3,
		'## In the end\nThe totals. If IOCs did not get through to Orion, their events stay due, and the run ends in red, so that somebody looks.',
		{ colour: 3 },
	);

	const enough = canvas.place(
		2,
		1,
		ifTrue(
			'Soon enough?',
			`={{ Number(${ofSettings('refresh_days')}) >= 1 && Number(${ofSettings('ttl_days')}) >= 2 * ${ofSettings('refresh_days')} && Number(${ofSettings('events_per_run')}) >= 1 }}`,
		),
	);
	const unsound = canvas.place(
		3,
		2,
		stop(
			'Settings do not fit',
			`=Nothing was sent. In "Settings", ttl_days (${`{{ ${ofSettings('ttl_days')} }}`}) must be at least twice refresh_days (${`{{ ${ofSettings('refresh_days')} }}`}), and refresh_days and events_per_run (${`{{ ${ofSettings('events_per_run')} }}`}) at least 1: otherwise IOCs expire between two renewals.`,
		),
	);
	const known = canvas.line(3, 1, [
		columns('This period', [field('tag', 'string', `={{ ${renewedMark()} }}`)], { once: true }),
		misp('Events to renew', 'event', 'getMany', {
			returnAll: false,
			limit: setting('events_per_run'),
			filters: {
				tagsAny: setting('uploaded_tag'),
				tagsNone: `={{ [${ofSettings('upload_tag')}, ${ofSettings('delete_tag')}, ${period}] }}`,
				published: 'yes',
			},
			simple: true,
			options: {},
		}),
	]);
	const events = known[1] ?? '';
	const slices = canvas.place(5, 1, loop('Next events', slice));
	const these = canvas.place(6, 1, collectItems('These events', 'events', ['uuid', 'tags']));
	const created = canvas.place(
		5,
		0,
		misp('Tag for this period', 'tag', 'create', { name: `={{ ${period} }}`, fields: {} }, { executeOnce: true }),
	);
	const [read = '', sent = ''] = canvas.line(7, 1, [
		misp('Attributes to renew', 'attribute', 'getMany', {
			returnAll: true,
			filters: {
				eventIds: uuidsOfEvents,
				tagsAll: setting('uploaded_tag'),
				tagsNone: settingList('not_uploaded_tag', 'upload_tag', 'delete_tag'),
				published: 'yes',
				toIds: 'yes',
				type: types,
				warninglists: 'suppress',
			},
			simple: true,
			putInto: 'file',
			options: {},
		}),
		importFile('Send IOCs again', { eventsRead: uuidsOfEvents }),
	]);
	const revoked = canvas.line(9, 0, [
		misp(
			'Revoked meanwhile',
			'attribute',
			'getMany',
			{
				returnAll: true,
				filters: {
					eventIds: uuidsOfEvents,
					tagsAll: setting('not_uploaded_tag'),
					deleted: 'include',
					changedSince: '1d',
					type: types,
				},
				simple: true,
				putInto: 'items',
				options: {},
			},
			{ executeOnce: true },
		),
		untag('Revoke it again', '={{ $json.uuid }}', tagSetting('not_uploaded_tag')),
	]);
	const deleted = canvas.line(9, 1, [
		misp(
			'Deleted meanwhile',
			'attribute',
			'getMany',
			{
				returnAll: true,
				filters: { eventIds: uuidsOfEvents, tagsAll: setting('deleted_tag'), deleted: 'include', type: types },
				simple: true,
				putInto: 'items',
				options: {},
			},
			{ executeOnce: true },
		),
		misp('Delete it again', 'tag', 'add', {
			uuids: `={{ $json.tags.some(({ name, inherited }) => name === ${ofSettings('deleted_tag')} && inherited) ? $json.event_uuid : $json.uuid }}`,
			tag: tagSetting('delete_tag'),
			scope: 'local',
			createTag: true,
		}),
	]);
	const [renewed = ''] = canvas.line(9, 2, [
		onlyWhere('Renewed in full', '={{ $json.open === 0 }}'),
		misp('Mark as renewed', 'tag', 'add', {
			uuids: '={{ $json.event_uuid }}',
			tag: periodTag,
			scope: 'local',
			createTag: true,
		}),
		onlyWhere('Renewed before', `={{ ${olderMark} !== undefined }}`),
		untag('Remove the older mark', '={{ $json.uuid }}', {
			__rl: true,
			mode: 'name',
			value: `={{ ${olderMark} }}`,
		}),
	]);
	const again = canvas.place(9, 3, passOn('Slice done'));
	const [total = ''] = canvas.line(7, 4, [
		sums('Renewal totals', ['imported', 'duplicate', 'skipped', 'failed', 'open']),
		ifMore('Anything left over?', '={{ $json.sum_open }}'),
		stop(
			'Renewal incomplete',
			'={{ $json.sum_open }} IOCs did not get through to Orion: see the results of "Send IOCs again". Their events stay due, and the next run takes them up.',
		),
	]);

	canvas.connect(from, enough);
	canvas.connect(enough, known[0] ?? '');
	canvas.connect(enough, unsound, 1);
	canvas.connect(events, created);
	canvas.connect(events, slices);
	canvas.connect(slices, total);
	canvas.connect(slices, these, 1);
	canvas.connect(these, read);
	for (const next of [revoked[0] ?? '', deleted[0] ?? '', renewed, again]) canvas.connect(sent, next);
	canvas.connect(again, slices);
	return canvas;
}
