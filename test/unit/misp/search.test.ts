import * as fc from 'fast-check';
import { buildSearch, isUnfiltered } from '../../../nodes/Misp/search/body';
import type { SearchFilters } from '../../../nodes/Misp/search/filters';
import type { Scope } from '../../../nodes/Misp/search/parameters';

function bodyOf(filters: SearchFilters, extra?: unknown, scope: Scope = 'attributes') {
	const search = buildSearch(scope, filters, extra);
	if (!search.ok) throw new Error(search.problems.join('\n'));
	return search.body;
}

function problemsOf(filters: SearchFilters, extra?: unknown, scope: Scope = 'attributes'): string {
	const search = buildSearch(scope, filters, extra);
	if (search.ok) throw new Error(`taken: ${JSON.stringify(search.body)}`);
	return search.problems.join('\n');
}

const uuid = '5f6d3a0e-7c1b-4d8e-9a52-1b2c3d4e5f60';

describe('filters in an analyst’s words', () => {
	test.each<[string, SearchFilters, object]>([
		['nothing', {}, {}],
		[
			'untouched fields',
			{
				value: '',
				type: [],
				tags: { any: [], none: '' },
				toIds: 'any',
				published: 'any',
				deleted: 'exclude',
				minimumSeverity: 'any',
				changedSince: '',
				decay: {},
				warninglists: 'ignore',
			},
			{},
		],
		['values, one per line', { value: 'a.example\nb.example\n' }, { value: ['a.example', 'b.example'] }],
		['parts of a value', { valueContains: 'evil' }, { value: ['%evil%'] }],
		[
			'types and categories',
			{ type: ['md5', 'ip-dst'], category: 'Network activity' },
			{ type: ['md5', 'ip-dst'], category: ['Network activity'] },
		],
		['any of some tags', { tags: { any: ['tlp:green', 'tlp:clear'] } }, { tags: ['tlp:green', 'tlp:clear'] }],
		[
			'tags of all sorts',
			{ tags: { any: 'a', all: ['b', 'c'], none: 'd' } },
			{ tags: { OR: ['a'], AND: ['b', 'c'], NOT: ['d'] } },
		],
		['not for detection, unpublished', { toIds: false, published: false }, { to_ids: 0, published: 0 }],
		['for detection, published', { toIds: true, published: true }, { to_ids: 1, published: 1 }],
		['deleted only', { deleted: 'only' }, { deleted: 1 }],
		['deleted too', { deleted: 'include' }, { deleted: [0, 1] }],
		['High and above', { minimumSeverity: 'high' }, { threat_level_id: [1] }],
		['Medium and above', { minimumSeverity: 'medium' }, { threat_level_id: [1, 2] }],
		['Low and above', { minimumSeverity: 'low' }, { threat_level_id: [1, 2, 3] }],
		['events by id and UUID', { eventIds: ['7', uuid] }, { eventid: ['7', uuid] }],
		['changed since', { changedSince: '7d' }, { timestamp: '7d' }],
		[
			'changed between',
			{ changedSince: '2026-01-31', changedUntil: '2026-01-31' },
			{ timestamp: [1769817600, 1769903999] },
		],
		['changed until', { changedUntil: 1769817600 }, { timestamp: [0, 1769817600] }],
		[
			'event changed and published',
			{ eventChangedSince: '12h', publishedSince: '30m' },
			{ event_timestamp: '12h', publish_timestamp: '30m' },
		],
		['days', { dateFrom: '2026-01-31T23:00:00+02:00', dateTo: '2026-02-01' }, { from: '2026-01-31', to: '2026-02-01' }],
		['part of a title', { eventInfo: 'ransom' }, { eventinfo: ['%ransom%'] }],
		[
			'decay',
			{ decay: { model: '3', score: 40, excludeDecayed: true } },
			{ includeDecayScore: 1, decayingModel: [3], score: 40, excludeDecayed: 1 },
		],
		['warninglists', { warninglists: 'suppress' }, { enforceWarninglist: 1 }],
		[
			'warninglist marks',
			{ warninglists: 'mark', includeContext: true, includeEventTags: true },
			{ includeWarninglistHits: 1, includeContext: 1, includeEventTags: 1 },
		],
	])('%s', (_name, filters, body) => {
		expect(bodyOf(filters)).toEqual(body);
	});

	test('event searches use MISP’s names for events', () => {
		expect(bodyOf({ eventIds: uuid, changedSince: '1d', metadataOnly: true }, undefined, 'events')).toEqual({
			uuid: [uuid],
			timestamp: '1d',
			metadata: 1,
		});
		expect(problemsOf({ changedSince: '1d', eventChangedSince: '2d' }, undefined, 'events')).toContain(
			'Use one of them',
		);
		expect(problemsOf({ eventIds: ['7', uuid] }, undefined, 'events')).toContain('either ids or UUIDs');
	});
});

describe('what MISP would take for an operator', () => {
	test('a value with ! at its start or && inside is searched as it is', () => {
		expect(bodyOf({ value: ['!important', 'a&&b'] })).toEqual({ value: { OR: ['!important', 'a&&b'] } });
		expect(bodyOf({ value: 'a&&!b' })).toEqual({ value: ['a&&!b'] });
		expect(bodyOf({ tags: { any: '!odd' } })).toEqual({ tags: { OR: ['!odd'] } });
	});

	test.each(['%WINDIR%\\x.dll', '100%'])('a % at an end cannot be taken literally: %s', (value) => {
		expect(problemsOf({ value })).toContain('Value Contains');
	});

	test('a % inside is only a character', () => {
		expect(bodyOf({ value: 'https://a.example/%20x' })).toEqual({ value: ['https://a.example/%20x'] });
	});

	test('a pair is searched by its halves, a text with a | as it is, and where that is open the type is asked for', () => {
		expect(bodyOf({ value: 'a.exe|0cc175b9c0f1b6a831c399e269772661', type: 'filename|md5' })).toEqual({
			value1: ['a.exe'],
			value2: ['0cc175b9c0f1b6a831c399e269772661'],
			type: ['filename|md5'],
		});
		expect(bodyOf({ value: 'https://a.example/?q=a|b', type: 'url' })).toMatchObject({
			value: ['https://a.example/?q=a|b'],
		});
		expect(problemsOf({ value: 'a|b' })).toContain('Say with Type');
		expect(problemsOf({ value: 'a|b', type: 'ip-dst|port' }, undefined, 'events')).toContain('Search attributes');
	});

	test('whatever the text, it ends in the body whole or in a problem', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), (text) => {
				const search = buildSearch('attributes', { value: [text], type: 'text' });
				if (search.ok) expect(JSON.stringify(search.body.value)).toContain(JSON.stringify(text.trim()).slice(1, -1));
			}),
		);
	});
});

describe('what MISP would ignore, and then return everything', () => {
	test('a misspelt parameter is named, with what was meant', () => {
		expect(problemsOf({}, { tag: 'x' })).toContain(
			'MISP would ignore it in a search for attributes and return everything. Did you mean “tags”?',
		);
		expect(problemsOf({}, { publish_timestmap: '1d' })).toContain('Did you mean “publish_timestamp”?');
		expect(problemsOf({}, { event_tags: ['x'] })).toContain('would ignore it');
		expect(problemsOf({}, { __proto__x: 1, constructor: 1 })).toContain('constructor');
	});

	test('a parameter of another search is none', () => {
		expect(bodyOf({}, { event_tags: ['x'], tag: 'y' }, 'events')).toEqual({ event_tags: ['x'], tag: 'y' });
		expect(problemsOf({ includeSightings: true }, undefined, 'events')).toContain('no such filter for events');
	});

	test.each([
		{ tags: [] },
		{ tags: '' },
		{ tags: [''] },
		{ tags: {} },
		{ tags: { OR: [] } },
		{ value: null },
		{ type: { XOR: ['a'] } },
	])('an empty or odd filter: %j', (extra) => {
		expect(problemsOf({}, extra)).toContain('MISP ignores empty ones');
	});

	test.each<SearchFilters>([{ value: '  ' }, { value: ['a', ''] }, { tags: { any: [' '] } }, { org: '\n' }])(
		'a blank filter: %j',
		(filters) => {
			expect(problemsOf(filters)).toContain('return everything');
		},
	);

	test('a flag given as false is sent as 0', () => {
		expect(bodyOf({}, { published: false, to_ids: 'true' })).toEqual({ published: 0, to_ids: 1 });
	});

	test('decay without the number of a model', () => {
		expect(problemsOf({ decay: { score: 50 } })).toContain('by its number');
		expect(problemsOf({ decay: { model: 'NIDS', excludeDecayed: true } })).toContain('by its number');
		expect(problemsOf({}, { decayingModel: 'NIDS' })).toContain('whole number');
	});

	test('paging and order stay with the node', () => {
		expect(problemsOf({}, { limit: 10, order: 'x' })).toMatch(/limit(.|\n)*order/);
	});

	test('the same parameter set twice', () => {
		expect(problemsOf({ toIds: true }, { to_ids: 0 })).toContain('sets MISP’s to_ids already');
	});

	test('all problems are told at once', () => {
		expect(problemsOf({ type: 'md55', changedSince: 'yesterday' }, { nope: 1 }).split('\n')).toHaveLength(3);
	});

	test('extra may be JSON text, and has to be an object', () => {
		expect(bodyOf({}, '{"object_relation": "sha256"}')).toEqual({ object_relation: 'sha256' });
		for (const extra of ['{', '[1]', '7', [1]]) expect(problemsOf({}, extra)).toContain('give a JSON object');
	});
});

describe('values that MISP answers with an empty 200', () => {
	test.each([
		['md55', 'md5'],
		['ip_dst', 'ip-dst'],
		['Domain', 'domain'],
		['filename|md-5', 'filename|md5'],
	])('the type %s', (type, meant) => {
		expect(problemsOf({ type })).toContain(`Did you mean “${meant}”?`);
	});

	test('a type that only this server knows is taken when its list is given', () => {
		expect(buildSearch('attributes', { type: 'ja9' }, undefined, { types: ['ja9'] })).toEqual({
			ok: true,
			body: { type: ['ja9'] },
		});
	});

	test.each(['garbage', '7 days', '-3d', '2026-02-30', '31.01.2026', Number.NaN, -5, new Date(Number.NaN)])(
		'the time %p',
		(changedSince) => {
			expect(problemsOf({ changedSince })).toMatch(/Changed Since.*2026-01-31/);
		},
	);

	test.each([
		['2w', '14d'],
		['12 H', '12h'],
		['1769817600', 1769817600],
		[1769817600123, 1769817600],
		['2026-01-31T00:00:00Z', 1769817600],
		['2026-01-31T02:00:00.000+02:00', 1769817600],
		['2026-01-31 00:00', 1769817600],
		[new Date('2026-01-31T00:00:00Z'), 1769817600],
	])('but %p is a time', (changedSince, timestamp) => {
		expect(bodyOf({ changedSince })).toEqual({ timestamp });
	});

	test('times the wrong way round, which MISP would swap', () => {
		expect(problemsOf({ changedSince: '2026-02-01', changedUntil: '2026-01-01' })).toContain('later than');
	});
});

describe('whether a search says what it is about', () => {
	test.each<[string, SearchFilters, boolean]>([
		['nothing', {}, true],
		[
			'flags, types, severity and a time window alone',
			{ published: true, toIds: true, type: 'md5', minimumSeverity: 'high', changedSince: '7d' },
			true,
		],
		['all but a tag', { tags: { none: 'x' } }, true],
		['any tag there is', { tags: { any: '%' } }, true],
		['a tag', { tags: { any: 'cytomic-orion:action="delete"' } }, false],
		['a tag and not another', { tags: { all: 'x', none: 'y' } }, false],
		['an event', { eventIds: '7' }, false],
		['a value', { value: '!x' }, false],
		['part of a value', { valueContains: 'evil' }, false],
	])('%s', (_name, filters, unfiltered) => {
		expect(isUnfiltered('attributes', bodyOf(filters))).toBe(unfiltered);
	});

	test('a parameter that MISP ignores does not count', () => {
		expect(isUnfiltered('attributes', { tag: 'cytomic-orion:action="delete"', published: 1 })).toBe(true);
		expect(isUnfiltered('attributes', { tags: '!x' })).toBe(true);
	});
});
