import type { CompactAttribute } from '../../Misp/item';
import { ensureTag } from '../../Misp/tagging/ensureTag';
import type { Labels } from '../../Misp/tagging/relabel';
import { relabel } from '../../Misp/tagging/relabel';
import type { Misp } from '../../Misp/transport/connect';
import type { Problem } from '../../shared/problem';
import type { ControlTags } from '../descriptions/tags';
import { taggedAttribute } from './sliceInHand';

/** What a mark of attributes is to become. */
export type Marks = Omit<Labels, 'publishMark'>;

/**
 * Sets and takes the mark of what is not in Orion; the tag is made where MISP lacks it. Resolves to what went wrong, by UUID of the
 * attribute.
 */
export function marking(
	misp: Misp,
	{ notUploaded, publishAgain }: ControlTags,
): (attributes: readonly CompactAttribute[], marks: Marks) => Promise<Map<string, Problem>> {
	let tagExists: Promise<void> | undefined;
	return async (attributes, marks) => {
		if (attributes.length > 0 && marks.add === notUploaded) await (tagExists ??= ensureTag(misp, notUploaded));
		return await relabel(misp, attributes.map(taggedAttribute), { ...marks, publishMark: publishAgain });
	};
}
