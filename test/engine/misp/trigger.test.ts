import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FeedServer } from '../../../sandbox/feeds';
import { startFeeds } from '../../../sandbox/feeds';
import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { runPoll } from '../harness';
import { credentialOf, operating } from './onMisp';

let misp: MispSandbox;
let feeds: FeedServer;
beforeEach(async () => {
	[misp, feeds] = await Promise.all([startMisp({ backgroundJobs: false }), startFeeds()]);
});
afterEach(async () => await Promise.all([misp.close(), feeds.close()]));

const now = () => Math.floor(Date.now() / 1000);
const hour = 3_600;

/** A trigger that is active: polls as n8n does, with the static data of the poll before. */
function active(parameters: INodeParameters) {
	let staticData: IDataObject = {};
	return {
		async poll(): Promise<IDataObject[]> {
			const result = await runPoll({ type: 'mispTrigger', parameters, staticData, credentials: credentialOf(misp) });
			if (result.error) throw new Error(result.error.message);
			// As n8n keeps it: through a restart it is JSON in the database.
			staticData = JSON.parse(JSON.stringify(result.staticData));
			return (result.items ?? []).map(({ json }) => json);
		},
		get kept(): IDataObject {
			return staticData;
		},
	};
}

const creator = () => misp.store.userByEmail('publisher@admin.test');

function makeEvent(info: string, { timestamp = now(), values = [] as string[] } = {}) {
	const event = misp.store.addEvent({ info, creator: creator(), timestamp });
	for (const value of values) misp.store.addAttribute(event, { type: 'domain', value, to_ids: true, timestamp });
	return event;
}

const fetchFeeds = async () => {
	misp.feeds.feeds.splice(0);
	for (const { name, url, format, settings } of feeds.feeds)
		misp.feeds.add({ name, url, source_format: format, enabled: true, ...(settings && { settings }) });
	await operating('feed', () => misp)('fetch');
};

describe('New Event', () => {
	test('begins with its activation, and gives each event once', async () => {
		makeEvent('Before');
		const trigger = active({ event: 'newEvent' });
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		const event = makeEvent('After');
		expect(await trigger.poll()).toMatchObject([{ info: 'After', uuid: event.uuid, reason: 'new' }]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('is not started by changes of events that were there', async () => {
		const old = makeEvent('Before', { timestamp: now() - hour });
		const trigger = active({ event: 'newEvent' });
		await trigger.poll();
		misp.store.touch(old);
		expect(await trigger.poll()).toEqual([]);
	});

	test('gives events that a feed brings, whatever old times they carry', async () => {
		const trigger = active({ event: 'newEvent' });
		await trigger.poll();
		await fetchFeeds();
		const given = await trigger.poll();
		expect(given.length).toBe(misp.store.events.size);
		expect(new Set(given.map(({ uuid }) => uuid)).size).toBe(given.length);
		expect(await trigger.poll()).toEqual([]);
	});

	test('gives an event that comes to meet the filters only later', async () => {
		const trigger = active({ event: 'newEvent', filters: { tagsAny: 'sandbox:watch' } });
		await trigger.poll();
		const event = makeEvent('Tagged later');
		expect(await trigger.poll()).toEqual([]);
		misp.store.attach({ kind: 'event', event }, misp.store.addTag('sandbox:watch'), false);
		expect(await trigger.poll()).toMatchObject([{ uuid: event.uuid }]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('looks back where told to, once', async () => {
		makeEvent('Long ago', { timestamp: now() - 72 * hour });
		const recent = makeEvent('Yesterday', { timestamp: now() - 20 * hour });
		const trigger = active({ event: 'newEvent', options: { lookBack: '1d' } });
		expect(await trigger.poll()).toMatchObject([{ uuid: recent.uuid }]);
		misp.store.touch(recent);
		expect(await trigger.poll()).toEqual([]);
		makeEvent('Now');
		expect(await trigger.poll()).toMatchObject([{ info: 'Now' }]);
	});
});

describe('Event Published', () => {
	test('is started by each publishing, once', async () => {
		const event = makeEvent('Draft');
		const trigger = active({ event: 'eventPublished' });
		await trigger.poll();
		expect(await trigger.poll()).toEqual([]);
		misp.store.publish(event);
		expect(await trigger.poll()).toMatchObject([{ uuid: event.uuid, published: true, reason: 'published' }]);
		expect(await trigger.poll()).toEqual([]);
		misp.store.publish(event);
		event.publishTimestamp += 1;
		expect(await trigger.poll()).toMatchObject([{ uuid: event.uuid }]);
	});
});

describe('Event Changed', () => {
	test('is started by each change, once', async () => {
		const event = makeEvent('Draft', { timestamp: now() - hour });
		const trigger = active({ event: 'eventChanged' });
		await trigger.poll();
		misp.store.touch(event);
		expect(await trigger.poll()).toMatchObject([{ uuid: event.uuid, reason: 'changed' }]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('takes the filters', async () => {
		const trigger = active({ event: 'eventChanged', filters: { eventInfo: 'Dropper' } });
		await trigger.poll();
		makeEvent('Something else');
		const event = makeEvent('Dropper campaign');
		expect((await trigger.poll()).map(({ uuid }) => uuid)).toEqual([event.uuid]);
	});
});

describe('New or Changed Attribute', () => {
	test('gives new and changed attributes, each version once', async () => {
		const event = makeEvent('Draft', { timestamp: now() - hour, values: ['old.sandbox-feed.com'] });
		const trigger = active({ event: 'attributeChanged' });
		await trigger.poll();
		misp.store.addAttribute(event, { type: 'domain', value: 'new.sandbox-feed.com', timestamp: now() });
		expect(await trigger.poll()).toMatchObject([
			{ value: 'new.sandbox-feed.com', event_info: 'Draft', reason: 'changed' },
		]);
		const [old] = event.attributes;
		if (!old) throw new Error('no attribute');
		old.comment = 'Seen again';
		old.timestamp = now();
		expect(await trigger.poll()).toMatchObject([{ value: 'old.sandbox-feed.com', comment: 'Seen again' }]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('gives a burst larger than a page whole', async () => {
		const trigger = active({ event: 'attributeChanged' });
		await trigger.poll();
		const values = Array.from({ length: 12_500 }, (_, index) => `host-${index}.sandbox-feed.com`);
		makeEvent('Burst', { values });
		const given = await trigger.poll();
		expect(given).toHaveLength(values.length);
		expect(new Set(given.map(({ value }) => value)).size).toBe(values.length);
		expect(await trigger.poll()).toEqual([]);
	}, 30_000);

	test('gives what a feed brings and what it changes later, under its own old times', async () => {
		const trigger = active({ event: 'attributeChanged', filters: { type: ['domain', 'md5', 'ip-dst', 'url'] } });
		await trigger.poll();
		await fetchFeeds();
		const first = await trigger.poll();
		expect(first.length).toBeGreaterThan(100);
		expect(await trigger.poll()).toEqual([]);

		// As a feed does: the change is an hour old when MISP comes to fetch it.
		const event = [...misp.store.events.values()].find(({ published }) => published);
		const changed = event?.attributes.find(({ type }) => type === 'domain');
		if (!event || !changed) throw new Error('The feed brought no published event with a domain');
		Object.assign(changed, { comment: 'Seen again', timestamp: now() - hour });
		misp.store.publish(event);
		expect(await trigger.poll()).toMatchObject([{ value: changed.value, comment: 'Seen again' }]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('takes the filters', async () => {
		const trigger = active({ event: 'attributeChanged', filters: { type: ['md5'], toIds: 'yes' } });
		await trigger.poll();
		const event = makeEvent('Mixed', { values: ['x.sandbox-feed.com'] });
		misp.store.addAttribute(event, {
			type: 'md5',
			value: 'd41d8cd98f00b204e9800998ecf8427e',
			to_ids: true,
			timestamp: now(),
		});
		misp.store.addAttribute(event, {
			type: 'md5',
			value: 'd41d8cd98f00b204e9800998ecf8427f',
			to_ids: false,
			timestamp: now(),
		});
		expect(await trigger.poll()).toMatchObject([{ type: 'md5', to_ids: true }]);
	});

	test('says so at its activation where a filter makes no sense', async () => {
		await expect(active({ event: 'attributeChanged', filters: { type: ['md6'] } }).poll()).rejects.toThrow('md6');
		await expect(active({ event: 'attributeChanged', options: { lookBack: 'yesterday' } }).poll()).rejects.toThrow(
			'Look Back',
		);
	});
});

describe('Attribute Revoked', () => {
	test('is started by a deletion and by detection switched off, each once', async () => {
		const event = makeEvent('Indicators', {
			timestamp: now() - hour,
			values: ['a.sandbox-feed.com', 'b.sandbox-feed.com', 'c.sandbox-feed.com'],
		});
		const trigger = active({ event: 'attributeRevoked' });
		await trigger.poll();
		const [first, second] = event.attributes;
		if (!first || !second) throw new Error('no attributes');
		Object.assign(first, { deleted: true, timestamp: now() });
		Object.assign(second, { toIds: false, timestamp: now() });
		const given = await trigger.poll();
		expect(given.map(({ value, reason }) => [value, reason])).toEqual([
			['a.sandbox-feed.com', 'deleted'],
			['b.sandbox-feed.com', 'detection_off'],
		]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('is not started by new attributes that never were for detection', async () => {
		const event = makeEvent('Indicators', { timestamp: now() - hour });
		const trigger = active({ event: 'attributeRevoked' });
		await trigger.poll();
		misp.store.addAttribute(event, { type: 'comment', value: 'Just a note', to_ids: false, timestamp: now() });
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('is started by what a feed takes back under its own older time', async () => {
		const event = makeEvent('From a feed', { timestamp: now() - 5 * hour, values: ['a.sandbox-feed.com'] });
		const trigger = active({ event: 'attributeRevoked' });
		await trigger.poll();
		const [attribute] = event.attributes;
		if (!attribute) throw new Error('no attribute');
		Object.assign(attribute, { deleted: true, timestamp: now() - 4 * hour });
		misp.store.publish(event);
		expect(await trigger.poll()).toMatchObject([{ value: 'a.sandbox-feed.com', reason: 'deleted', deleted: true }]);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('New Sighting', () => {
	const see = (value: string, { type = 0, date = now() } = {}) => {
		const attribute = [...misp.store.events.values()]
			.flatMap(({ attributes }) => attributes)
			.find((one) => one.value === value);
		if (!attribute) throw new Error(`no attribute ${value}`);
		return misp.sightings.add({ attribute, user: creator(), date, source: 'honeypot', type });
	};

	test('is started by each sighting, once, late ones too', async () => {
		makeEvent('Indicators', { timestamp: now() - hour, values: ['a.sandbox-feed.com'] });
		see('a.sandbox-feed.com');
		const trigger = active({ event: 'newSighting' });
		expect(await trigger.poll()).toEqual([]);
		see('a.sandbox-feed.com');
		expect(await trigger.poll()).toMatchObject([
			{
				value: 'a.sandbox-feed.com',
				type: 'seen',
				source: 'honeypot',
				event_info: 'Indicators',
				attribute_type: 'domain',
				reason: 'sighting',
			},
		]);
		see('a.sandbox-feed.com', { date: now() - 3 * hour });
		expect(await trigger.poll()).toHaveLength(1);
		expect(await trigger.poll()).toEqual([]);
	});

	test('takes its filters', async () => {
		makeEvent('Indicators', { timestamp: now() - hour, values: ['a.sandbox-feed.com'] });
		const trigger = active({ event: 'newSighting', sightingFilters: { types: ['1'], organisationId: '1' } });
		await trigger.poll();
		see('a.sandbox-feed.com');
		see('a.sandbox-feed.com', { type: 1 });
		expect(await trigger.poll()).toMatchObject([{ type: 'false_positive' }]);
	});

	test('looks back where told to', async () => {
		makeEvent('Indicators', { timestamp: now() - 99 * hour, values: ['a.sandbox-feed.com'] });
		see('a.sandbox-feed.com', { date: now() - 70 * hour });
		see('a.sandbox-feed.com', { date: now() - 2 * hour });
		const trigger = active({ event: 'newSighting', options: { lookBack: '12h' } });
		expect(await trigger.poll()).toHaveLength(1);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('Whatever it is for', () => {
	test('a manual test shows the latest few and moves nothing', async () => {
		const event = makeEvent('Shown', { timestamp: now() - 500 * hour, values: ['a.sandbox-feed.com'] });
		misp.store.publish(event);
		for (const kind of ['newEvent', 'eventChanged', 'eventPublished', 'attributeChanged']) {
			const result = await runPoll({
				type: 'mispTrigger',
				parameters: { event: kind },
				mode: 'manual',
				credentials: credentialOf(misp),
			});
			expect(result.items).toHaveLength(1);
			expect(result.staticData).toEqual({});
		}
		const nothing = await runPoll({
			type: 'mispTrigger',
			parameters: { event: 'attributeRevoked' },
			mode: 'manual',
			credentials: credentialOf(misp),
		});
		expect(nothing.items).toBeNull();
		const raw = await runPoll({
			type: 'mispTrigger',
			parameters: { event: 'attributeChanged', simple: false },
			mode: 'manual',
			credentials: credentialOf(misp),
		});
		expect(raw.items?.[0]?.json).toMatchObject({ value: 'a.sandbox-feed.com', Event: { info: 'Shown' } });
	});

	test('a poll that fails loses nothing', async () => {
		const trigger = active({ event: 'attributeChanged' });
		await trigger.poll();
		makeEvent('Meanwhile', { values: ['a.sandbox-feed.com'] });
		misp.faults.add({
			path: '/attributes/restSearch',
			answer: {
				status: 403,
				body: {
					name: 'You do not have permission to use this functionality.',
					message: 'You do not have permission to use this functionality.',
					url: '/',
				},
			},
		});
		await expect(trigger.poll()).rejects.toThrow('role');
		misp.faults.clear();
		expect(await trigger.poll()).toHaveLength(1);
	});

	test('what is nested too deep for n8n to save is an error in plain words, and the next poll has it all', async () => {
		const parameters = { event: 'attributeChanged', simple: false };
		const trigger = active(parameters);
		await trigger.poll();
		const { uuid } = makeEvent('Meanwhile', { values: ['a.sandbox-feed.com'] });
		const row = JSON.stringify({ id: '1', uuid, timestamp: String(now()), value: 'x', Event: { info: 'DEEP' } });
		misp.faults.add({
			path: '/attributes/restSearch',
			answer: {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: `{"response":{"Attribute":[${row.replace('"DEEP"', '['.repeat(250) + ']'.repeat(250))}]}}`,
			},
		});
		const poll = { type: 'mispTrigger', parameters, credentials: credentialOf(misp) };
		const kept = JSON.stringify(trigger.kept);
		for (const mode of ['trigger', 'manual'] as const) {
			const { error, items, staticData } = await runPoll({ ...poll, mode, staticData: trigger.kept });
			expect(error).toMatchObject({
				message: expect.stringContaining('nested more than 200 levels deep'),
				description: expect.stringContaining('credential'),
			});
			expect(items).toBeNull();
			expect(JSON.stringify(staticData)).toBe(kept);
		}
		misp.faults.clear();
		expect(await trigger.poll()).toMatchObject([{ value: 'a.sandbox-feed.com' }]);
	});

	test('the times are MISP’s own, however wrong n8n’s clock is', async () => {
		const trigger = active({ event: 'eventChanged' });
		await trigger.poll();
		const { cursor } = trigger.kept;
		expect(cursor).toMatchObject({ server: misp.url });
		expect(
			Math.abs(Number(cursor && typeof cursor === 'object' && 'position' in cursor ? cursor.position : 0) - now()),
		).toBeLessThan(5);
	});
});
