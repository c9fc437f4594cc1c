import type { CompactAttribute } from '../../Misp/item';

/** Why an attribute of an uploaded event does not belong in Orion any more, or that it does. */
export type Standing = 'wanted' | 'deleted' | 'revoked' | 'decayed' | 'on_warninglist';

const rows: ReadonlyArray<readonly [Standing, (attribute: CompactAttribute) => boolean]> = [
	['deleted', ({ deleted }) => deleted === true],
	['revoked', ({ to_ids }) => !to_ids],
	['on_warninglist', ({ warninglists = [] }) => warninglists.length > 0],
	['decayed', ({ decayed }) => decayed === true],
];

/** The first reason that fits. Warninglists and decay are known where the search brought them along. */
export const standingOf = (attribute: CompactAttribute): Standing =>
	rows.find(([, fits]) => fits(attribute))?.[0] ?? 'wanted';
