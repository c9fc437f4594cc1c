import { chunk } from '../../../shared/chunk';
import { inParallel } from '../../../shared/inParallel';
import type { Result } from '../../../shared/operation';
import type { MispCall } from '../../call';
import { allItems } from '../../call';
import { objectUuids, tagName } from '../../descriptions/tagging';
import { tagScope } from '../../descriptions/tagScope';
import { limits } from '../../limits';
import { problemOf } from '../../transport/connect';
import { byTag, readWishes, unknownUuid } from './perUuid';
import type { Wish } from './perUuid';
import { ensureTag } from './ensureTag';
import { findTargets } from './targets';

/** POST /tags/attachTagToObject for each; many attributes, as local tag, by POST /attributes/addTag/selected/local:1. */
export const add = allItems({
	name: 'Add',
	action: 'Add a tag to events or attributes',
	description: 'Attach a tag to events and attributes. One that is attached already stays as it is.',
	fields: [
		objectUuids,
		tagName,
		tagScope,
		{
			displayName: 'Create Tag if Missing',
			name: 'createTag',
			type: 'boolean',
			default: true,
			description: 'Whether to create the tag where MISP has none of this name. Needs the tag editor permission.',
		},
	],
	async execute({ item, misp }, items, calls) {
		const local = item.text('scope') !== 'global';
		const results: Result[] = [];
		for (const [tag, wishes] of byTag(readWishes(items, calls))) {
			// Two runs that attach an unknown tag at once leave MISP with two of the name: so it is created first.
			if (item.flag('createTag')) await ensureTag(misp, tag);
			results.push(...(await attachAll({ misp, tag, wishes, local })));
		}
		return results;
	},
});

interface Attaching {
	misp: MispCall['misp'];
	tag: string;
	local: boolean;
}

async function attachAll({ wishes, ...how }: Attaching & { wishes: Wish[] }): Promise<Result[]> {
	const { misp, tag, local } = how;
	const targets = await findTargets(
		misp,
		wishes.map(({ uuid }) => uuid),
		tag,
	);
	const inBulk = await attachInBulk(
		how,
		local
			? wishes.filter(({ uuid }) => targets.get(uuid)?.kind === 'attribute' && targets.get(uuid)?.attached === 'no')
			: [],
	);
	return await inParallel(wishes, limits.concurrency, async (wish) => {
		const target = targets.get(wish.uuid);
		if (!target) return unknownUuid(wish);
		const json = { uuid: wish.uuid, object_type: target.kind, event_uuid: target.eventUuid, tag, local };
		if (target.attached !== 'no')
			return { json: { ...json, added: false, local: target.attached === 'local' }, from: wish.from };
		if (inBulk.has(wish.uuid)) return { json: { ...json, added: true }, from: wish.from };
		const reading = await attach(how, wish.uuid);
		return reading.kind === 'data'
			? { json: { ...json, added: true }, from: wish.from }
			: { json, from: wish.from, problem: problemOf(reading.problem) };
	});
}

const attach = async ({ misp, tag, local }: Attaching, uuid: string) =>
	await misp.ask({
		method: 'POST',
		path: '/tags/attachTagToObject',
		body: { uuid, tag, ...(local && { local: true }) },
		repeatable: true,
	});

/**
 * Attaches to many attributes at once. MISP stops midway at one it doesn't know and keeps what it did before:
 * a part that did not go through in full is left to be attached one by one, which does no harm to those that were.
 */
async function attachInBulk({ misp, tag }: Attaching, wishes: Wish[]): Promise<Set<string>> {
	const attached = new Set<string>();
	if (wishes.length < limits.bulkTagFrom) return attached;
	for (const part of chunk(wishes, limits.attributesPerBulkTag)) {
		const uuids = part.map(({ uuid }) => uuid);
		const reading = await misp.ask({
			method: 'POST',
			path: '/attributes/addTag/selected/local:1',
			body: { attribute_ids: JSON.stringify(uuids), tag },
			repeatable: true,
		});
		if (reading.kind === 'data') uuids.forEach((uuid) => attached.add(uuid));
	}
	return attached;
}
