import type { INodeExecutionData } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { MispCall } from '../../call';
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

export const unknownUuid = ({ uuid, tag, from }: Wish): Result => ({
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
