import * as fc from 'fast-check';
import { readAnswer, type MispAnswer, type MispProblem } from '../../../nodes/Misp/transport/answer';
import { serverDelay } from '../../../nodes/shared/retry';

const answer = (change: Partial<MispAnswer>): MispAnswer => ({
	method: 'POST',
	path: '/events/view/1',
	status: 200,
	headers: {},
	body: {},
	...change,
});

/** How MISP words most refusals: the same text twice. */
const says = (text: string, more: object = {}): object => ({ name: text, message: text, url: '/x', ...more });
const refuses = (errors: unknown): object => ({ saved: false, ...says('Could not add Attribute'), errors });

function problemOf(change: Partial<MispAnswer>): MispProblem {
	const reading = readAnswer(answer(change));
	if (reading.kind !== 'problem') throw new Error(`read as data: ${JSON.stringify(reading)}`);
	return reading.problem;
}

const login = { location: 'https://misp.example/users/login', 'content-type': 'text/html; charset=UTF-8' };
const page = '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>';
const noRight = says('You do not have permission to use this functionality.');
const unknownKey = says(
	'Authentication failed. Please make sure you pass the API key of an API enabled user along in the Authorization header.',
);
const foreignTag = says(
	'Cannot alter the tags of this data, only the organisation that has created the data (orgc) can modify global tags.',
);
const fault = says('An Internal Error Has Occurred.');

const situations: Array<[code: string, situation: string, given: Partial<MispAnswer>]> = [
	['sign_in_page', 'maintenance mode or a dropped Accept header', { status: 302, headers: login, body: '' }],
	[
		'sign_in_page',
		'a sign-in redirect on a call whose success is a redirect',
		{ status: 302, path: '/attributes/restore/5', headers: login, body: '' },
	],
	['moved', 'http instead of https', { status: 301, headers: { Location: 'https://misp.example/' }, body: '' }],
	['not_an_api', 'a portal in front of MISP', { body: page, headers: { 'content-type': 'text/html' } }],
	['wrong_url', 'another web server', { status: 404, body: page }],
	['unavailable', 'a proxy without MISP behind it', { status: 502, body: page }],
	['proxy_refused', 'a firewall', { status: 403, body: page }],
	['too_large', 'too much in one request', { status: 413, body: page }],
	['key_rejected', 'an unknown or expired key', { status: 403, body: unknownKey }],
	[
		'user_disabled',
		'a disabled user',
		{ status: 403, body: says('Authentication failed. Your user account has been disabled.') },
	],
	[
		'ip_not_allowed',
		'a key bound to another address',
		{ status: 403, body: says('It is not possible to use this Auth key from your IP address') },
	],
	['permission_missing', 'a read-only key', { status: 403, path: '/attributes/add/1', body: noRight }],
	[
		'invalid',
		'a malformed value',
		{ status: 403, path: '/attributes/add/1', body: refuses({ value: ['Checksum has an invalid length or format.'] }) },
	],
	[
		'invalid',
		'a malformed value in an object',
		{
			status: 403,
			path: '/objects/add/1/2',
			body: refuses('Could not save object (fileSize). {"value":["The value has to be a whole number."]}'),
		},
	],
	[
		'invalid',
		'a proposal with a malformed value',
		{
			status: 404,
			path: '/shadow_attributes/add/1',
			body: says('Could not save the proposal. Errors: [value]: Checksum has an invalid length &quot;x&quot;.\n'),
		},
	],
	[
		'invalid',
		'a tag with a wrong colour',
		{
			status: 405,
			path: '/tags/add',
			body: says('Could not add the Tag. [colour]: Colour has to be in the RGB format (#FFFFFF)'),
		},
	],
	[
		'duplicate_attribute',
		'the same attribute again',
		{
			status: 403,
			path: '/attributes/add/1',
			body: refuses({ value: ['A similar attribute already exists for this event.'] }),
		},
	],
	[
		'blocklisted',
		'an event that was deleted before',
		{ status: 403, path: '/events/add', body: says('Event blocked by event blocklist.') },
	],
	[
		'duplicate_event',
		'an event that is there already',
		{
			status: 404,
			path: '/events/add',
			headers: { location: 'https://misp.example/events/17' },
			body: says('Event already exists, if you would like to edit it, use the url in the location header.'),
		},
	],
	['not_found', 'an unknown or hidden event', { status: 404, body: says('Invalid event') }],
	['not_found', 'a deleted attribute', { status: 405, path: '/attributes/view/1', body: says('Invalid attribute') }],
	[
		'not_found',
		'an unknown taxonomy',
		{ status: 403, path: '/taxonomies/enable/9', body: refuses('Invalid taxonomy.') },
	],
	[
		'not_found',
		'a proposal to delete an unknown attribute',
		{ path: '/shadow_attributes/delete/9', body: { false: true, errors: 'Invalid Attribute.' } },
	],
	[
		'not_found',
		'tagging something unknown',
		{ status: 404, path: '/tags/attachTagToObject', body: says('Invalid Target.') },
	],
	[
		'target_elsewhere',
		'a reference to another event',
		{
			status: 404,
			path: '/objectReferences/add/9',
			body: says('Invalid target. Target has to be within the same event or extending it.'),
		},
	],
	[
		'foreign_event',
		'an object of another organisation',
		{ status: 403, path: '/objects/edit/9', body: says('Insufficient permissions to edit this object.') },
	],
	[
		'stale_edit',
		'an attribute edit from the past',
		{
			status: 405,
			path: '/attributes/edit/4',
			body: says('Attribute could not be saved: Attribute in the request not newer than the local copy.'),
		},
	],
	[
		'stale_edit',
		'an event edit from the past',
		{
			status: 403,
			path: '/events/edit/4',
			body: refuses('Event could not be saved: Event in the request not newer than the local copy.'),
		},
	],
	[
		'tag_not_attached',
		'detaching what is not attached',
		{
			status: 404,
			path: '/tags/removeTagFromObject',
			body: says('Could not remove tag as it is not attached to the target Event'),
		},
	],
	[
		'tag_not_attached',
		'the same by the older call',
		{ path: '/events/removeTag/1/2', body: refuses('Invalid event - tag combination.') },
	],
	[
		'unknown_tag',
		'detaching a tag nobody knows',
		{ status: 405, path: '/tags/removeTagFromObject', body: says('Invalid Tag.') },
	],
	['unknown_tag', 'the same by the older call', { path: '/events/addTag/1', body: refuses('Invalid Tag.') }],
	['tag_missing', 'no tag named', { status: 405, path: '/tags/attachTagToObject', body: says('Invalid tag') }],
	['malformed_uuid', 'a malformed UUID', { status: 500, path: '/misp/tags/attachTagToObject', body: fault }],
	['malformed_uuid', 'no UUID', { status: 405, path: '/tags/attachTagToObject', body: says('Invalid object uuid') }],
	[
		'tag_creation_denied',
		'a new tag with a plain key',
		{
			status: 403,
			path: '/tags/attachTagToObject',
			body: refuses(
				'Failed to attach 1 tags. Reasons: {"0":"Tag not found and insufficient privileges to create it."}',
			),
		},
	],
	[
		'local_only_tag',
		'a local-only tag as global',
		{
			status: 403,
			path: '/tags/attachTagToObject',
			body: refuses('Failed to attach 1 tags. Reasons: {"0":"Invalid Tag. This tag can only be set as a local tag."}'),
		},
	],
	[
		'foreign_event_tag',
		'a global tag on a foreign event',
		{ status: 403, path: '/tags/attachTagToObject', body: foreignTag },
	],
	[
		'tag_exclusive',
		'a second tag of an exclusive taxonomy',
		{ path: '/events/addTag/1', body: refuses('Tag is not allowed due to taxonomy exclusivity settings') },
	],
	[
		'tag_already_attached',
		'a tag that is there',
		{ path: '/events/addTag/1', body: refuses('Tag is already attached to this event.') },
	],
	[
		'tag_not_added',
		'a tag that is there or excluded',
		{ path: '/attributes/addTag/1/2', body: refuses('Tag could not be added.') },
	],
	[
		'tags_partly_added',
		'bulk tagging where some had it',
		{ path: '/attributes/addTag/selected', body: refuses('15 tags could not be added. However, 5 tags were added.') },
	],
	[
		'not_published',
		'publishing a foreign event',
		{ status: 405, path: '/events/publish/9', body: says('You do not have the permission to do that.') },
	],
	['permission_missing', 'publishing without the right', { status: 403, path: '/events/publish/9', body: noRight }],
	[
		'foreign_event',
		'editing a foreign event',
		{ status: 403, path: '/events/edit/9', body: says('You are not authorised to do that.') },
	],
	[
		'foreign_proposal',
		'accepting a proposal on a foreign event',
		{ status: 302, path: '/shadow_attributes/accept/2', headers: { location: 'https://misp.example/' }, body: '' },
	],
	[
		'malformed_json',
		'broken JSON',
		{
			status: 405,
			path: '/attributes/restSearch',
			body: says(
				'Invalid JSON input. Make sure that the JSON input is a correctly formatted JSON string. This request has been blocked to avoid an unfiltered request.',
			),
		},
	],
	['export_broke', 'STIX without its library', { status: 500, path: '/events/restSearch', body: fault }],
	[
		'unknown_format',
		'a format MISP has not',
		{ status: 404, path: '/events/restSearch', body: says('Invalid output format.') },
	],
	['rate_limited', 'too many requests', { status: 429, body: says('Rate limit exceeded.') }],
	[
		'feed_disabled',
		'fetching a disabled feed',
		{ path: '/feeds/fetchFromFeed/6', body: { result: 'Feed is currently not enabled. Make sure you enable it.' } },
	],
	[
		'feed_fetch_failed',
		'fetching an unreachable feed',
		{ path: '/feeds/fetchFromFeed/7', body: { result: 'Fetching the feed has failed.' } },
	],
	['feed_not_found', 'an unknown feed', { status: 404, path: '/feeds/view/9', body: says('Invalid Feed.') }],
	[
		'feed_unreachable',
		'previewing an unreachable feed',
		{ status: 302, path: '/feeds/previewIndex/7', headers: { location: 'https://misp.example/feeds' }, body: '' },
	],
	['feed_without_url', 'a feed without URL', { status: 500, path: '/feeds/add', body: fault }],
	[
		'jobs_off',
		'jobs where there are none',
		{ status: 404, path: '/jobs/index', body: says('Background jobs are not enabled on this instance.') },
	],
	[
		'sighting_refused',
		'a sighting of an unknown value',
		{
			path: '/sightings/add',
			body: { message: 'Could not add the Sighting. Reason: No valid attributes found that match the criteria.' },
		},
	],
	[
		'wrong_method',
		'a GET that should be a POST',
		{
			method: 'GET',
			status: 405,
			path: '/attributes/delete/1',
			body: says('This function is only accessible via POST requests.'),
		},
	],
	[
		'wrong_method',
		'a GET that makes MISP break off',
		{ method: 'GET', status: 500, path: '/events/publish/1', body: fault },
	],
	['no_such_endpoint', 'an unknown call', { status: 404, path: '/nonsense/index', body: says('Not Found') }],
	['server_fault', 'a fault of MISP', { status: 500, path: '/noticelists/delete/1', body: fault }],
	['refused', 'anything not saved', { path: '/x/y', body: { saved: false, errors: 'No.' } }],
	['refused', 'anything else', { status: 418, body: says('I am a teapot') }],
];

describe('what a MISP answer means', () => {
	test.each(situations)('%s: %s', (code, _situation, given) => {
		const problem = problemOf(given);
		expect(problem.code).toBe(code);
		expect(problem.message).not.toMatch(/error|failed with status|undefined|<\w/i);
		expect(problem.advice.length).toBeGreaterThan(10);
	});

	test('names the field that MISP refuses', () => {
		expect(
			problemOf({ status: 403, body: refuses({ value: ['Too long'], Event: { info: ['valueNotEmpty'] } }) }).message,
		).toBe('MISP refused the values: value: Too long; info: valueNotEmpty');
	});

	test('names the permission that the role lacks', () => {
		expect(problemOf({ status: 403, path: '/misp/tags/attachTagToObject', body: noRight }).message).toContain('tagger');
		expect(problemOf({ status: 403, path: '/jobs/index', body: noRight }).message).toContain('site admin');
	});

	test('says which event is there already', () => {
		expect(
			problemOf({
				status: 404,
				headers: { location: 'https://misp.example/events/17' },
				body: says('Event already exists, …'),
			}).message,
		).toContain('event 17');
	});

	test('waits as long as MISP’s rate limit asks for', () => {
		const limited = {
			status: 429,
			headers: { 'x-rate-limit-limit': '3', 'x-rate-limit-reset': '900' },
			body: says('Rate limit exceeded.'),
		};
		expect(problemOf(limited)).toMatchObject({ retry: 'later' });
		expect(serverDelay(limited.headers, 0)).toBe(900_000);
		expect(serverDelay({}, 0)).toBeUndefined();
	});

	test('only what may pass by itself is worth another try', () => {
		const retried = situations.filter(([, , given]) => problemOf(given).retry === 'later').map(([code]) => code);
		expect(new Set(retried)).toEqual(new Set(['unavailable', 'rate_limited', 'server_fault']));
	});
});

describe('what is an answer', () => {
	test.each([
		['an event', { body: { Event: { id: '1', info: 'Authentication failed' } } }],
		[
			'an event whose title sounds like a refusal',
			{ body: { Event: { info: 'Event already exists' }, message: 'Event already exists' } },
		],
		[
			'a list that was saved in part',
			{ path: '/attributes/add/1', body: { Attribute: { id: '5' }, errors: { attribute_1: { value: ['x'] } } } },
		],
		['XML', { body: '<?xml version="1.0"?><response/>', headers: { 'content-type': 'application/xml' } }],
		['CSV', { body: 'uuid,value\n"1","<html>"', headers: { 'content-type': 'text/csv' } }],
		['JSON that MISP labels as HTML', { body: { saved: true }, headers: { 'content-type': 'text/html' } }],
		['a queued feed', { path: '/feeds/fetchFromFeed/3', body: { result: 'Pull queued for background execution.' } }],
		['a sighting', { path: '/sightings/add', body: { Sighting: { id: '1' } } }],
	] as Array<[string, Partial<MispAnswer>]>)('%s', (_name, given) => {
		expect(readAnswer(answer(given))).toEqual({ kind: 'data', body: given.body, headers: given.headers ?? {} });
	});

	test.each([
		'/objectTemplates/update',
		'/attributes/restore/21',
		'/misp/warninglists/enableWarninglist/58/1',
		'/feeds/toggleSelected/1/1/[5]',
	])('an empty redirect after %s is a success', (path) => {
		const reading = readAnswer(
			answer({ path, status: 302, headers: { location: 'https://misp.example/elsewhere' }, body: '' }),
		);
		expect(reading).toMatchObject({ kind: 'data', body: {} });
		expect(reading).not.toHaveProperty('verify');
	});

	test('a redirect that MISP sends in both cases says how to make sure', () => {
		const reading = readAnswer(
			answer({
				path: '/warninglists/delete/9',
				status: 302,
				headers: { location: 'https://misp.example/warninglists' },
				body: '',
			}),
		);
		expect(reading).toMatchObject({ kind: 'data', verify: expect.stringContaining('look it up') });
	});

	test('nothing a server sends makes the reader throw or shows markup', () => {
		const given = fc.record({
			method: fc.constantFrom('GET', 'POST'),
			path: fc.webPath(),
			status: fc.integer({ min: 100, max: 599 }),
			headers: fc.dictionary(fc.string(), fc.anything()),
			body: fc.oneof(
				fc.jsonValue(),
				fc.string(),
				fc.record({ saved: fc.boolean(), errors: fc.jsonValue(), message: fc.jsonValue() }),
			),
		});
		fc.assert(
			fc.property(given, (one) => {
				const reading = readAnswer(one);
				if (reading.kind === 'problem')
					expect(reading.problem.message + reading.problem.advice).not.toMatch(/<[a-z]+>/i);
			}),
		);
	});
});
