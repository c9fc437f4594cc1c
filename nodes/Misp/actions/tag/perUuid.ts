import type { INodeExecutionData } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
import type { Misp } from '../../transport/connect';
import type { Target } from '../../tagging/targets';
import { findTargets } from '../../tagging/targets';
import { isUuid } from '../../uuid';

export interface Wish {
	uuid: string;
	tag: string;
	/** Index of the input item that asked for it first. */
	from: number;
}

/** What all items together ask for, each UUID and tag once. */
export function readWishes(items: INodeExecutionData[], calls: (index: number) => MispCall): Wish[] {
	const wishes = new Map<string, Wish>();
	items.forEach((_, from) => {
		const { item } = calls(from);
		const tag = item.locator('tag');
		if (tag === '') throw new Problem('No tag was chosen', 'Choose a tag from the list or enter its name.', 'empty');
		for (const uuid of item.list('uuids')) {
			const key = `${uuid.toLowerCase()} ${tag}`;
			if (!wishes.has(key)) wishes.set(key, { uuid: uuid.toLowerCase(), tag, from });
		}
	});
	return [...wishes.values()];
}

/** The wishes of each tag, since a look-up is for one tag. */
export function byTag(wishes: readonly Wish[]): Map<string, Wish[]> {
	const groups = new Map<string, Wish[]>();
	for (const wish of wishes) {
		const group = groups.get(wish.tag);
		if (group) group.push(wish);
		else groups.set(wish.tag, [wish]);
	}
	return groups;
}

/** For the closing line: on how many the tag changed, which had nothing to change, and which MISP refused. */
export function tallied(
	results: readonly Result[],
	changed: 'added' | 'removed',
	same: string,
): Record<string, number> {
	const counts = { [changed]: 0, [same]: 0, failed: 0 };
	for (const { json, problem } of results) {
		const outcome = problem ? 'failed' : json[changed] === true ? changed : same;
		counts[outcome] = (counts[outcome] ?? 0) + 1;
	}
	return counts;
}

export interface Act<Done> {
	tag: string;
	/** One answer for each target, in their order. */
	act: (targets: readonly Target[]) => Promise<readonly Done[]>;
	report: (wish: Wish, target: Target, done: Done) => Result;
}

/** Looks up what the wishes for one tag are about and acts on it. One result for each wish, in their order: of an unknown UUID, that it is unknown. */
export async function onTargets<Done>(
	misp: Misp,
	wishes: readonly Wish[],
	{ tag, act, report }: Act<Done>,
): Promise<Result[]> {
	const found = await findTargets(
		misp,
		wishes.map(({ uuid }) => uuid),
		tag,
	);
	const known = wishes.flatMap((wish) => {
		const target = found.get(wish.uuid);
		return target ? [{ wish, target }] : [];
	});
	const done = await act(known.map(({ target }) => target));
	const results = new Map(
		known.flatMap(({ wish, target }, index) => {
			const answer = done[index];
			return answer === undefined ? [] : [[wish.uuid, report(wish, target, answer)] as const];
		}),
	);
	return wishes.map((wish) => results.get(wish.uuid) ?? unknownUuid(wish));
}

const unknownUuid = ({ uuid, tag, from }: Wish): Result => ({
	json: { uuid, tag },
	from,
	problem: isUuid(uuid)
		? new Problem(
				`MISP has no event or attribute ${uuid}, or hides it from this key`,
				'Check the UUID, and whether the event is shared with the organisation of the key.',
				'unknown',
			)
		: new Problem(
				`"${uuid}" is not a UUID`,
				'Give UUIDs of events or attributes, such as {{ $json.uuid }}; ids and values are not taken here.',
				'malformed_uuid',
			),
});
