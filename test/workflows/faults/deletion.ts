import { runWorkflow } from '../../engine/harness';
import { tags, template } from '../world';
import { type Indicator, domain, global, hash, ip, local, sha256, url } from './indicators';
import type { Fields, Job, Report, Scene, Story, TaggedObject } from './job';
import { slice, type Slicing } from './slicing';
import { brokenCounts, brokenPublishing, carries, changes, intruders, isAmong, lost } from './promises';
import { kinds } from './deletionRequests';

const key = (...indicators: Indicator[]): string[] => indicators.flatMap(({ holds }) => holds);
const revoked = { to_ids: false };
const removed = { deleted: true };

/** What is tagged for deletion in every way, what was revoked, and what must stay for somebody else's sake. */
export const scene: Scene = {
	events: [
		{
			info: 'Local tag',
			published: true,
			tags: [local(tags.uploaded), local(tags.delete)],
			attributes: [hash('a'), ip('11.0.0.1'), domain('one'), url('two'), hash('waits elsewhere')],
		},
		{
			info: 'Global tag',
			published: true,
			tags: [local(tags.uploaded), global(tags.delete)],
			attributes: [hash('shared'), hash('b')],
		},
		{ info: 'Nothing for Orion', published: true, tags: [local(tags.delete)], attributes: [sha256()] },
		{
			info: 'Stays',
			published: true,
			tags: [local(tags.uploaded)],
			attributes: [
				hash('shared'),
				hash('stays'),
				domain('stays'),
				...[1, 2, 3, 4, 5].map((n) => hash(`removed ${n}`, removed)),
				...[1, 2].map((n) => hash(`revoked ${n}`, revoked)),
				hash('back', { tags: [local(tags.notUploaded)] }),
			],
		},
		{
			info: 'Tagged attributes',
			published: true,
			tags: [local(tags.uploaded)],
			attributes: [
				hash('c', { tags: [local(tags.delete)] }),
				hash('d', { tags: [global(tags.delete), local(tags.uploaded)] }),
				hash('e'),
			],
		},
		{
			info: 'Left unpublished',
			published: false,
			tags: [local(tags.uploaded), local(tags.publishAgain)],
			attributes: [hash('left')],
		},
		{ info: 'Waits', published: true, tags: [local(tags.upload)], attributes: [hash('waits elsewhere')] },
		{ info: 'Bystander', published: true, attributes: [hash('bystander')] },
	],
	held: [
		...key(hash('left')),
		...key(hash('a'), ip('11.0.0.1'), domain('one'), url('two'), hash('waits elsewhere'), hash('shared'), hash('b')),
		...key(hash('stays'), domain('stays'), hash('c'), hash('d'), hash('e')),
		...[1, 2, 3, 4, 5].flatMap((n) => hash(`removed ${n}`).holds),
		...[1, 2].flatMap((n) => hash(`revoked ${n}`).holds),
	],
	refused: [],
};

/** What other events want, or what nobody wanted out. */
const stays = key(hash('shared'), hash('waits elsewhere'), hash('stays'), domain('stays'), hash('e'), hash('left'));

/** What was revoked counts where the job takes that out as well. */
export function broken(story: Story, { revoked: takesRevoked } = { revoked: true }): string[] {
	const all = changes(story);
	const held = new Set(story.after.held);
	const isOut = (one: string) => !held.has(one) || stays.includes(one) || isAmong(story.refused, one);
	const untagged = all.filter((change) => lost(change, tags.delete));
	const isRevoked = ({ was }: { was: TaggedObject }) =>
		was.kind === 'attribute' && was.holds.length > was.wanted.length;
	const noted = all.filter(({ was, is }) => !carries(was, tags.notUploaded) && carries(is, tags.notUploaded));

	const gone = stays.filter((one) => !held.has(one)).map((one) => `${one} was erased, and should stay`);
	const early = [...untagged, ...noted].flatMap(({ was }) =>
		was.holds.filter((one) => !isOut(one)).map((one) => `${was.name} is done with, and ${one} is still in Orion`),
	);
	const unmarked = untagged
		.filter(({ is }) => !carries(is, tags.deleted) || carries(is, tags.uploaded))
		.map(({ was, is }) => `${was.name} lost the delete tag, and is marked ${is.tags.join(', ') || 'as nothing'}`);
	const undone = all
		.filter(({ was, is }) => carries(was, tags.delete) && carries(is, tags.delete))
		.map(({ was }) => `the run ended well, and ${was.name} still has the delete tag`);
	const unrevoked = all
		.filter((change) => isRevoked(change) && change.was.holds.some((one) => !isOut(one)))
		.map(({ was }) => `the run ended well, and ${was.name}, which was revoked, is still in Orion`);
	return [
		...gone,
		...early,
		...unmarked,
		...(story.report.error === undefined ? [...undone, ...(takesRevoked ? unrevoked : [])] : []),
		...intruders(story, new Set(story.before.held)),
		...brokenPublishing(story),
		...brokenCounts(story.report),
	];
}

/** A few events at a time, so that there is more than one slice. */
export const smallSlices: Slicing = { node: 'Next events to delete', size: 2 };

/** What the template's run says of itself. */
export const reportOf = (itemsOf: (node: string) => Fields[], error?: string): Report => ({
	...(error !== undefined && { error }),
	results: itemsOf('Delete IOCs'),
	besides: itemsOf('Delete revoked IOCs'),
	totals: itemsOf('Deletion totals')[0],
});

export const deletion: Job = {
	name: 'delete-iocs',
	scene,
	kinds,
	run: async (world, pace) => {
		const run = await runWorkflow(template('delete-iocs'), {
			credentials: world.credentials,
			pace,
			edit: ({ nodes }) => slice(nodes, smallSlices),
		});
		return reportOf((node) => run.node(node).map(({ json }) => json), run.error?.message);
	},
	broken: (story) => broken(story),
};
