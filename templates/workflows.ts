import { createHash } from 'node:crypto';
import { begin } from './begin';
import { Canvas } from './canvas';
import { enrichMd5 } from './enrichMd5';
import { misp, orion, schedule, set } from './nodes';
import { notifyIocHits } from './notifyIocHits';
import { onError } from './onError';
import { prepareMisp } from './prepareMisp';
import { refreshIocs } from './refreshIocs';
import { reviewFeeds } from './reviewFeeds';
import { deleteRevoked, deleteTagged, fetchFeeds, publishAgain, tagAndPublish, upload } from './sections';
import { settings, stateTags } from './settings';

/** The MD5 of a text of ours: no file has it. */
const matchesNothing = createHash('md5').update('n8n-nodes-misp-cytomic-orion: first test').digest('hex');

const workflows: Record<string, () => Canvas> = {
	'first-test': () => {
		const canvas = new Canvas('First test: MISP and Cytomic Orion');
		const from = begin(canvas, {
			title:
				'# First test\nAre both servers reachable, and may the credentials do what they are to do?\n\n1. Create the two credentials and choose them in the nodes.\n2. Press **Execute workflow** from *Run by hand*.\n\nOnce a day the clock asks again.',
			when: schedule('Every morning', { daysAt: 6 }),
		});
		canvas.note(2, 0, 1, '## MISP\nAnswers with its version and what the key may do.', { colour: 4 });
		canvas.note(
			3,
			0,
			3,
			'## Orion\nUploads one IOC that matches nothing, the MD5 of a text of ours, for one day, and takes it out again: this proves sign-in and both permissions.',
			{ colour: 4 },
		);
		canvas.note(6, 0, 1, '## Ready\nAll green? Go on with *fetch-feeds*.', { colour: 7 });
		const line = canvas.line(2, 0, [
			misp('MISP version', 'server', 'getVersion', {}),
			set(
				'An IOC that matches nothing',
				{ type: 'md5', value: matchesNothing, comment: 'First test, may be deleted' },
				{ executeOnce: true },
			),
			orion('Upload it', 'ioc', 'import', {
				input: 'misp',
				ttl: 'fixed',
				ttlDays: 1,
				minimumSeverity: 'any',
				output: 'ioc',
				options: { source: 'n8n first test', description: 'Matches nothing; may be deleted' },
			}),
			orion('Take it out again', 'ioc', 'delete', { input: 'misp', stillWanted: '[]', output: 'ioc', options: {} }),
			set('Ready', {
				misp_version: "={{ $('MISP version').first().json.version }}",
				orion_import: "={{ $('Upload it').first().json.status }}",
				orion_delete: '={{ $json.status }}',
			}),
		]);
		canvas.connect(from, line[0] ?? '');
		return canvas;
	},

	'prepare-misp': prepareMisp,
	'review-feeds': reviewFeeds,

	'fetch-feeds': () => {
		const canvas = new Canvas('Fetch feeds into MISP');
		const from = begin(canvas, {
			title:
				'# Fetch feeds\nBrings the enabled feeds of MISP up to date, every six hours. Needs the key of a site admin.',
			when: schedule('Every 6 hours', { hours: 6 }),
		});
		fetchFeeds(canvas, { column: 2, row: 0, from, complaints: 'stop' });
		return canvas;
	},

	'tag-and-publish': () => {
		const canvas = new Canvas('Tag and publish events for Orion');
		const from = begin(canvas, {
			title:
				'# Tag and publish\nChooses the events worth uploading, publishes them and tags them for upload.\n\n**Settings**: tags, minimum severity (any, low, medium, high) and creator organisations (comma-separated, empty for all).',
			when: schedule('Every hour', { hours: 1 }),
			settings: settings(
				'upload_tag',
				'delete_tag',
				'uploaded_tag',
				'deleted_tag',
				'minimum_severity',
				'organisations',
				'changed_within',
			),
		});
		tagAndPublish(canvas, { column: 2, row: 0, from, complaints: 'stop' });
		return canvas;
	},

	'upload-iocs': () => {
		const canvas = new Canvas('Upload IOCs from MISP to Cytomic Orion');
		const from = begin(canvas, {
			title:
				'# Upload IOCs\nUploads what is tagged for upload, with a time to live.\n\n**Settings**: the tags, and the days after which an IOC expires in Orion. *refresh-iocs* renews what is still wanted by then.',
			when: schedule('Every 15 minutes', { minutes: 15 }),
			settings: settings('upload_tag', ...stateTags, 'ttl_days'),
		});
		publishAgain(canvas, { column: 2, row: 0, from });
		upload(canvas, { column: 2, row: 1, from, complaints: 'stop', afterPublishAgain: true });
		return canvas;
	},

	'delete-iocs': () => {
		const canvas = new Canvas('Delete IOCs from Cytomic Orion');
		const from = begin(canvas, {
			title:
				'# Delete IOCs\nTakes out of Orion what is tagged for deletion in MISP, and what was revoked since it was uploaded.\n\nAn IOC that another uploaded event still wants stays.',
			when: schedule('Every 30 minutes', { minutes: 30 }),
			settings: settings('upload_tag', 'delete_tag', ...stateTags),
		});
		publishAgain(canvas, { column: 2, row: 0, from });
		deleteTagged(canvas, { column: 2, row: 1, from, complaints: 'stop', afterPublishAgain: true });
		deleteRevoked(canvas, { column: 2, row: 9, from });
		return canvas;
	},

	'refresh-iocs': refreshIocs,
	'enrich-md5': enrichMd5,
	'notify-ioc-hits': notifyIocHits,
	'on-error': onError,

	'full-pipeline': () => {
		const canvas = new Canvas('MISP to Cytomic Orion, the whole pipeline');
		const from = begin(canvas, {
			title:
				'# The whole pipeline\nFetches feeds, tags and publishes, uploads, deletes: one after the other, from top to bottom, every six hours. Use this **or** the single workflows.\n\nIt does not renew: for IOCs that are to stay longer than `ttl_days`, publish *refresh-iocs* beside it.\n\n**Settings** has all that you may want to change.',
			when: schedule('Every 6 hours', { hours: 6 }),
			settings: settings(
				'upload_tag',
				'delete_tag',
				...stateTags,
				'minimum_severity',
				'organisations',
				'ttl_days',
				'changed_within',
			),
		});
		fetchFeeds(canvas, { column: 2, row: 0, from, complaints: 'go on' });
		tagAndPublish(canvas, { column: 2, row: 3, from, complaints: 'go on' });
		publishAgain(canvas, { column: 2, row: 11, from });
		upload(canvas, { column: 2, row: 12, from, complaints: 'go on', afterPublishAgain: true });
		deleteTagged(canvas, { column: 2, row: 21, from, complaints: 'go on' });
		deleteRevoked(canvas, { column: 2, row: 29, from });
		return canvas;
	},
};

/** File name without .json → its content. */
export const templates = (): Map<string, string> =>
	new Map(
		Object.entries(workflows).map(([name, build]) => [name, `${JSON.stringify(build().toJson(), null, '\t')}\n`]),
	);
