import { sleep } from 'n8n-workflow';
import { Problem } from '../../shared/problem';
import { asNumber, asRecord, asRecords, asText } from '../json';
import { limits } from '../limits';
import type { Misp } from './connect';

export interface EventState {
	id: string;
	uuid: string;
	info: string;
	published: boolean;
	publishTimestamp: number;
}

/** The event's state, without its attributes; undefined where MISP doesn't know it or hides it from this key. `event` is an id or a UUID. */
export async function eventState(misp: Misp, event: string): Promise<EventState | undefined> {
	const { body } = await misp.post('/events/restSearch', {
		[event.includes('-') ? 'uuid' : 'eventid']: event,
		metadata: 1,
	});
	const found = asRecord(asRecords(asRecord(body).response)[0]?.Event);
	if (!found.uuid) return undefined;
	return {
		id: asText(found.id),
		uuid: asText(found.uuid),
		info: asText(found.info),
		published: found.published === true,
		publishTimestamp: asNumber(found.publish_timestamp),
	};
}

export interface Publishing {
	/** Whether MISP sends its users an e-mail. */
	alert?: boolean;
	waitMs?: number;
	/** Called at each look that finds it not published yet. */
	waiting?: () => void;
}

/**
 * Publishes without sending e-mails (POST /events/publish) and waits until it is so: with background workers MISP answers
 * "Job queued" at once, and the event is published about a second later.
 * @throws Problem where it may not be published, or was not within `waitMs`
 */
export async function publishEvent(
	misp: Misp,
	event: string,
	{ alert = false, waitMs = 60_000, waiting = () => {} }: Publishing = {},
): Promise<EventState> {
	await misp.post(`/events/${alert ? 'alert' : 'publish'}/${encodeURIComponent(event)}`);
	for (let waited = 0; ; waited += limits.publishPollMs) {
		const state = await eventState(misp, event);
		if (!state) throw hidden(event);
		if (state.published) return state;
		if (waited >= waitMs) {
			throw new Problem(
				`MISP took the order to publish event ${event}, but it is not published after ${waitMs / 1000} s`,
				'See in MISP under Administration > Jobs whether the background workers run, then try again.',
				'not_published',
			);
		}
		waiting();
		await sleep(limits.publishPollMs);
	}
}

export const hidden = (event: string) =>
	new Problem(
		`MISP has no event ${event}, or hides it from this key`,
		'Check the id or UUID, and whether the event is shared with the organisation of the key.',
		'unknown',
	);
