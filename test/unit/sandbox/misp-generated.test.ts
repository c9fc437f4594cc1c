import { type MispSandbox, startMisp } from '../../../sandbox/misp';
import { clientFor, type MispClient } from '../../../sandbox/misp/client';
import { GeneratedStore } from '../../../sandbox/misp/generated';

const UP = 'cytomic-orion:action="upload"';
const DONE = 'cytomic-orion:state="uploaded"';
const ATTRIBUTES = 25;
const PER_EVENT = 10;
const ORDER = ['Attribute.timestamp asc', 'Attribute.id asc'];

const store = new GeneratedStore();
let generated: MispSandbox;
let plain: MispSandbox;
let both: readonly MispClient[];

/** The same content twice: worked out as it is read, and kept. */
beforeAll(async () => {
	store.generate({ attributes: ATTRIBUTES, perEvent: PER_EVENT, eventTags: (place) => (place < 2 ? [UP] : []) });
	generated = await startMisp({ store });
	plain = await startMisp();
	for (const { tag, ...event } of [...store.events.values()].map((made) => ({
		...made,
		tag: made.tags[0]?.tag.name,
	}))) {
		const { attributes = [] } = store.events.get(event.id) ?? {};
		plain.store.addEvent({
			info: event.info,
			uuid: event.uuid,
			date: event.date,
			threatLevel: event.threatLevel,
			analysis: event.analysis,
			distribution: event.distribution,
			published: true,
			timestamp: event.timestamp,
			publishTimestamp: event.publishTimestamp,
			tags: tag === undefined ? [] : [{ name: tag, local: true }],
			attributes: attributes.map((attribute) => ({
				type: attribute.type,
				value: attribute.value,
				to_ids: true,
				uuid: store.uuidOf(attribute),
			})),
		});
	}
	both = [clientFor(generated), clientFor(plain)];
});
afterAll(async () => await Promise.all([generated.close(), plain.close()]));

/** What both answer, without what differs between any two instances: the host organisation's UUID. */
async function answers(path: string, body: object): Promise<unknown[]> {
	const made = await Promise.all(both.map(async (client) => await client.post(path, body)));
	return made.map(({ status, data, headers }) => ({
		status,
		count: headers['x-result-count'],
		skipped: headers['x-skipped-elements-count'],
		data: JSON.parse(
			JSON.stringify(data)
				.replaceAll(/"(Org|Orgc)":\{[^}]*\}/g, '"$1":{}')
				.replaceAll(/127\.0\.0\.1:\d+/g, ''),
		),
	}));
}

describe('A generated MISP answers as one that keeps its events', () => {
	const searches: Array<[string, string, object]> = [
		[
			'the attributes of tagged events',
			'/attributes/restSearch',
			{ tags: [UP], published: 1, to_ids: 1, order: ORDER },
		],
		[
			'their context and tags',
			'/attributes/restSearch',
			{ tags: [UP], includeContext: 1, includeEventTags: 1, order: ORDER },
		],
		['a full page', '/attributes/restSearch', { order: ORDER, limit: 7, page: 2 }],
		['the page after the last', '/attributes/restSearch', { order: ORDER, limit: 5, page: 6 }],
		[
			'types, warninglists off the list',
			'/attributes/restSearch',
			{ type: ['md5', 'url'], enforceWarninglist: 1, order: ORDER, limit: 20 },
		],
		['the newest first', '/attributes/restSearch', { order: 'Attribute.id desc', limit: 4 }],
		['a count', '/attributes/restSearch', { tags: [UP], returnFormat: 'count' }],
		['deleted ones', '/attributes/restSearch', { deleted: [1], order: ORDER }],
		[
			'events of a tag, without their attributes',
			'/events/restSearch',
			{ tags: [UP], metadata: 1, limit: 500, page: 1 },
		],
		['an unknown tag', '/events/restSearch', { tags: ['nobody:has="this"'], metadata: 1 }],
	];
	it.each(searches)('when searched for %s', async (_name, path, body) => {
		const [made, kept] = await answers(path, body);
		expect(made).toEqual(kept);
	});

	it('when a time window follows what was read', async () => {
		const [, second] = [...store.events.values()];
		const [made, kept] = await answers('/attributes/restSearch', {
			timestamp: second?.timestamp,
			order: ORDER,
			limit: 12,
		});
		expect(made).toEqual(kept);
		expect(made).toMatchObject({ data: { response: { Attribute: { length: 12 } } } });
	});

	it('when events and attributes are looked up by UUID', async () => {
		const [event] = [...store.events.values()];
		const [attribute] = event?.attributes ?? [];
		const uuid = [event?.uuid, attribute && store.uuidOf(attribute)];
		for (const path of ['/events/restSearch', '/attributes/restSearch']) {
			const [made, kept] = await answers(path, { uuid, metadata: 1 });
			expect(made).toEqual(kept);
		}
	});

	it('when tags are attached and removed, and shows what came of it', async () => {
		const [event] = [...store.events.values()];
		const [attribute] = event?.attributes ?? [];
		const steps: Array<[string, object]> = [
			['/tags/add', { name: DONE, colour: '#006299' }],
			['/tags/attachTagToObject', { uuid: event?.uuid, tag: DONE, local: true }],
			['/tags/attachTagToObject', { uuid: event?.uuid, tag: DONE, local: true }],
			['/tags/attachTagToObject', { uuid: attribute && store.uuidOf(attribute), tag: DONE, local: true }],
			['/tags/removeTagFromObject', { uuid: event?.uuid, tag: UP }],
			['/attributes/restSearch', { tags: [DONE], includeEventTags: 1, order: ORDER }],
			['/attributes/restSearch', { tags: [UP], order: ORDER }],
			['/events/restSearch', { tags: [UP], metadata: 1 }],
		];
		for (const [path, body] of steps) {
			const [made, kept] = await answers(path, body);
			expect(made).toEqual(kept);
		}
	});

	it('when an attribute is deleted', async () => {
		const [, event] = [...store.events.values()];
		const [attribute] = event?.attributes ?? [];
		await Promise.all(both.map(async (client) => await client.post(`/attributes/delete/${attribute?.id}`, {})));
		const found = await Promise.all(
			both.map(async (client) => (await client.post('/attributes/restSearch', { deleted: [1], order: ORDER })).data),
		);
		expect(found.map(({ response }) => response.Attribute.map(({ id }: { id: string }) => id))).toEqual([
			[String(attribute?.id)],
			[String(attribute?.id)],
		]);
	});
});

describe('A generated MISP', () => {
	it('holds a million attributes, all different, without keeping one', () => {
		const large = new GeneratedStore();
		large.generate({ attributes: 1_000_000, perEvent: 1_000 });
		const values = new Set<string>();
		for (const place of [1, 250, 1_000])
			for (const { value } of large.event(place)?.attributes ?? []) values.add(value);
		expect(large.events.size).toBe(1_000);
		expect(values.size).toBe(3_000);
	});

	it('says so when something is added to a generated event', () => {
		const [event] = [...store.events.values()];
		expect(event && (() => store.addAttribute(event, { type: 'md5', value: 'x' }))).toThrow('it is generated');
	});
});
