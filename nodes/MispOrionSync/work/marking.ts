import type { CompactAttribute } from '../../Misp/item';
import { ensureTag } from '../../Misp/tagging/ensureTag';
import type { Labels } from '../../Misp/tagging/relabel';
import { relabel } from '../../Misp/tagging/relabel';
import type { Misp } from '../../Misp/transport/connect';
import type { Problem } from '../../shared/problem';
import { taggedAttribute } from './sliceInHand';

/** Sets and takes marks of attributes; the tag is made where MISP lacks it. Resolves to what went wrong, by UUID of the attribute. */
export function marking(
	misp: Misp,
	tag: string,
): (attributes: readonly CompactAttribute[], labels: Labels) => Promise<Map<string, Problem>> {
	let tagExists: Promise<void> | undefined;
	return async (attributes, labels) => {
		if (attributes.length > 0 && labels.add === tag) await (tagExists ??= ensureTag(misp, tag));
		return await relabel(misp, attributes.map(taggedAttribute), labels);
	};
}
