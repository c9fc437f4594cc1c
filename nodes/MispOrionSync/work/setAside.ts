import type { CompactAttribute } from '../../Misp/item';
import { attachmentOf } from '../../Misp/tagging/targets';
import type { Misp } from '../../Misp/transport/connect';
import type { Problem } from '../../shared/problem';
import type { ControlTags } from '../descriptions/tags';
import { isForDetection } from './isForDetection';
import { marking } from './marking';

/**
 * Marks the attributes that don't go to Orion, deleted or not for detection, so that a later revocation is told from "never was there";
 * and takes the mark from those that do go now. Resolves to what went wrong, by UUID of the attribute.
 */
export function setAside(
	misp: Misp,
	tags: ControlTags,
): (rows: readonly CompactAttribute[]) => Promise<ReadonlyMap<string, Problem>> {
	const mark = marking(misp, tags);
	return async (rows) => {
		const out = rows.filter((row) => !isForDetection(row));
		const again = rows.filter((row) => isForDetection(row) && attachmentOf(row.tags, tags.notUploaded) !== 'no');
		return new Map([
			...(await mark(out, { add: tags.notUploaded, remove: [tags.upload] })),
			...(await mark(again, { remove: [tags.notUploaded] })),
		]);
	};
}
