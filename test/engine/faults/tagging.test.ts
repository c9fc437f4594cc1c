import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { chosen, operate } from '../misp/onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp({ publishDelayMs: 10 });
});
afterEach(async () => await misp.close());

const upload = 'cytomic-orion:action="upload"';
const tag = chosen(upload, 'name');
const half = { alter: ({ body }: { body: string }) => ({ body: body.slice(0, body.length / 2) }) };
const empty = { answer: { status: 200, body: '' } };

test.each([
	{ what: 'an empty answer', fault: empty },
	{ what: 'half an answer', fault: half },
	{ what: 'a bare success: false', fault: { answer: { status: 200, body: { success: false } } } },
])('$what is not taken for a tag that was attached or removed', async ({ fault }) => {
	const { uuid } = misp.store.addEvent({ info: 'One', published: true });
	misp.faults.add({ path: '/attachTagToObject', ...fault });
	const added = await operate(misp, 'tag.add', { tag, uuids: uuid, scope: 'local', createTag: true });
	expect(added.error?.message).toContain('does not say that the tag was changed');

	const other = misp.store.addEvent({ info: 'Two', published: true, tags: [{ name: upload, local: true }] });
	misp.faults.add({ path: '/removeTagFromObject', ...fault });
	const removed = await operate(misp, 'tag.remove', { tag, uuids: other.uuid, keepPublished: true });
	expect(removed.error?.message).toContain('does not say that the tag was changed');
});

test('many attributes are tagged one by one where the answer for all of them proves nothing', async () => {
	const event = misp.store.addEvent({
		info: 'Many',
		published: true,
		attributes: Array.from({ length: 6 }, (_, n) => ({ type: 'domain', value: `d${n}.bad-net.com` })),
	});
	misp.faults.add({ path: /addTag\/selected/, ...empty });
	const uuids = event.attributes.map((attribute) => misp.store.uuidOf(attribute));
	const run = await operate(misp, 'tag.add', { tag, uuids, scope: 'local', createTag: true });
	expect(run.error).toBeUndefined();
	expect(event.attributes.filter(({ tags }) => tags?.length === 1)).toHaveLength(6);
});

test('an event whose global tag went with an answer that got lost is published again', async () => {
	const event = misp.store.addEvent({ info: 'Global', published: true, tags: [upload] });
	misp.faults.add({ path: '/removeTagFromObject', truncate: true, times: 1 });
	const run = await operate(misp, 'tag.remove', { tag, uuids: event.uuid, keepPublished: true });
	expect(run.error).toBeUndefined();
	expect(event).toMatchObject({ published: true, tags: [] });
});
