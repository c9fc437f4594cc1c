import type { Misp } from '../../transport/connect';
import { eventState, hidden } from '../../transport/publishing';

/** The number of an event: reports know events by that alone, and refuse a UUID as not "numeric" (MISP 2.5.1). */
export async function eventIdOf(misp: Misp, idOrUuid: string): Promise<string> {
	if (!idOrUuid.includes('-')) return idOrUuid;
	const state = await eventState(misp, idOrUuid);
	if (!state) throw hidden(idOrUuid);
	return state.id;
}
