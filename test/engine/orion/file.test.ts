import { attribute, md5, orionForTests } from './orion';

const orion = orionForTests();
const dropper = 'd41d8cd98f00b204e9800998ecf8427e';
const firstSeen = Date.parse('2026-01-02T03:04:05Z');
const lastSeen = Date.parse('2026-02-03T04:05:06Z');

beforeEach(() => {
	const { estate } = orion.server;
	const accounts = estate.seedComputer({ machineName: 'PC-ACCOUNTS' });
	const sales = estate.seedComputer({ machineName: 'PC-SALES' });
	estate.seedFile({
		md5: dropper,
		fileName: 'invoice.exe',
		fileSize: 1234,
		classification: 3,
		classificationName: 'Goodware',
		firstSeen,
		lastSeen,
		seenOn: [
			{ muid: accounts.muid, lastPath: 'C:\\Users\\a\\invoice.exe', firstSeen, lastSeen },
			{ muid: sales.muid, lastPath: 'C:\\Temp\\invoice.exe', firstSeen, lastSeen },
		],
	});
});

describe('a file', () => {
	test('comes with its classification as a word, whatever the number beside it says, and ISO times', async () => {
		const run = await orion.run('file.get', { md5: dropper.toUpperCase() });
		expect(run.json).toEqual([
			{
				md5: dropper,
				known: true,
				fileName: 'invoice.exe',
				fileSize: 1234,
				classification: 'Goodware',
				classificationNumber: '3',
				firstSeen: '2026-01-02T03:04:05.000Z',
				lastSeen: '2026-02-03T04:05:06.000Z',
			},
		]);
	});

	test('that Orion does not know comes out as unknown', async () => {
		const run = await orion.run('file.get', { md5: md5(1) });
		expect(run.json).toEqual([{ md5: md5(1), known: false }]);
	});

	test('may be named as MISP does, filename|md5, one for each item', async () => {
		const run = await orion.run(
			'file.get',
			{ md5: '={{ $json.value }}' },
			{ input: [attribute({ value: `a|b.exe|${dropper}` }), attribute({ value: md5(2) })] },
		);
		expect(run.json).toMatchObject([{ known: true }, { known: false }]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test.each([
		['a'.repeat(64), 'Orion knows files by their MD5 only, and this is another hash'],
		['readme.txt', '"readme.txt" is not an MD5'],
		["={{ '' }}", '"MD5" is empty'],
	])('with the hash "%s" is refused before Orion is asked', async (hash, message) => {
		const run = await orion.run('file.get', { md5: hash });
		expect(run.error).toMatchObject({ message, itemIndex: 0 });
		expect(orion.requests()).toHaveLength(0);
	});

	test('without the permission, the message says which one to give', async () => {
		orion.server.permissions.fileInformation = false;
		const run = await orion.run('file.get', { md5: dropper });
		expect(run.error?.description).toContain('"View information about a file, get the computers on which it was seen"');
	});

	test('one bad hash of many goes to the error output', async () => {
		const run = await orion.run(
			'file.get',
			{ md5: '={{ $json.value }}' },
			{ input: [{ value: 'x' }, { value: dropper }], onError: 'continueErrorOutput' },
		);
		expect(run.json).toMatchObject([{ known: true }]);
		expect(run.errorItems.map(({ json }) => json)).toMatchObject([{ error: '"x" is not an MD5', value: 'x' }]);
	});
});

describe('the computers that saw a file', () => {
	test('come with their details, each asked for once', async () => {
		const run = await orion.run('file.getComputers', { md5: dropper });
		expect(run.json).toMatchObject([
			{
				md5: dropper,
				seen: true,
				machineName: 'PC-ACCOUNTS',
				clientName: 'Sandbox Client One',
				path: 'C:\\Users\\a\\invoice.exe',
				firstSeen: '2026-01-02T03:04:05.000Z',
				lastSeen: '2026-02-03T04:05:06.000Z',
				hasDetails: true,
			},
			{ machineName: 'PC-SALES' },
		]);
		expect(orion.requests()).toHaveLength(3);
	});

	test('are none for a file that was seen nowhere', async () => {
		const run = await orion.run('file.getComputers', { md5: md5(5) });
		expect(run.json).toEqual([{ md5: md5(5), seen: false }]);
	});

	test('come without details where Orion has no computer of that MUID any more', async () => {
		const [first] = orion.server.estate.computers.keys();
		orion.server.estate.computers.delete(first ?? '');
		const run = await orion.run('file.getComputers', { md5: dropper });
		expect(run.json).toMatchObject([
			{ muid: first, hasDetails: false, path: 'C:\\Users\\a\\invoice.exe' },
			{ hasDetails: true },
		]);
	});

	test('a failure on the way is no computer without details', async () => {
		orion.server.faults.add({
			path: /forensics\/muid/,
			answer: { status: 503, headers: { 'retry-after': '0' }, body: {} },
		});
		const run = await orion.run('file.getComputers', { md5: dropper });
		expect(run.error?.message).toBe('Orion is not available at the moment (HTTP 503)');
	});
});

describe('MISP objects', () => {
	test('are one for the file and one for each computer, ready to be created', async () => {
		const run = await orion.run('file.getMispObjects', { md5: dropper });
		const [file, machine, other] = run.json;
		expect(file).toMatchObject({
			md5: dropper,
			known: true,
			name: 'cytomic-orion-file',
			template_uuid: '0ad86572-ba38-4baf-9fed-1926e9ecc916',
			template_version: '7',
			'meta-category': 'misc',
			first_seen: '2026-01-02T03:04:05.000Z',
			fields: { fileName: { value: 'invoice.exe', to_ids: false } },
		});
		expect(file?.Attribute).toEqual([
			{
				object_relation: 'fileName',
				type: 'filename',
				category: 'Payload delivery',
				value: 'invoice.exe',
				to_ids: false,
			},
			{ object_relation: 'fileSize', type: 'size-in-bytes', category: 'Other', value: '1234', to_ids: false },
			{ object_relation: 'classification', type: 'text', category: 'Other', value: '3', to_ids: false },
			{ object_relation: 'classificationName', type: 'text', category: 'Other', value: 'Goodware', to_ids: false },
			{
				object_relation: 'first-seen',
				type: 'datetime',
				category: 'Other',
				value: '2026-01-02T03:04:05.000Z',
				to_ids: false,
			},
			{
				object_relation: 'last-seen',
				type: 'datetime',
				category: 'Other',
				value: '2026-02-03T04:05:06.000Z',
				to_ids: false,
			},
		]);
		expect(machine).toMatchObject({
			name: 'cytomic-orion-machine',
			template_uuid: 'e0e46343-43fd-4ce7-b447-51381402c774',
			template_version: '4',
		});
		expect(machine?.Attribute).toEqual(
			expect.arrayContaining([
				{
					object_relation: 'machineName',
					type: 'target-machine',
					category: 'Targeting data',
					value: 'PC-ACCOUNTS',
					to_ids: false,
				},
				{
					object_relation: 'clientName',
					type: 'target-org',
					category: 'Targeting data',
					value: 'Sandbox Client One',
					to_ids: false,
				},
				expect.objectContaining({ object_relation: 'machinePath', value: 'C:\\Users\\a\\invoice.exe' }),
			]),
		);
		expect(other).toMatchObject({ name: 'cytomic-orion-machine' });
		expect(run.json.some(({ uuid }) => uuid !== undefined)).toBe(false);
	});

	test('have the same UUIDs each time where the event is named, and others for another event', async () => {
		const uuids = async (eventUuid: string) =>
			(await orion.run('file.getMispObjects', { md5: dropper, eventUuid })).json.map(({ uuid }) => String(uuid));
		const first = await uuids('e1');
		expect(await uuids('E1')).toEqual(first);
		expect(new Set([...first, ...(await uuids('e2'))]).size).toBe(6);
		expect(
			first.every((uuid) => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid)),
		).toBe(true);
	});

	test('are none for an unknown hash, which says so', async () => {
		const run = await orion.run('file.getMispObjects', { md5: md5(1) });
		expect(run.json).toEqual([{ md5: md5(1), known: false, message: 'Orion does not know this file' }]);
	});

	test('may do without the computers', async () => {
		const run = await orion.run('file.getMispObjects', { md5: dropper, includeComputers: false });
		expect(run.json).toHaveLength(1);
		expect(orion.requests()).toHaveLength(1);
	});
});
