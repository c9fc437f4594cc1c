import { startMisp } from '../../sandbox/misp';
import { runNode } from './harness';
import { attribute, hashes, md5, orionForTests } from './orion/orion';

const orion = orionForTests();

const seconds = String.raw`\d+\.\d s \([\d,.]+/(s|min)\)`;

test('a large import ends in one line on the node: how many, how long, how fast, and what became of them', async () => {
	const input = [
		...hashes(1_500),
		attribute({ type: 'md5', value: md5(1) }),
		attribute({ type: 'sha256', value: 'a' }),
	];
	const run = await orion.run('ioc.import', { output: 'summary' }, { input });
	expect(run.error).toBeUndefined();
	expect(run.hints).toEqual([
		expect.stringMatching(
			new RegExp(`^Orion import: 1,502 IOCs in ${seconds}: 1,500 imported, 1 duplicate, 1 skipped$`),
		),
	]);
	const gone = await orion.run('ioc.delete', { output: 'summary' }, { input });
	expect(gone.hints).toEqual([
		expect.stringMatching(new RegExp(`^Orion deletion: 1,502 IOCs in ${seconds}: 1,500 deleted, 1 duplicate`)),
	]);
});

test('a small import that nobody had to wait for leaves no line', async () => {
	expect((await orion.run('ioc.import', {}, { input: hashes(3) })).hints).toEqual([]);
});

test('many MD5s that are looked up one by one are summed up once, not one by one', async () => {
	orion.server.faults.add({ path: /\/info$/, latencyMs: 700 });
	const input = Array.from({ length: 14 }, (_, n) => ({ md5: md5(n + 1) }));
	const run = await orion.run('file.get', { md5: '={{ $json.md5 }}' }, { input });
	expect(run.error).toBeUndefined();
	expect(run.hints).toEqual([
		expect.stringMatching(new RegExp(`^Get a file by its MD5: 14 items in ${seconds}: 14 done$`)),
	]);
});

test('items that failed and went on are counted apart', async () => {
	orion.server.faults.add({ path: /\/info$/, latencyMs: 700 });
	const input = [...Array.from({ length: 13 }, (_, n) => ({ md5: md5(n + 1) })), { md5: 'none' }];
	const run = await orion.run('file.get', { md5: '={{ $json.md5 }}' }, { input, onError: 'continueErrorOutput' });
	expect(run.hints).toEqual([expect.stringMatching(/: 13 done, 1 failed$/)]);
});

test('a search of many pages says how many attributes it read', async () => {
	const misp = await startMisp();
	misp.store.addEvent({
		info: 'Large',
		attributes: Array.from({ length: 1_200 }, (_, n) => ({ type: 'md5', value: md5(n), to_ids: true })),
	});
	const run = await runNode({
		type: 'misp',
		parameters: { resource: 'attribute', operation: 'getMany', returnAll: true, filters: {}, simple: true },
		credentials: { mispInstanceApi: { url: misp.url, apiKey: misp.keys.admin } },
	});
	await misp.close();
	expect(run.error).toBeUndefined();
	expect(run.hints).toEqual([expect.stringMatching(new RegExp(`^MISP search: 1,200 attributes in ${seconds}$`))]);
});
