import type { CompactAttribute } from '../../Misp/item';

/** Whether MISP wants the attribute looked for: it is neither deleted nor has to_ids off. */
export const isForDetection = ({ to_ids, deleted }: CompactAttribute): boolean => to_ids && deleted !== true;
