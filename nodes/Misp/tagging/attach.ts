import { chunk } from '../../shared/chunk';
import { inParallel } from '../../shared/inParallel';
import type { Problem } from '../../shared/problem';
import { limits } from '../limits';
import type { Misp } from '../transport/connect';
import { problemOf } from '../transport/connect';
import { proven } from './proof';
import type { Target } from './targets';

export interface Attaching {
	tag: string;
	local: boolean;
	/** Told of each target as it is done. */
	step?: (count: number) => void;
}

/** What became of one target: attached now, or it had the tag; or why not. */
export interface Attached {
	added: boolean;
	problem?: Problem;
}

/**
 * Attaches a tag to events and attributes; the results are in the order of the targets. POST /tags/attachTagToObject for each;
 * many attributes, as local tag, by POST /attributes/addTag/selected/local:1.
 */
export async function attachAll(
	misp: Misp,
	{ tag, local, step = () => undefined }: Attaching,
	targets: readonly Target[],
): Promise<Attached[]> {
	const without = targets.filter(({ attached }) => attached === 'no');
	const inBulk = local
		? await attachInBulk(
				misp,
				{ tag, step },
				without.flatMap(({ kind, uuid }) => (kind === 'attribute' ? [uuid] : [])),
			)
		: new Set<string>();
	return await inParallel(targets, limits.concurrency, async ({ uuid, attached }): Promise<Attached> => {
		if (inBulk.has(uuid)) return { added: true };
		step(1);
		if (attached !== 'no') return { added: false };
		const reading = proven(
			await misp.ask({
				method: 'POST',
				path: '/tags/attachTagToObject',
				body: { uuid, tag, ...(local && { local: true }) },
				repeatable: true,
			}),
		);
		return reading.kind === 'data' ? { added: true } : { added: false, problem: problemOf(reading.problem) };
	});
}

/**
 * Attaches to many attributes at once. MISP stops midway at one it doesn't know and keeps what it did before:
 * a part that did not go through in full is left to be attached one by one, which does no harm to those that were.
 */
async function attachInBulk(
	misp: Misp,
	{ tag, step }: Required<Pick<Attaching, 'tag' | 'step'>>,
	uuids: string[],
): Promise<Set<string>> {
	const attached = new Set<string>();
	if (uuids.length < limits.bulkTagFrom) return attached;
	for (const part of chunk(uuids, limits.attributesPerBulkTag)) {
		const reading = proven(
			await misp.ask({
				method: 'POST',
				path: '/attributes/addTag/selected/local:1',
				body: { attribute_ids: JSON.stringify(part), tag },
				repeatable: true,
			}),
		);
		if (reading.kind !== 'data') continue;
		part.forEach((uuid) => attached.add(uuid));
		step(part.length);
	}
	return attached;
}
