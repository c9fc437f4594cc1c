import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { calls, chosen, column, credentialOf, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
});
afterEach(async () => await misp.close());

const seed = () => {
	misp.store.addEvent({
		info: 'Phishing wave',
		threatLevel: 1,
		published: true,
		tags: ['tlp:amber'],
		attributes: [
			{ type: 'domain', value: 'bad.phish-kit.com', to_ids: true, comment: 'landing page' },
			{ type: 'ip-dst', value: '45.155.204.7', to_ids: true, tags: [{ name: 'c2', local: true }] },
			{ type: 'md5', value: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', to_ids: false },
		],
	});
	misp.store.addEvent({
		info: 'Old botnet',
		threatLevel: 3,
		published: false,
		attributes: [
			{ type: 'domain', value: 'old.botnet-panel.net', to_ids: true, timestamp: 1_600_000_000 },
			{ type: 'url', value: 'http://old.botnet-panel.net/gate.php', to_ids: true, deleted: true },
		],
	});
};

describe('searching attributes', () => {
	beforeEach(seed);
	const found = async (filters: object, more: object = {}) => {
		const run = await operate(misp, 'attribute.getMany', { returnAll: true, filters: { ...filters }, ...more });
		expect(run.error).toBeUndefined();
		return run;
	};

	it.each<[string, object, string[]]>([
		[
			'no filter: all that is not deleted',
			{},
			['bad.phish-kit.com', '45.155.204.7', 'a1b2c3d4e5f60718293a4b5c6d7e8f90', 'old.botnet-panel.net'],
		],
		['a type', { type: ['domain'] }, ['bad.phish-kit.com', 'old.botnet-panel.net']],
		['a value', { value: '45.155.204.7' }, ['45.155.204.7']],
		['a part of a value', { valueContains: 'botnet' }, ['old.botnet-panel.net']],
		[
			'a tag of the event',
			{ tagsAny: 'tlp:amber' },
			['bad.phish-kit.com', '45.155.204.7', 'a1b2c3d4e5f60718293a4b5c6d7e8f90'],
		],
		[
			'a tag and not another',
			{ tagsAll: 'tlp:amber', tagsNone: 'c2' },
			['bad.phish-kit.com', 'a1b2c3d4e5f60718293a4b5c6d7e8f90'],
		],
		['for detection', { toIds: 'no' }, ['a1b2c3d4e5f60718293a4b5c6d7e8f90']],
		['published', { published: 'no' }, ['old.botnet-panel.net']],
		['high severity', { minimumSeverity: 'high', type: ['domain'] }, ['bad.phish-kit.com']],
		['only deleted', { deleted: 'only' }, ['http://old.botnet-panel.net/gate.php']],
		['event info', { eventInfo: 'botnet' }, ['old.botnet-panel.net']],
		[
			'changed lately',
			{ changedSince: '1d', published: 'yes' },
			['bad.phish-kit.com', '45.155.204.7', 'a1b2c3d4e5f60718293a4b5c6d7e8f90'],
		],
		["MISP's own parameters", { extra: '{"value":"bad%"}' }, ['bad.phish-kit.com']],
	])('by %s', async (_, filters, values) => {
		const run = await found(filters);
		expect(column(run, 'value').sort()).toEqual([...values].sort());
	});

	it('gives flat items with the event’s context, tags marked as inherited or local', async () => {
		const run = await found({ value: '45.155.204.7' });
		expect(run.json[0]).toMatchObject({
			type: 'ip-dst',
			value: '45.155.204.7',
			to_ids: true,
			event_info: 'Phishing wave',
			event_published: true,
			threat_level_id: 1,
			severity: 'High',
			tags: [
				{ name: 'c2', local: true },
				{ name: 'tlp:amber', inherited: true },
			],
		});
		expect(run.items[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('gives MISP’s own attribute without Simplify', async () => {
		const run = await found({ value: '45.155.204.7' }, { simple: false });
		expect(run.json[0]).toMatchObject({ id: '2', Event: { info: 'Phishing wave' }, Tag: expect.any(Array) });
	});

	it('stops at the limit', async () => {
		const run = await operate(misp, 'attribute.getMany', { returnAll: false, limit: 2 });
		expect(run.json).toHaveLength(2);
		expect(misp.requests.at(-1)?.body).toMatchObject({ limit: 2 });
	});

	it('says how many values a warninglist held back', async () => {
		misp.store.addEvent({
			info: 'Noise',
			published: true,
			attributes: [{ type: 'ip-dst', value: '8.8.8.8', to_ids: true }],
		});
		misp.warninglists.setEnabled(misp.warninglists.lists, true);
		const run = await found({ warninglists: 'suppress', published: 'yes', eventInfo: 'Noise' });
		expect(run.json).toEqual([]);
		expect(run.hints.join()).toContain('1 attributes were left out');
	});
});

describe('filters that would widen the search', () => {
	beforeEach(seed);
	it.each<[string, object, RegExp]>([
		['a misspelt type', { type: ['domian'] }, /Did you mean “domain”/],
		['a misspelt parameter', { extra: '{"tag":"c2"}' }, /Did you mean “tags”/],
		['an empty expression', { value: '' }, /The filter "Values" is empty/],
		['no time', { changedSince: 'yesterday' }, /not a time/],
		['page sizes of one’s own', { extra: '{"limit":5}' }, /node sets this itself/],
	])('%s is refused before anything is sent', async (_, filters, message) => {
		const run = await operate(misp, 'attribute.getMany', { returnAll: true, filters: { ...filters } });
		expect(run.error?.message).toMatch(message);
		expect(misp.requests).toEqual([]);
	});
});

test.each([
	[1_000, 100],
	[50_000, 10_000],
])(
	'%i attributes come once each, in pages of %i, while others add and change some',
	async (total, pageSize) => {
		misp.store.addEvent({
			info: 'Large',
			timestamp: 1_700_000_000,
			attributes: Array.from({ length: total }, (_, at) => ({
				type: 'domain',
				value: `d${at}.big-list.com`,
				timestamp: 1_700_000_000 + Math.floor(at / 40),
			})),
		});
		const before = [...misp.store.allAttributes()].map((attribute) => misp.store.uuidOf(attribute));
		let written = 0;
		const writer = setInterval(() => {
			const victim = misp.store.attribute(100 + written);
			if (victim) misp.store.touch(victim.event, victim);
			misp.store.addEvent({ info: `New ${written}`, attributes: [{ type: 'domain', value: `n${written}.fresh.com` }] });
			written += 1;
		}, 5);
		const run = await operate(misp, 'attribute.getMany', { returnAll: true, options: { pageSize } });
		clearInterval(writer);
		const uuids = column(run, 'uuid');
		const unique = new Set(uuids);
		expect(run.error).toBeUndefined();
		expect(unique.size).toBe(uuids.length);
		expect(before.filter((uuid) => !unique.has(uuid))).toEqual([]);
		expect(written).toBeGreaterThan(0);
	},
	60_000,
);

describe('when MISP does not give data', () => {
	const search = async (more: Parameters<typeof operate>[3] = {}) =>
		await operate(misp, 'attribute.getMany', { returnAll: true }, more);
	const answering = (answer: object) => misp.faults.add({ path: /restSearch/, answer: { status: 200, ...answer } });

	it('a wrong key is told from a missing permission', async () => {
		const run = await search({ credentials: { mispInstanceApi: { url: misp.url, apiKey: 'x'.repeat(40) } } });
		expect(run.error).toMatchObject({ message: 'MISP does not accept this API key.', itemIndex: 0 });
		expect(run.error?.saved).not.toContain('x'.repeat(40));
	});
	it('a key with Bearer in front is refused with a word on it', async () => {
		const run = await search({
			credentials: { mispInstanceApi: { url: misp.url, apiKey: `Bearer ${misp.keys.admin}` } },
		});
		expect(run.error?.description).toContain('without “Bearer”');
	});
	it('a web page is not taken for an answer', async () => {
		answering({ headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html><body>Welcome</body></html>' });
		expect((await search()).error?.message).toBe('The server answered with a web page instead of data.');
	});
	it('maintenance mode is recognised', async () => {
		misp.store.live = false;
		const run = await search({ key: 'user' });
		expect(run.error?.message).toBe('MISP sent its sign-in page instead of data.');
		expect(run.error?.description).toContain('maintenance');
	});
	it('a redirect to another address is reported, not followed', async () => {
		answering({ status: 301, headers: { location: 'https://misp.elsewhere.org/attributes/restSearch' }, body: '' });
		const run = await search();
		expect(run.error?.message).toContain('redirect to https://misp.elsewhere.org');
		expect(calls(misp, '/attributes/restSearch')).toBe(1);
	});
	it('a rate limit is waited for when it ends soon', async () => {
		seed();
		misp.faults.add({
			path: /restSearch/,
			times: 1,
			answer: { status: 429, headers: { 'x-rate-limit-reset': '1' }, body: { message: 'Rate limit exceeded.' } },
		});
		const run = await search();
		expect(run.json).toHaveLength(4);
		expect(run.executionMs).toBeGreaterThan(900);
	});
	it('a rate limit that ends late is named', async () => {
		answering({ status: 429, headers: { 'x-rate-limit-reset': '600' }, body: { message: 'Rate limit exceeded.' } });
		expect((await search()).error?.message).toContain('used up the number of requests');
		expect(calls(misp, '/attributes/restSearch')).toBe(1);
	});
	it('a broken answer is asked for again', async () => {
		seed();
		misp.faults.add({ path: /restSearch/, times: 1, drop: true });
		expect((await search()).json).toHaveLength(4);
	});
	it('a MISP that is down is named after some tries', async () => {
		const credentials = { mispInstanceApi: { url: 'http://127.0.0.1:9', apiKey: 'k' } };
		const run = await search({ credentials, onError: 'continueErrorOutput' });
		expect(run.items).toEqual([]);
		expect(run.errorItems[0]?.json.error).toBe('MISP does not accept connections at 127.0.0.1:9');
	}, 30_000);
	it('a failing item goes to the error output and the others come out', async () => {
		seed();
		const run = await operate(
			misp,
			'attribute.getMany',
			{ returnAll: true, filters: { value: '={{ $json.value }}' } },
			{
				onError: 'continueErrorOutput',
				input: [{ value: 'bad.phish-kit.com' }, { value: '' }, { value: '45.155.204.7' }],
			},
		);
		expect(column(run, 'value')).toEqual(['bad.phish-kit.com', '45.155.204.7']);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(run.errorItems).toHaveLength(1);
		expect(run.errorItems[0]).toMatchObject({ pairedItem: { item: 1 } });
	});
});

describe('adding attributes', () => {
	let uuid = '';
	beforeEach(() => {
		uuid = misp.store.addEvent({ info: 'Phishing wave', published: true }).uuid;
	});
	const create = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
		await operate(misp, 'attribute.create', { event: chosen(uuid), from: 'fields', ...parameters }, more);

	it('adds one with all its fields', async () => {
		const run = await create({
			type: 'domain',
			value: 'bad.phish-kit.com',
			details: {
				category: 'Payload delivery',
				comment: 'landing page',
				toIds: true,
				distribution: '0',
				disableCorrelation: true,
				firstSeen: '2026-11-01T00:00:00Z',
				lastSeen: '2026-11-02T00:00:00Z',
				tags: 'tlp:green\nc2',
			},
		});
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([
			expect.objectContaining({
				status: 'created',
				type: 'domain',
				category: 'Payload delivery',
				value: 'bad.phish-kit.com',
				to_ids: true,
				comment: 'landing page',
				event_id: '1',
				tags: [{ name: 'tlp:green' }, { name: 'c2' }],
				uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
			}),
		]);
		expect(misp.store.attribute(1)).toMatchObject({
			distribution: 0,
			disableCorrelation: true,
			firstSeen: expect.stringContaining('2026-11-01'),
		});
	});
	it('gives one attribute for each entry of a list of values', async () => {
		const run = await create(
			{ type: 'domain', value: '={{ $json.values }}' },
			{ input: [{ values: ['a.bad-net.com', 'b.bad-net.com'] }] },
		);
		expect(column(run, 'value')).toEqual(['a.bad-net.com', 'b.bad-net.com']);
		expect(calls(misp, /\/attributes\/add/)).toBe(1);
	});
	it('tells what was added, what was there and what was refused of a list', async () => {
		await create({ type: 'domain', value: 'known.bad-net.com' });
		const attributes = [
			{ type: 'domain', value: 'new.bad-net.com' },
			{ type: 'md5', value: 'zz' },
			{ type: 'domain', value: 'known.bad-net.com' },
			{ type: 'sha1', value: 'A'.repeat(40) },
		];
		const run = await create(
			{ from: 'json', attributes: JSON.stringify(attributes) },
			{ onError: 'continueErrorOutput' },
		);
		expect(run.json.map(({ status, value }) => [status, value])).toEqual([
			['created', 'new.bad-net.com'],
			['exists', 'known.bad-net.com'],
			['created', 'a'.repeat(40)],
		]);
		expect(run.errorItems[0]?.json).toMatchObject({
			error: expect.stringMatching(/^MISP refused md5 "zz": value: Checksum/),
			message: expect.stringContaining('2 others of this request were added'),
			details: { status: 'refused', type: 'md5', value: 'zz' },
		});
	});
	it('gives the reason of each where all of a list are refused', async () => {
		const attributes = [
			{ type: 'md5', value: 'zz' },
			{ type: 'nosuch', value: 'x' },
		];
		const run = await create(
			{ from: 'json', attributes: JSON.stringify(attributes) },
			{ onError: 'continueErrorOutput' },
		);
		expect(run.errorItems.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('Checksum'),
			expect.stringMatching(/nosuch.*type/),
		]);
	});
	it('doubles nothing where the answer to the first try got lost', async () => {
		misp.faults.add({ path: /attributes\/add/, times: 1, truncate: true });
		const run = await create({ type: 'domain', value: 'bad.phish-kit.com' });
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([expect.objectContaining({ status: 'exists', value: 'bad.phish-kit.com' })]);
		expect([...misp.store.allAttributes()]).toHaveLength(1);
	});
	it.each<[string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		[
			'a value that does not fit its type',
			{ type: 'ip-dst', value: 'nonsense' },
			{},
			/IP address has an invalid format/,
		],
		[
			'a category that does not fit',
			{ type: 'md5', value: 'a'.repeat(32), details: { category: 'Person' } },
			{},
			/Options depend on the selected category/,
		],
		[
			'an unknown event',
			{ event: chosen('999'), type: 'domain', value: 'a.bad-net.com' },
			{},
			/There is no such event/,
		],
		['a read-only key', { type: 'domain', value: 'a.bad-net.com' }, { key: 'readOnly' }, /lacks a permission/],
		[
			'an event of others',
			{ type: 'domain', value: 'a.bad-net.com' },
			{ key: 'otherOrg' },
			/no such event|another organisation/,
		],
		['an empty value', { type: 'domain', value: '={{ $json.nothing ?? "" }}' }, {}, /has no value/],
		['broken JSON', { from: 'json', attributes: '[{' }, {}, /not valid JSON/],
		['an empty list', { from: 'json', attributes: '[]' }, {}, /no attribute to add/],
	])('refuses %s in plain words', async (_, parameters, more, message) => {
		const run = await create(parameters, more);
		expect(run.error?.message).toMatch(message);
		expect([...misp.store.allAttributes()]).toHaveLength(0);
	});
});

describe('one attribute', () => {
	let uuid = '';
	beforeEach(() => {
		seed();
		uuid = misp.store.uuidOf(misp.store.attribute(1) ?? fail());
	});
	const fail = (): never => {
		throw new Error('not seeded');
	};
	const on = async (
		name: string,
		parameters: Parameters<typeof operate>[2] = {},
		more?: Parameters<typeof operate>[3],
	) => await operate(misp, `attribute.${name}`, { attribute: chosen(uuid), ...parameters }, more);

	it('is read by id or UUID, with what it needs of its event', async () => {
		for (const attribute of ['1', uuid]) {
			const run = await on('get', { attribute: chosen(attribute) });
			expect(run.json[0]).toMatchObject({
				uuid,
				value: 'bad.phish-kit.com',
				event_info: 'Phishing wave',
				tags: [{ name: 'tlp:amber', inherited: true }],
			});
		}
		expect((await on('get', { simple: false })).json[0]).toMatchObject({ Event: { info: 'Phishing wave' } });
	});
	it('is found by UUID when it is deleted, and not taken for its event', async () => {
		const deleted = misp.store.uuidOf(misp.store.attribute(5) ?? fail());
		expect((await on('get', { attribute: chosen(deleted) })).json[0]).toMatchObject({ deleted: true });
		expect((await on('get', { attribute: chosen(misp.store.event(1)?.uuid ?? '') })).error?.message).toMatch(
			/MISP has no attribute/,
		);
		expect((await on('get', { attribute: chosen('999') })).error?.message).toMatch(/no such attribute/);
	});
	it('is changed, field by field', async () => {
		const run = await on('update', { changes: { toIds: false, comment: 'sinkholed' } });
		expect(run.json[0]).toMatchObject({ uuid, value: 'bad.phish-kit.com', to_ids: false, comment: 'sinkholed' });
		expect(misp.store.event(1)?.published).toBe(false);
	});
	it.each<[string, string, Parameters<typeof operate>[2], Parameters<typeof operate>[3], RegExp]>([
		[
			'is not changed to an invalid value',
			'update',
			{ changes: { category: 'Payload delivery', type: 'md5', value: 'bad' } },
			{},
			/Checksum/,
		],
		['is not changed without a change', 'update', {}, {}, /nothing to change/],
		[
			'is not changed where it is unknown',
			'update',
			{ attribute: chosen('999'), changes: { comment: 'x' } },
			{},
			/no such attribute/,
		],
		[
			'is not changed by a read-only key',
			'update',
			{ changes: { comment: 'x' } },
			{ key: 'readOnly' },
			/lacks a permission/,
		],
		['is not deleted where it is unknown', 'delete', { attribute: chosen('999') }, {}, /no such attribute/],
		['is not deleted by a read-only key', 'delete', {}, { key: 'readOnly' }, /lacks a permission/],
		[
			'is not restored where it is unknown',
			'restore',
			{ attribute: chosen('00000000-0000-4000-8000-000000000000') },
			{},
			/MISP has no attribute/,
		],
	])('%s', async (_, name, parameters, more, message) => {
		const run = await on(name, parameters, more);
		expect(run.error?.message).toMatch(message);
		expect(misp.store.attribute(1)).toMatchObject({ comment: 'landing page', deleted: false });
	});
	it('is deleted, and restored by UUID or id', async () => {
		for (const attribute of [uuid, '1']) {
			expect((await on('delete', { attribute: chosen(attribute) })).json[0]).toEqual({
				attribute,
				deleted: true,
				hard: false,
			});
			expect(misp.store.attribute(1)?.deleted).toBe(true);
			expect((await on('restore', { attribute: chosen(attribute) })).json[0]).toMatchObject({ uuid, restored: true });
			expect(misp.store.attribute(1)?.deleted).toBe(false);
		}
		expect((await on('restore')).json[0]).toMatchObject({ uuid, restored: false });
	});
	it('is deleted for good where that is wanted', async () => {
		await on('delete', { hard: true });
		expect(misp.store.attribute(1)).toBeUndefined();
	});
	it('is chosen from a list by a part of its value', async () => {
		const list = await listOptions({
			type: 'misp',
			method: 'searchAttributes',
			filter: 'phish',
			credentials: credentialOf(misp),
		});
		expect(list.results).toEqual([{ name: 'domain: bad.phish-kit.com (event 1)', value: uuid }]);
	});
});

describe('exporting attributes', () => {
	beforeEach(seed);
	const exported = async (format: string, more: Parameters<typeof operate>[2] = {}) =>
		await operate(misp, 'attribute.export', { format, binaryField: 'data', ...more });
	const textOf = (run: Awaited<ReturnType<typeof operate>>) =>
		Buffer.from(run.items[0]?.binary?.data?.data ?? '', 'base64').toString();

	it.each([
		['csv', 'text/csv', 'misp-attributes.csv', /^uuid,event_id,.*\n.*bad\.phish-kit\.com/],
		['json', 'application/json', 'misp-attributes.json', /"response"/],
		['text', 'text/plain', 'misp-attributes.txt', /bad\.phish-kit\.com/],
		['suricata', 'text/plain', 'misp-attributes.rules', /phish-kit/],
		['xml', 'application/xml', 'misp-attributes.xml', /<\?xml/],
	])('gives a file in %s', async (format, mimeType, fileName, content) => {
		const run = await exported(format);
		expect(run.error).toBeUndefined();
		expect(run.items[0]).toMatchObject({
			json: { format, fileName, mimeType },
			binary: { data: { mimeType, fileName } },
		});
		expect(textOf(run)).toMatch(content);
	});
	it('takes the filters of a search, and unpublished events where both are wanted', async () => {
		expect(textOf(await exported('text', { filters: { type: ['domain'] } }))).not.toContain('old.botnet-panel.net');
		const both = textOf(await exported('text', { filters: { type: ['domain'], published: 'any' } }));
		expect(both).toContain('old.botnet-panel.net');
		expect(both).not.toContain('45.155.204.7');
	});
	it('says that a format may need a library that the server lacks', async () => {
		const run = await exported('stix2');
		expect(run.error).toMatchObject({
			message: 'MISP broke off while searching or converting.',
			description: expect.stringContaining('libraries'),
		});
	});
	it('says that MISP has no such format', async () => {
		expect((await exported('nosuch')).error?.message).toBe('MISP does not offer this format here.');
	});
	it('refuses a filter that MISP would drop', async () => {
		expect((await exported('csv', { filters: { extra: '{"tag":"x"}' } })).error?.message).toMatch(
			/Did you mean “tags”/,
		);
	});
});
