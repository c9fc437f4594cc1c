import { runWorkflow } from '../../engine/harness';
import { md5, tags, template } from '../world';
import { domain, global, hash, ip, local, privateAddress, resolution, sha256, url } from './indicators';
import type { Fields, Job, Report, Scene, Story } from './job';
import { slice, type Slicing } from './slicing';
import { brokenCounts, brokenPublishing, carries, type Change, changes, intruders, isAmong, lost } from './promises';
import { kinds } from './uploadRequests';

const deleted = { deleted: true };
const notForDetection = { to_ids: false };

/** Every way in which something is tagged for upload, in two slices. */
export const scene: Scene = {
	events: [
		{
			info: 'Local tag',
			published: true,
			tags: [local(tags.upload)],
			attributes: [
				hash('shared'),
				ip('11.0.0.1'),
				domain('one'),
				url('two'),
				resolution('three', '11.0.0.3'),
				privateAddress(),
				...[1, 2, 3, 4].map((n) => hash(`context ${n}`, notForDetection)),
				hash('gone', deleted),
			],
		},
		{
			info: 'Global tag',
			published: true,
			tags: [global(tags.upload)],
			attributes: [hash('shared'), hash('b'), hash('refused')],
		},
		{
			info: 'Tagged attributes',
			published: true,
			attributes: [
				domain('four', { tags: [local(tags.upload)] }),
				hash('c', { tags: [global(tags.upload)] }),
				hash('off', { ...notForDetection, tags: [local(tags.upload)] }),
				hash('not asked for'),
			],
		},
		{ info: 'Nothing for Orion', published: true, tags: [local(tags.upload)], attributes: [sha256()] },
		{
			info: 'Wanted again',
			published: true,
			tags: [local(tags.upload), local(tags.deleted)],
			attributes: [hash('d'), ip('11.0.0.2')],
		},
		{
			info: 'Left unpublished',
			published: false,
			tags: [local(tags.deleted), local(tags.publishAgain)],
			attributes: [hash('left')],
		},
		{ info: 'Draft', published: false, tags: [local(tags.upload)], attributes: [hash('draft')] },
		{ info: 'Bystander', published: true, attributes: [hash('bystander')] },
	],
	held: [],
	refused: [md5('refused')],
};

const isAsked = ({ was }: Change): boolean => was.published && carries(was, tags.upload);

export function broken(story: Story): string[] {
	const all = changes(story);
	const held = new Set(story.after.held);
	const untagged = all.filter((change) => lost(change, tags.upload));

	const early = untagged.flatMap(({ was }) =>
		was.wanted
			.filter((key) => !held.has(key) && !isAmong(story.refused, key))
			.map((key) => `${was.name} lost the upload tag, and ${key} is neither in Orion nor refused`),
	);
	const unmarked = untagged
		.filter(({ is }) => !carries(is, tags.uploaded) && !carries(is, tags.notUploaded))
		.map(({ was }) => `${was.name} lost the upload tag, and nothing says what became of it`);
	const boasting = all
		.filter((change) => !carries(change.was, tags.uploaded) && carries(change.is, tags.uploaded) && !isAsked(change))
		.map(({ was }) => `${was.name} is marked as uploaded, and nobody asked for that`);
	const undone = all
		.filter((change) => isAsked(change) && carries(change.is, tags.upload))
		.map(({ was }) => `the run ended well, and ${was.name} still has the upload tag`);
	const asked = new Set([...story.before.held, ...all.filter(isAsked).flatMap(({ was }) => was.wanted)]);
	return [
		...early,
		...unmarked,
		...boasting,
		...(story.report.error === undefined ? undone : []),
		...intruders(story, asked),
		...brokenPublishing(story),
		...brokenCounts(story.report),
	];
}

/** A few events at a time, so that there is more than one slice. */
export const smallSlices: Slicing = { node: 'Next events', size: 3 };

/** What the template's run says of itself. */
export const reportOf = (itemsOf: (node: string) => Fields[], error?: string): Report => ({
	...(error !== undefined && { error }),
	results: itemsOf('Upload IOCs'),
	totals: itemsOf('Upload totals')[0],
});

export const upload: Job = {
	name: 'upload-iocs',
	scene,
	kinds,
	run: async (world, pace) => {
		const run = await runWorkflow(template('upload-iocs'), {
			credentials: world.credentials,
			pace,
			edit: ({ nodes }) => slice(nodes, smallSlices),
		});
		return reportOf((node) => run.node(node).map(({ json }) => json), run.error?.message);
	},
	broken,
};
