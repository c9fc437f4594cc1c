import type { SyncWorld } from './sync';
import { md5, startSyncWorld, summaryOf, tags, tagsOf } from './sync';

let world: SyncWorld;
beforeEach(async () => {
	world = await startSyncWorld();
});
afterEach(async () => await world.close());

const held = (value: string): boolean => world.orion.iocs.has(`filehashioc:${value}`);

/** Uploads what is tagged, then tags these events for deletion. */
async function uploadThenTag(...events: Array<ReturnType<SyncWorld['tagged']>>): Promise<void> {
	await world.sync('upload');
	for (const event of events) world.attach({ kind: 'event', event }, tags.delete);
	world.misp.requests.length = 0;
	world.orion.requests.length = 0;
}

test('what is tagged for deletion goes, what others want stays, and the event ends marked as deleted', async () => {
	const gone = world.tagged('Gone', 250);
	const stays = world.tagged('Stays', 2, {
		attributes: [
			{ type: 'md5', value: md5('Gone 7'), to_ids: true },
			{ type: 'md5', value: md5('Stays'), to_ids: true },
		],
	});
	await uploadThenTag(gone);
	const run = await world.sync('delete');
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(2);
	expect(held(md5('Gone 7'))).toBe(true);
	expect(tagsOf(gone)).toEqual([tags.deleted]);
	expect(tagsOf(stays)).toEqual([tags.uploaded]);
	expect(run.json).toMatchObject([
		{ event_uuid: gone.uuid, deleted: 249, skipped: 1, skipped_by_reason: { still_wanted: 1 }, settled: [gone.uuid] },
		{ summary: true, events: 1, deleted: 249, open: 0 },
	]);
});

test('with nothing tagged for deletion it costs one search, and nothing is erased', async () => {
	world.tagged('Stays', 3);
	await uploadThenTag();
	const run = await world.sync('delete');
	expect(run.json).toMatchObject([{ summary: true, events: 0, deleted: 0 }]);
	expect(world.askedOfMisp()).toEqual(['/events/restSearch']);
	expect(world.orion.requests).toHaveLength(0);
	expect(world.orion.iocs.size).toBe(3);
});

test('a dry run says what would go and changes nothing', async () => {
	const gone = world.tagged('Gone', 3);
	await uploadThenTag(gone);
	const run = await world.sync('delete', { dryRun: true });
	expect(run.json[0]).toMatchObject({ planned: 3, deleted: 0, settled: [], dry_run: true });
	expect(world.orion.iocs.size).toBe(3);
	expect(tagsOf(gone)).toEqual([tags.uploaded, tags.delete]);
});

test('a single attribute tagged for deletion goes, and its event stays uploaded', async () => {
	const event = world.tagged('One of three', 3);
	await world.sync('upload');
	const [first] = event.attributes;
	if (first) world.attach({ kind: 'attribute', attribute: first }, tags.delete);
	const run = await world.sync('delete');
	expect(run.error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(2);
	expect(tagsOf(event)).toEqual([tags.uploaded]);
	expect(event.attributes.map(tagsOf)).toEqual([[tags.deleted], [], []]);
});

test('while Orion is down the delete tag stays, and the next run finishes', async () => {
	const gone = world.tagged('Gone', 300);
	await uploadThenTag(gone);
	world.orion.faults.add({
		path: /eraser/,
		after: 1,
		answer: { status: 503, body: {}, headers: { 'retry-after': '0' } },
	});
	const broken = await world.sync('delete');
	expect(broken.error?.message).toMatch(/Deletion incomplete/);
	expect(tagsOf(gone)).toContain(tags.delete);
	world.orion.faults.clear();
	expect(summaryOf(await world.sync('delete'))).toMatchObject({ deleted: 300, open: 0 });
	expect(world.orion.iocs.size).toBe(0);
	expect(tagsOf(gone)).toEqual([tags.deleted]);
});

test('an AI agent may not delete where the node does not allow it', async () => {
	const run = await world.sync('delete', {}, { asTool: true });
	expect(run.error?.message).toMatch(/AI agents may not run "Delete" here/);
});
