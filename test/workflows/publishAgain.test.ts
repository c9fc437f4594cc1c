import { runWorkflow } from '../engine/harness';
import type { World } from './world';
import { md5, startWorld, tags, tagsOf, template } from './world';

let world: World;
beforeEach(async () => {
	world = await startWorld({ publishDelayMs: 1 });
});
afterEach(async () => await world.close());

const publishing = /\/events\/publish\//;
const run = async (name: string) =>
	await runWorkflow(template(name), {
		credentials: world.credentials,
		// fetch-feeds is not what this is about.
		edit: ({ nodes }) => {
			const feeds = nodes.find((node) => node.name === 'Fetch feeds');
			if (feeds) feeds.disabled = true;
		},
	});

const event = (info: string, published: boolean, ...attached: Array<{ name: string; local: boolean }>) =>
	world.misp.store.addEvent({
		info,
		published,
		tags: attached,
		attributes: [{ type: 'md5', value: md5(info), to_ids: true }],
	});
const local = (name: string) => ({ name, local: true });
const global = (name: string) => ({ name, local: false });

test.each([
	{ name: 'upload-iocs', tag: tags.upload, state: tags.uploaded, node: 'Upload tags to look at' },
	{ name: 'delete-iocs', tag: tags.delete, state: tags.deleted, node: 'Delete tags to look at' },
])('an event that $name could not publish again is named rightly, and the next run publishes it', async (job) => {
	const one = event('Global', true, global(job.tag));
	world.misp.faults.add({ path: publishing, answer: { status: 500, body: { message: 'no' } } });
	const broken = await run(job.name);
	expect(broken.error?.message).toMatch(/Events are not finished .*The tag was removed, and its event is unpublished/);
	expect(broken.error?.message).not.toMatch(/could not be removed/);
	expect(broken.node(job.node)).toHaveLength(1);
	expect(one.published).toBe(false);
	expect(tagsOf(one)).toEqual([job.state, tags.publishAgain]);

	world.misp.faults.clear();
	expect((await run(job.name)).error).toBeUndefined();
	expect(one.published).toBe(true);
	expect(tagsOf(one)).toEqual([job.state]);
});

test.each(['upload-iocs', 'delete-iocs', 'full-pipeline'])(
	'%s publishes what a killed run left unpublished, and does nothing else about it',
	async (name) => {
		const left = event('Left', false, local(tags.publishAgain), local(tags.deleted));
		const result = await run(name);
		expect(result.error).toBeUndefined();
		expect(left.published).toBe(true);
		expect(tagsOf(left)).toEqual([tags.deleted]);
		expect(world.orion.iocs.size).toBe(0);
	},
);

test('what waits for its upload goes up in the run that publishes it again', async () => {
	const left = event('Wanted again', false, local(tags.publishAgain), local(tags.upload));
	expect((await run('upload-iocs')).error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(1);
	expect(tagsOf(left)).toEqual([tags.uploaded]);
});

test.each(['upload-iocs', 'delete-iocs'])(
	'while MISP does not publish it, %s does its work, and ends in red whether there is any or not',
	async (name) => {
		const left = event('Left', false, local(tags.publishAgain));
		world.misp.faults.add({ path: publishing, answer: { status: 500, body: { message: 'no' } } });
		const without = await run(name);
		expect(without.error?.message).toMatch(/An earlier run left an event unpublished \(see "Still unpublished"\)/);
		const other = event('Other', true, local(name === 'upload-iocs' ? tags.upload : tags.delete));
		const withWork = await run(name);
		expect(withWork.error?.message).toMatch(/An earlier run left an event unpublished/);
		expect(tagsOf(other)).toEqual([name === 'upload-iocs' ? tags.uploaded : tags.deleted]);
		expect(tagsOf(left)).toEqual([tags.publishAgain]);
	},
);
