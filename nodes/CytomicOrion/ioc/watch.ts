import type { Entry } from './entry';
import type { Outcome } from './types';

/**
 * Tells, as deliveries come in, which events have just had the last of their IOCs accepted. An event with a refused IOC, or with
 * none to send, is never told: what a refusal means shows only when all is sent.
 */
export function watchEvents(entries: readonly Entry[]): (outcomes: ReadonlyMap<number, Outcome>) => string[] {
	const pending = new Map<string, number>();
	const waiting = new Map<number, string[]>();
	for (const { id, candidate, outcome } of entries) {
		const { eventUuid } = candidate;
		if (eventUuid === undefined || (outcome.status !== 'planned' && outcome.status !== 'duplicate')) continue;
		const original = outcome.status === 'duplicate' ? outcome.of : id;
		const events = waiting.get(original);
		if (events) events.push(eventUuid);
		else waiting.set(original, [eventUuid]);
		pending.set(eventUuid, (pending.get(eventUuid) ?? 0) + 1);
	}
	return (outcomes) => {
		const complete: string[] = [];
		for (const [id, { status }] of outcomes) {
			if (status !== 'imported' && status !== 'deleted') continue;
			for (const event of waiting.get(id) ?? []) {
				const left = (pending.get(event) ?? 0) - 1;
				pending.set(event, left);
				if (left === 0) complete.push(event);
			}
			// Told twice, it counts once.
			waiting.delete(id);
		}
		return complete;
	};
}
