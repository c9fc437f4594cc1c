import type { CompactAttribute } from '../../Misp/item';
import type { Problem } from '../../shared/problem';

/** The problems of attributes, by UUID of their event. */
export const byEvent = (
	rows: readonly CompactAttribute[],
	problems: ReadonlyMap<string, Problem>,
): Map<string, Problem> =>
	new Map(
		rows.flatMap(({ uuid, event_uuid }) => {
			const problem = problems.get(uuid);
			return problem && event_uuid !== undefined ? [[event_uuid, problem] as const] : [];
		}),
	);
