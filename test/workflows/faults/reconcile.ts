import { md5, tags } from '../world';
import { type Indicator, domain, global, hash, ip, local, url } from './indicators';
import type { Job, Scene, Story, TaggedObject } from './job';
import { brokenCounts, brokenPublishing, carries, changes, intruders, isAmong, lost } from './promises';
import { reconcileKinds as kinds } from './reconcileRequests';
import { runs } from './sync';

const key = (...indicators: Indicator[]): string[] => indicators.flatMap(({ holds }) => holds);
const revoked = { to_ids: false };
const removed = { deleted: true };
const numbers = [1, 2, 3, 4, 5];

/** All in which MISP and Orion can differ, and what must stay as it is. */
const scene: Scene = {
	events: [
		{
			info: 'As it should be',
			published: true,
			tags: [local(tags.uploaded)],
			attributes: [hash('shared'), ip('11.0.0.1'), domain('stays')],
		},
		{
			info: 'Missing in Orion',
			published: true,
			tags: [local(tags.uploaded)],
			attributes: [hash('a'), ip('11.0.0.2'), domain('one'), url('two'), hash('refused')],
		},
		{
			info: 'Revoked',
			published: true,
			tags: [local(tags.uploaded)],
			attributes: [
				...numbers.map((n) => hash(`removed ${n}`, removed)),
				hash('shared', revoked),
				ip('11.0.0.3', revoked),
				domain('revoked', revoked),
				url('revoked', revoked),
				hash('never up', { ...revoked, tags: [local(tags.notUploaded)] }),
			],
		},
		{
			info: 'Wanted again',
			published: true,
			tags: [local(tags.uploaded)],
			attributes: [
				hash('back', { tags: [local(tags.notUploaded)] }),
				hash('back too', { tags: [global(tags.notUploaded)] }),
			],
		},
		{
			info: 'Marked as both',
			published: true,
			tags: [global(tags.uploaded), local(tags.deleted)],
			attributes: [hash('overtaken'), hash('shared')],
		},
		{ info: 'Taken out', published: true, tags: [local(tags.deleted)], attributes: [hash('still there')] },
		{
			info: 'To be deleted',
			published: true,
			tags: [local(tags.uploaded), local(tags.delete)],
			attributes: [hash('waits')],
		},
		{
			info: 'Left unpublished',
			published: false,
			tags: [local(tags.deleted), local(tags.publishAgain)],
			attributes: [hash('out')],
		},
		{ info: 'Bystander', published: true, attributes: [hash('bystander')] },
	],
	held: [
		...key(hash('shared'), ip('11.0.0.1'), domain('stays'), hash('overtaken'), hash('still there'), hash('waits')),
		...numbers.flatMap((n) => hash(`removed ${n}`).holds),
		...key(ip('11.0.0.3'), domain('revoked'), url('revoked')),
	],
	vanished: [{ info: 'Deleted from MISP', attributes: [hash('vanished'), hash('shared')] }],
	refused: [md5('refused')],
};

const vanished = key(hash('vanished'));
/** What is in and is to stay, whoever says otherwise. */
const stays = key(hash('shared'), ip('11.0.0.1'), domain('stays'), hash('waits'));
const isAttributeOf = (event: string) => (name: string) => name.endsWith(` in ${event}`);
const comes = ['Missing in Orion', 'Wanted again'];

function broken(story: Story): string[] {
	const all = changes(story);
	const held = new Set(story.after.held);
	const isOut = (one: string) => !held.has(one) || stays.includes(one) || isAmong(story.refused, one);
	const isIn = (one: string) => held.has(one) || isAmong(story.refused, one);
	const attributes = all.filter(({ was }) => was.kind === 'attribute');
	const wanted = attributes.filter(({ was }) => comes.some((event) => isAttributeOf(event)(was.name)));
	const unwanted = attributes.filter(({ was }) => isRevoked(was));
	const takenOut = attributes.filter(({ was }) => isTakenOut(was));
	const saysUnchecked = (what: string) => story.report.notChecked?.includes(what) === true;

	const gone = stays.filter((one) => !held.has(one)).map((one) => `${one} was erased, and should stay`);
	const early = attributes
		.filter(({ was, is }) => !carries(was, tags.notUploaded) && carries(is, tags.notUploaded))
		.flatMap(({ was }) =>
			was.holds.filter((one) => !isOut(one)).map((one) => `${was.name} is marked as out, and ${one} is in Orion`),
		);
	const boasting = attributes
		.filter((change) => lost(change, tags.notUploaded))
		.flatMap(({ was }) =>
			was.wanted.filter((one) => !isIn(one)).map((one) => `${was.name} lost the mark, and ${one} is not in Orion`),
		);
	const unmarked = all
		.filter((change) => change.was.kind === 'event' && lost(change, tags.uploaded))
		.flatMap(({ was, is }) => [
			...(carries(is, tags.deleted) ? [] : [`${was.name} lost the mark "uploaded", and is not marked as deleted`]),
			...was.holds.filter((one) => !isOut(one)).map((one) => `${was.name} is done with, and ${one} is in Orion`),
		]);
	const undone = [
		...wanted.flatMap(({ was }) => was.wanted.filter((one) => !isIn(one)).map((one) => `${one} is not in Orion`)),
		...[
			...unwanted.flatMap(({ was }) => was.holds),
			...(saysUnchecked('deleted_by_tag') ? [] : takenOut.flatMap(({ was }) => was.holds)),
			...(saysUnchecked('vanished') ? [] : vanished),
		]
			.filter((one) => !isOut(one))
			.map((one) => `${one} is still in Orion`),
	].map((sentence) => `the run ended well, and ${sentence}`);
	return [
		...gone,
		...early,
		...boasting,
		...unmarked,
		...(story.report.error === undefined ? undone : []),
		...intruders(story, new Set([...story.before.held, ...wanted.flatMap(({ was }) => was.wanted)])),
		...brokenPublishing(story),
		...brokenCounts(story.report),
	];
}

const isRevoked = ({ name, holds, wanted }: TaggedObject): boolean =>
	isAttributeOf('Revoked')(name) && holds.length > wanted.length;
const isTakenOut = ({ name }: TaggedObject): boolean =>
	['Marked as both', 'Taken out'].some((event) => isAttributeOf(event)(name));

export const syncReconcile: Job = {
	name: 'the sync node’s reconciliation',
	scene,
	kinds,
	// What is as it should be is no result of its own, so duplicates and what was skipped don't add up.
	run: runs('reconcile', ['imported', 'deleted', 'failed', 'open']),
	broken,
};
