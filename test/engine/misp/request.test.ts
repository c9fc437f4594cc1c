import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { calls, column, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp({ basePath: '/misp' });
	misp.store.addEvent({
		info: 'Large',
		attributes: Array.from({ length: 25 }, (_, at) => ({ type: 'domain', value: `d${at}.bad-net.com` })),
	});
	for (let at = 0; at < 4; at++) misp.store.addEvent({ info: `Event ${at}` });
});
afterEach(async () => await misp.close());

const send = async (parameters: Parameters<typeof operate>[2], more?: Parameters<typeof operate>[3]) =>
	await operate(misp, 'request.send', { method: 'GET', ...parameters }, more);

test('any endpoint can be asked, below the path of the instance', async () => {
	const run = await send({ path: '/servers/getVersion' });
	expect(run.error).toBeUndefined();
	expect(run.json[0]).toMatchObject({ version: expect.any(String) });
	expect(misp.requests.at(-1)?.path).toBe('/misp/servers/getVersion');
});
test('a leading slash is not needed, and a query is appended', async () => {
	await send({ path: 'events/index', query: '{"searchinfo": "a b&c"}' });
	expect(misp.requests.at(-1)?.path).toContain('/misp/events/index');
});
test('a body is sent, and a list gives an item for each row', async () => {
	const run = await send({ method: 'POST', path: '/events/index', body: '{"limit": 2, "page": 1}' });
	expect(run.json).toHaveLength(2);
});
test('text that is no JSON comes as data', async () => {
	const run = await send({
		method: 'POST',
		path: '/attributes/restSearch',
		body: '{"returnFormat": "csv", "eventid": 1}',
	});
	expect(run.json[0]?.data).toMatch(/^uuid,event_id/);
});
test.each([
	['a search for attributes', { method: 'POST', path: '/attributes/restSearch', body: '{"eventid": 1}' }, 25],
	['a search for events', { method: 'POST', path: '/events/restSearch', body: '{"metadata": 1}' }, 5],
	['a list with named parameters', { method: 'GET', path: '/events/index' }, 5],
	['a list that knows no pages', { method: 'GET', path: '/tags/index' }, 0],
])('all pages of %s are read, each row once', async (_, request, count) => {
	const run = await send({ ...request, paging: true, pageSize: 2 });
	expect(run.error).toBeUndefined();
	expect(run.json).toHaveLength(count);
	expect(new Set(run.json.map((row) => JSON.stringify(row))).size).toBe(count);
	expect(calls(misp, /restSearch|index/)).toBeGreaterThanOrEqual(Math.ceil(count / 2));
});
test.each([
	['another host', 'https://evil.example.com/events'],
	['another host without a scheme', '//evil.example.com/events'],
	['a host after the port', '@evil.example.com/'],
	['a backslash', '/\\evil.example.com'],
	['climbing out of the path', '/../admin'],
	['climbing out, encoded', '/%2e%2e/admin'],
	['a query in the path', '/events/index?limit=1'],
	['a line break', '/events\r\nX-Header: 1'],
	['nothing', ' '],
])('refuses %s', async (_, path) => {
	const run = await send({ path: `={{ ${JSON.stringify(path)} }}` });
	expect(run.error?.message).toMatch(/^The path /);
	expect(misp.requests).toEqual([]);
});
test('failures are read as everywhere: in plain words, in a 200 too', async () => {
	expect((await send({ path: '/events/view/99' })).error?.message).toMatch(/no such event/);
	expect((await send({ path: '/nosuch/thing' })).error?.message).toBe('This MISP has no such call.');
	expect(
		(await send({ method: 'POST', path: '/events/addTag/1', body: '{"tag": "nosuch"}' })).error?.message,
	).toBeTruthy();
	expect(
		(await send({ method: 'POST', path: '/events/add', body: '{"info": "x"}' }, { key: 'readOnly' })).error?.message,
	).toMatch(/lacks a permission/);
});
test('what may change something is not sent twice when the connection breaks', async () => {
	misp.faults.add({ path: /events\/add/, times: 1, drop: true });
	const run = await send(
		{ method: 'POST', path: '/events/add', body: '{"info": "x"}' },
		{ credentials: { mispInstanceApi: { url: misp.url, apiKey: misp.keys.admin, serverVersion: '2.5.1' } } },
	);
	expect(run.error?.message).toMatch(/broke off/);
	expect(calls(misp, /events\/add/)).toBeLessThanOrEqual(1);
});
test('an answer without rows has no pages', async () => {
	expect((await send({ path: '/servers/getVersion', paging: true, pageSize: 10 })).error?.message).toMatch(
		/not a list|no such call/,
	);
	expect(column(await send({ path: '/servers/getVersion' }), 'version')).toHaveLength(1);
});
