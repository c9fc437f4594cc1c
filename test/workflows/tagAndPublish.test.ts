import { runWorkflow } from '../engine/harness';
import { md5, startWorld, tags, tagsOf, template } from './world';
import type { World } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

const run = async (edit?: Parameters<typeof runWorkflow>[1]) =>
	await runWorkflow(template('tag-and-publish'), {
		credentials: world.credentials,
		workflowId: 'tag-and-publish',
		...edit,
	});

const ioc = { type: 'md5', value: md5('x'), to_ids: true };

test('events that hold something for Orion are published and tagged, the others left alone', async () => {
	const { store } = world.misp;
	const unpublished = store.addEvent({ info: 'New', published: false, attributes: [ioc] });
	const old = store.addEvent({
		info: 'Old but published',
		published: true,
		timestamp: 1_500_000_000,
		publishTimestamp: 1_500_000_000,
		attributes: [{ type: 'domain', value: 'old.sandbox-test.com', to_ids: true }],
	});
	const useless = store.addEvent({
		info: 'Nothing for Orion',
		published: true,
		attributes: [{ type: 'comment', value: 'hello', to_ids: false }],
	});
	const result = await run();
	expect(result.error).toBeUndefined();
	expect([unpublished, old].map(tagsOf)).toEqual([[tags.upload], [tags.upload]]);
	expect([unpublished.published, old.published]).toEqual([true, true]);
	expect(old.timestamp).toBe(1_500_000_000);
	expect(tagsOf(useless)).toEqual([]);
});

test('an uploaded event that changes is tagged again, once for each change', async () => {
	const { store } = world.misp;
	const event = store.addEvent({ info: 'Changes', published: true, attributes: [ioc] });
	await run();
	expect(tagsOf(event)).toEqual([tags.upload]);
	await runWorkflow(template('upload-iocs'), { credentials: world.credentials });
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	await run();
	expect(tagsOf(event)).toEqual([tags.uploaded]);

	await new Promise((resolve) => setTimeout(resolve, 1100));
	store.addAttribute(event, { type: 'md5', value: md5('y'), to_ids: true });
	store.touch(event);
	await run();
	expect(tagsOf(event).sort()).toEqual([tags.uploaded, tags.upload].sort());
	expect(event.published).toBe(true);
	await runWorkflow(template('upload-iocs'), { credentials: world.credentials });
	await run();
	expect(tagsOf(event)).toEqual([tags.uploaded]);
});

test('severity and organisations in Settings are kept to', async () => {
	const { store } = world.misp;
	const high = store.addEvent({ info: 'High', published: true, threatLevel: 1, attributes: [ioc] });
	const low = store.addEvent({ info: 'Low', published: true, threatLevel: 3, attributes: [ioc] });
	const result = await run({
		edit: (workflow) => {
			const settings = workflow.nodes.find(({ name }) => name === 'Settings');
			const text = JSON.stringify(settings?.parameters).replace('"value":"any"', '"value":"high"');
			if (settings) settings.parameters = JSON.parse(text);
		},
	});
	expect(result.error).toBeUndefined();
	expect([high, low].map(tagsOf)).toEqual([[tags.upload], []]);
});

test('an event that the key may not publish stays untagged and is named, the others are done', async () => {
	const { store, keys } = world.misp;
	store.addTag(tags.upload);
	const own = store.userByEmail('other@admin.test').org.name;
	const foreign = store.addEvent({
		info: 'Of another organisation',
		published: false,
		distribution: 3,
		attributes: [ioc],
	});
	const mine = store.addEvent({ info: 'Ours', published: false, distribution: 3, org: own, attributes: [ioc] });
	const result = await run({
		credentials: { ...world.credentials, mispInstanceApi: { url: world.misp.url, apiKey: keys.otherOrg } },
	});
	expect(result.success).toBe(false);
	expect(result.error?.message).toContain(`Event ${foreign.uuid} could not be published`);
	expect(tagsOf(foreign)).toEqual([]);
	expect(tagsOf(mine)).toEqual([tags.upload]);
	expect(mine.published).toBe(true);
});

test('with a read-only key nothing is changed, and the message says what the key may not', async () => {
	const event = world.misp.store.addEvent({ info: 'New', published: false, attributes: [ioc] });
	const result = await run({
		credentials: { ...world.credentials, mispInstanceApi: { url: world.misp.url, apiKey: world.misp.keys.readOnly } },
	});
	expect(result.success).toBe(false);
	expect(result.error?.message).toMatch(/could not be published.*permission|may not/i);
	expect([event.published, tagsOf(event)]).toEqual([false, []]);
});

test('a change whose tagging did not come off is taken again by the next run', async () => {
	const { store, faults } = world.misp;
	const event = store.addEvent({
		info: 'Changed',
		published: true,
		tags: [
			{ name: tags.uploaded, local: true },
			{ name: tags.upload, local: true },
		],
		attributes: [ioc],
	});
	store.detach({ kind: 'event', event }, store.addTag(tags.upload));
	faults.add({
		path: '/tags/attachTagToObject',
		answer: { status: 403, body: { name: 'No', message: 'No', url: '/tags/attachTagToObject' } },
	});
	const first = await run({
		// Five tries, five seconds apart, are for n8n; here one will do.
		edit: (workflow) => workflow.nodes.forEach((node) => delete node.retryOnFail),
	});
	expect(first.error?.message).toContain('could not be tagged for upload');
	faults.clear();
	expect((await run()).error).toBeUndefined();
	expect(tagsOf(event).sort()).toEqual([tags.uploaded, tags.upload].sort());
});

test('a change whose run was killed just after n8n remembered it is taken a day later, and then no more', async () => {
	const { store } = world.misp;
	const now = Math.floor(Date.now() / 1000);
	const event = store.addEvent({
		info: 'Changed yesterday',
		published: true,
		timestamp: now - 2 * 86_400,
		publishTimestamp: now - 2 * 86_400,
		tags: [{ name: tags.uploaded, local: true }],
		attributes: [{ ...ioc, timestamp: now - 2 * 86_400 }],
	});
	const killed = await run({
		edit: (workflow) => {
			// As it was when the change was new, and nothing comes after it is remembered.
			for (const node of workflow.nodes)
				if (node.name === 'Each change once')
					node.parameters = { ...node.parameters, dedupeValue: '={{ $json.uuid }} {{ $json.timestamp }}' };
			delete workflow.connections['Each change once'];
		},
	});
	expect(killed.error).toBeUndefined();
	expect(killed.node('Each change once')).toHaveLength(1);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	await run();
	expect(tagsOf(event).sort()).toEqual([tags.uploaded, tags.upload].sort());
	store.detach({ kind: 'event', event }, store.addTag(tags.upload));
	await run();
	expect(tagsOf(event)).toEqual([tags.uploaded]);
});
